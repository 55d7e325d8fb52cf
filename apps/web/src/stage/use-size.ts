// Follows the size of an element.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { RefObject } from 'preact'

/** Inner size in px. */
export interface Size {
  readonly width: number
  readonly height: number
}

/** Size of the element, 0 x 0 before the first layout. Draws the component again when it changes. */
export function useSize(ref: RefObject<HTMLElement | null>): Size {
  const size = useSignal<Size>({ width: 0, height: 0 })
  useEffect(() => {
    const element = ref.current
    if (element === null) return undefined
    const read = (): void => {
      const { clientWidth: width, clientHeight: height } = element
      if (width !== size.value.width || height !== size.value.height) size.value = { width, height }
    }
    read()
    const observer = new ResizeObserver(read)
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return size.value
}
