// Fetches something once per language and keeps what it has while the next answer is on its way.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { ApiError, ApiResult } from '../app/api.ts'
import { type Lang, lang } from '../i18n/i18n.ts'

/** The answer so far, what went wrong, and asking again. */
export interface Fetched<T> {
  readonly value: T | null
  readonly error: ApiError | null
  readonly again: () => void
}

/**
 * Asks when the page opens, when the language changes, and when `key` does.
 * @param key names what is asked for; an answer to an earlier key is dropped
 */
export function useAnswer<T>(ask: (lang: Lang) => Promise<ApiResult<T>>, key: string): Fetched<T> {
  const value = useSignal<T | null>(null)
  const error = useSignal<ApiError | null>(null)
  const attempt = useSignal(0)
  const current = lang.value
  useEffect(() => {
    let gone = false
    const load = async (): Promise<void> => {
      const result = await ask(current)
      if (gone) return
      error.value = result.ok ? null : result.error
      if (result.ok) value.value = result.value
    }
    void load()
    return () => {
      gone = true
    }
  }, [current, key, attempt.value])
  return { value: value.value, error: error.value, again: () => (attempt.value += 1) }
}
