// At most two notices on show; all of them in the log.
import { describe, expect, it } from 'vitest'
import { Notices } from './notices.ts'

describe('Notices', () => {
  it('shows the newest two and keeps all in the log', () => {
    const notices = new Notices()
    for (const text of ['one', 'two', 'three']) notices.add(text, new Date(0))
    expect(notices.shown.value.map(({ text }) => text)).toEqual(['two', 'three'])
    notices.dismiss(notices.shown.value[0]?.id ?? 0)
    expect(notices.shown.value.map(({ text }) => text)).toEqual(['three'])
    expect(notices.log.value).toHaveLength(3)
  })

  it('bounds the log', () => {
    const notices = new Notices()
    for (let index = 0; index < 500; index += 1) notices.add(String(index), new Date(0))
    expect(notices.log.value).toHaveLength(200)
    expect(notices.log.value.at(-1)?.text).toBe('499')
  })
})
