// Listens to the keyboard on the stage and carries out the commands of keys.ts.
import { useEffect } from 'preact/hooks'
import type { RefObject } from 'preact'
import { singleKeys } from '../app/prefs.ts'
import type { Meeting } from '../meeting/model.ts'
import { commandOf, focusKind } from './keys.ts'
import type { Command } from './keys.ts'
import type { ViewState } from './view-state.ts'

/** What the keys act on. */
export interface KeyTargets {
  readonly meeting: Meeting
  readonly state: ViewState
  readonly bar: RefObject<HTMLDivElement | null>
  readonly onFull: () => void
  readonly closePanel: () => void
}

function barAndBack(bar: HTMLElement | null, before: { element: HTMLElement | null }): void {
  if (bar === null) return
  const { activeElement } = document
  if (bar.contains(activeElement)) {
    before.element?.focus()
    return
  }
  before.element = activeElement instanceof HTMLElement ? activeElement : null
  bar.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
}

function run(
  command: Exclude<Command, 'talk' | 'bar'>,
  { meeting, state, onFull, closePanel }: KeyTargets,
): void {
  switch (command) {
    case 'mic':
      return void meeting.setMic(!meeting.micOn.value)
    case 'cam':
      return void meeting.setCam(!meeting.camOn.value)
    case 'share':
      return meeting.canShare ? void meeting.setShare(!meeting.sharing.value) : undefined
    case 'people':
      if (state.peopleOpen.value) closePanel()
      else state.peopleOpen.value = true
      return
    case 'view':
      return state.toggleView()
    case 'full':
      return onFull()
    case 'help':
      state.dialog.value = 'keys'
      return
    case 'close':
      if (state.peopleOpen.value) closePanel()
      return
    case 'page-back':
      state.page.value = Math.max(0, state.page.value - 1)
      return
    case 'page-on':
      state.page.value += 1
  }
}

/** Connects the keyboard while the stage is on show. */
export function useKeys(targets: KeyTargets): void {
  useEffect(() => {
    const before: { element: HTMLElement | null } = { element: null }
    let talking = false
    const hush = (): void => {
      if (talking) void targets.meeting.setMic(false)
      talking = false
    }
    const onDown = (event: KeyboardEvent): void => {
      // A dialog or menu on top has the keyboard for itself.
      if (event.defaultPrevented || targets.state.dialog.value !== null) return
      const modified = event.ctrlKey || event.metaKey || event.altKey
      const command = commandOf(
        { key: event.key, modified, repeat: event.repeat, on: focusKind(event.target) },
        singleKeys.value,
      )
      if (event.key === ' ' && talking) event.preventDefault()
      if (command === null) return
      event.preventDefault()
      if (command === 'bar') barAndBack(targets.bar.current, before)
      else if (command === 'talk') {
        if (targets.meeting.micOn.value) return
        talking = true
        void targets.meeting.setMic(true)
      } else run(command, targets)
    }
    const onUp = (event: KeyboardEvent): void => {
      if (event.key === ' ') hush()
    }
    addEventListener('keydown', onDown)
    addEventListener('keyup', onUp)
    addEventListener('blur', hush)
    return () => {
      removeEventListener('keydown', onDown)
      removeEventListener('keyup', onUp)
      removeEventListener('blur', hush)
    }
  }, [targets.meeting, targets.state])
}
