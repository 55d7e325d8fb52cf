// Events become words, and notices where the eye needs them.
import { describe, expect, it } from 'vitest'
import { lang } from '../i18n/i18n.ts'
import { Announcer } from './announcer.ts'
import type { MeetingEvent } from './announcer.ts'
import { Notices } from './notices.ts'

function play(...events: MeetingEvent[]): {
  said: string[]
  alerted: string[]
  shown: string[]
  logged: number
} {
  lang.value = 'de'
  const notices = new Notices()
  const said: string[] = []
  const alerted: string[] = []
  const announcer = new Announcer(notices, {
    say: (text) => said.push(text),
    alert: (text) => alerted.push(text),
  })
  for (const event of events) announcer.handle(event, new Date(0))
  return {
    said,
    alerted,
    shown: notices.shown.value.map(({ text }) => text),
    logged: notices.log.value.length,
  }
}

describe('Announcer', () => {
  it('says the own state without a notice', () => {
    expect(play({ kind: 'own', what: 'mic', on: false })).toEqual({
      said: ['Mikrofon aus'],
      alerted: [],
      shown: [],
      logged: 0,
    })
  })

  it('gathers who came and went into one sentence', () => {
    const { said, shown } = play({
      kind: 'moved',
      movement: { came: ['Anna', 'Ben', 'Ida'], went: ['Carla'] },
      present: 5,
    })
    expect(said).toEqual(['3 Personen sind gekommen. Carla ist gegangen'])
    expect(shown).toEqual(said)
  })

  it('only logs coming and going in a large round', () => {
    expect(play({ kind: 'moved', movement: { came: ['Anna'], went: [] }, present: 13 })).toEqual({
      said: [],
      alerted: [],
      shown: [],
      logged: 1,
    })
  })

  it('interrupts for the connection', () => {
    const { alerted } = play({ kind: 'lost' }, { kind: 'back' })
    expect(alerted).toEqual(['Verbindung unterbrochen. Wir verbinden Sie neu.', 'Sie sind wieder verbunden.'])
  })

  it('names the remedy for a busy device', () => {
    expect(play({ kind: 'trouble', media: 'cam', trouble: 'busy' }).shown[0]).toContain('anderen Programm')
  })
})
