// Picks the lines of the join page out of the short privacy notice; kept tiny, because it loads before joining.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Lang } from '../i18n/i18n.ts'
import type { IconName } from '../ui/icon.tsx'
import { call, isObject } from './api.ts'

/** One line: a sentence of the notice. */
export interface NoticeLine {
  readonly icon: IconName
  readonly text: string
}

/** What the join page says about data protection. */
export interface ShortNotice {
  readonly lang: Lang
  /** Who is responsible; empty while nobody has stated it. */
  readonly controller: string
  readonly lines: readonly NoticeLine[]
}

interface Said {
  readonly text: string
  readonly missing: boolean
  readonly values: readonly string[]
}

// How the notice prints that recording is impossible or switched off, in both languages; anything else gets the neutral icon.
const NOT_RECORDING: readonly string[] = ['nicht vorhanden', 'ausgeschaltet', 'absent', 'switched off']

/** All sentences in an answer, by the clause that wrote them. */
function sentences(json: unknown, found: Map<string, Said>): Map<string, Said> {
  if (Array.isArray(json)) for (const each of json) sentences(each, found)
  else if (isObject(json)) {
    const { clause, runs, provenance } = json
    if (typeof clause === 'string' && Array.isArray(runs)) {
      const parts = runs.filter(isObject)
      const sources = Array.isArray(provenance) ? provenance.filter(isObject) : []
      found.set(clause, {
        text: parts.map(({ text }) => (typeof text === 'string' ? text : '')).join(''),
        missing: parts.some(({ mark }) => mark === 'missing'),
        values: sources.flatMap(({ value }) => (typeof value === 'string' ? [value] : [])),
      })
    } else for (const value of Object.values(json)) sentences(value, found)
  }
  return found
}

/**
 * Lines for the join page out of the answer of `/api/notice`. A sentence with a gap is left out: half a statement is none.
 * A private person's document has one sentence that says why there is no notice.
 */
export function readShortNotice(json: unknown, lang: Lang): ShortNotice {
  const all = sentences(json, new Map())
  const line = (clause: string, icon: (said: Said) => IconName): NoticeLine[] => {
    const found = all.get(clause)
    return found === undefined || found.missing ? [] : [{ icon: icon(found), text: found.text }]
  }
  const controller = all.get('short.controller')
  return {
    lang,
    controller: controller === undefined || controller.missing ? '' : controller.text,
    lines: [
      ...line('short.encryption', () => 'server'),
      ...line('short.recording', ({ values }) =>
        values.some((value) => NOT_RECORDING.includes(value)) ? 'eye-off' : 'info',
      ),
      ...line('short.kept', () => 'clock'),
      ...line('household.exemption', () => 'info'),
    ],
  }
}

/** The short notice in the language of the page, or null until the server has answered. */
export const shortNotice: Signal<ShortNotice | null> = signal<ShortNotice | null>(null)

/** Asks for the short notice. A missing answer changes nothing. */
export async function loadShortNotice(lang: Lang): Promise<void> {
  const result = await call('GET', `/notice?lang=${lang}`, null, (json) => readShortNotice(json, lang))
  if (result.ok) shortNotice.value = result.value
}

// The page waits this long for the notice (ms), so that it does not push the buttons from under the pointer; then it goes without.
const NOTICE_WAIT_MS = 1000

/** Resolves when the short notice is there, or when waiting for it would be felt. */
export async function noticeInTime(lang: Lang): Promise<void> {
  const late = new Promise<void>((resolve) => setTimeout(resolve, NOTICE_WAIT_MS))
  await Promise.race([loadShortNotice(lang), late])
}
