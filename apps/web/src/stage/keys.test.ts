// Keys of the meeting.
import { describe, expect, it } from 'vitest'
import { commandOf } from './keys.ts'
import type { KeyPress } from './keys.ts'

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, modified: false, repeat: false, on: 'stage', ...more }
}

describe('commandOf', () => {
  it('knows every letter in both cases', () => {
    expect(['m', 'V', 'd', 'P', 'w', 'F', '?'].map((key) => commandOf(press(key), true))).toEqual([
      'mic',
      'cam',
      'share',
      'people',
      'view',
      'full',
      'help',
    ])
  })

  it('stays silent while typing, with a modifier and on repeat', () => {
    expect(commandOf(press('m', { on: 'text' }), true)).toBeNull()
    expect(commandOf(press('m', { modified: true }), true)).toBeNull()
    expect(commandOf(press('m', { repeat: true }), true)).toBeNull()
  })

  it('leaves the space bar to buttons', () => {
    expect(commandOf(press(' '), true)).toBe('talk')
    expect(commandOf(press(' ', { on: 'control' }), true)).toBeNull()
  })

  it('keeps F2, Esc and paging when single keys are off', () => {
    expect(['m', ' ', '?'].map((key) => commandOf(press(key), false))).toEqual([null, null, null])
    expect(['F2', 'Escape', 'PageDown'].map((key) => commandOf(press(key), false))).toEqual([
      'bar',
      'close',
      'page-on',
    ])
  })

  it('ignores everything else', () => {
    for (const key of ['x', 'Enter', 'Tab', 'constructor', '__proto__'])
      expect(commandOf(press(key), true)).toBeNull()
  })
})
