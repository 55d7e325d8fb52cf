// Maps keys to what they do in the meeting (ui.md, section 5). Pure: what is focused comes in as words.

/** What a key asks for. */
export type Command =
  | 'mic'
  | 'cam'
  | 'share'
  | 'people'
  | 'view'
  | 'full'
  | 'help'
  | 'bar'
  | 'close'
  | 'talk'
  | 'page-back'
  | 'page-on'

/** A key press, as far as it matters here. */
export interface KeyPress {
  readonly key: string
  readonly modified: boolean
  readonly repeat: boolean
  /** Where the focus is: in a text field, on a control that uses Space and Enter itself, or elsewhere. */
  readonly on: 'text' | 'control' | 'stage'
}

const LETTERS: ReadonlyMap<string, Command> = new Map([
  ['m', 'mic'],
  ['v', 'cam'],
  ['d', 'share'],
  ['p', 'people'],
  ['w', 'view'],
  ['f', 'full'],
  ['?', 'help'],
])

const ALWAYS: ReadonlyMap<string, Command> = new Map([
  ['F2', 'bar'],
  ['Escape', 'close'],
  ['PageUp', 'page-back'],
  ['PageDown', 'page-on'],
])

/**
 * The command of a key press, or null.
 * @param letters whether single keys are switched on
 */
export function commandOf(press: KeyPress, letters: boolean): Command | null {
  if (press.modified || press.repeat) return null
  const always = ALWAYS.get(press.key)
  if (always !== undefined)
    return press.on === 'text' && press.key !== 'F2' && press.key !== 'Escape' ? null : always
  if (!letters || press.on === 'text') return null
  if (press.key === ' ') return press.on === 'stage' ? 'talk' : null
  return LETTERS.get(press.key.toLowerCase()) ?? null
}

/** Where the focus is, for `commandOf`. */
export function focusKind(target: EventTarget | null): KeyPress['on'] {
  if (!(target instanceof HTMLElement)) return 'stage'
  if (
    target.isContentEditable ||
    target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select')
  )
    return 'text'
  return target.closest('button, a[href], input, summary, [role^="menuitem"]') === null ? 'stage' : 'control'
}
