// Reads and writes the fact sheet: values with source and time, as JSON, with errors that name the place.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import { type KnownBy, isDay } from './spec.ts'
import { FACTS, FACT_IDS, isFactId } from './table.ts'
import type { FactId, FactValues } from './values.ts'

/** Name and edition of the format; another one is refused instead of guessed at. */
export const SHEET_FORMAT = 'runde-facts/1'

/** One known fact. `unknown`: somebody answered "I do not know". `at`: ISO 8601, UTC. */
export type FactEntry<K extends FactId = FactId> =
  | { value: FactValues[K]; source: KnownBy; at: string }
  | { unknown: true; source: 'declared'; at: string }

/** All facts that are known; what is not in here has not been stated. */
export type FactSheet = { readonly [K in FactId]?: FactEntry<K> }

/** A place in the file and what is wrong there. */
export interface SheetProblem {
  /** For instance `facts["org.name"].value`. */
  place: string
  message: Bilingual
}

export type SheetResult = { ok: true; sheet: FactSheet } | { ok: false; problems: readonly SheetProblem[] }

/** Reads a fact sheet from parsed JSON or from text. Nothing is taken over when a single place is wrong. */
export function readFacts(json: unknown): SheetResult {
  const data = typeof json === 'string' ? parse(json) : json
  if (!isRecord(data)) {
    return fail(
      '',
      both(
        'Das ist kein lesbares Faktenblatt (JSON-Objekt).',
        'This is not a readable fact sheet (JSON object).',
      ),
    )
  }
  if (data['format'] !== SHEET_FORMAT) {
    return fail(
      'format',
      both(`Erwartet wird das Format „${SHEET_FORMAT}“.`, `The format "${SHEET_FORMAT}" is expected.`),
    )
  }
  const facts = data['facts']
  if (!isRecord(facts)) {
    return fail('facts', both('Hier fehlen die Fakten.', 'The facts are missing here.'))
  }
  const problems: SheetProblem[] = []
  const entries = Object.entries(facts).flatMap(([id, entry]) => {
    const found = readEntry(id, entry)
    if (found.length > 0) problems.push(...found)
    return found.length > 0 ? [] : [[id, entry]]
  })
  if (problems.length > 0) return { ok: false, problems }
  return { ok: true, sheet: sheetFrom(Object.fromEntries(entries)) }
}

/** The sheet as JSON text, ids in the order of the table, so that equal sheets are equal texts. */
export function writeFacts(sheet: FactSheet): string {
  const facts = Object.fromEntries(
    FACT_IDS.filter((id) => sheet[id] !== undefined).map((id) => [id, sheet[id]]),
  )
  return `${JSON.stringify({ format: SHEET_FORMAT, facts }, null, 2)}\n`
}

/** A sheet with one fact changed; `undefined` removes it. */
export function withFact<K extends FactId>(
  sheet: FactSheet,
  id: K,
  entry: FactEntry<K> | undefined,
): FactSheet {
  const rest: Record<string, unknown> = { ...sheet }
  delete rest[id]
  return sheetFrom(entry === undefined ? rest : { ...rest, [id]: entry })
}

// The entries were judged one by one against the schema of their id; the type cannot follow that.
function sheetFrom(entries: Readonly<Record<string, unknown>>): FactSheet {
  return entries
}

function readEntry(id: string, entry: unknown): SheetProblem[] {
  const place = `facts[${JSON.stringify(id)}]`
  if (!isFactId(id)) {
    return [
      {
        place,
        message: both('Einen Fakt mit diesem Namen gibt es nicht.', 'There is no fact of this name.'),
      },
    ]
  }
  if (!isRecord(entry)) {
    return [
      {
        place,
        message: both(
          'Erwartet wird ein Objekt mit Wert, Quelle und Zeit.',
          'An object with value, source and time is expected.',
        ),
      },
    ]
  }
  return [...badSource(place, id, entry), ...badTime(place, entry), ...badValue(place, id, entry)]
}

function badSource(place: string, id: FactId, entry: Record<string, unknown>): SheetProblem[] {
  const source = entry['source']
  const by = FACTS[id].by
  if (source === by) return []
  if (source === 'declared' && by === 'setting') return []
  return [
    {
      place: `${place}.source`,
      message: both(
        by === 'probe' ? 'Dieser Fakt kann nur gemessen werden: „probe“.' : `Die Quelle muss „${by}“ sein.`,
        by === 'probe' ? 'This fact can only be measured: "probe".' : `The source must be "${by}".`,
      ),
    },
  ]
}

const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/

function badTime(place: string, entry: Record<string, unknown>): SheetProblem[] {
  const at = entry['at']
  return typeof at === 'string' && MOMENT.test(at) && isDay(at.slice(0, 10)) && !Number.isNaN(Date.parse(at))
    ? []
    : [
        {
          place: `${place}.at`,
          message: both(
            'Erwartet wird ein Zeitpunkt wie 2026-11-23T10:00:00Z.',
            'A moment such as 2026-11-23T10:00:00Z is expected.',
          ),
        },
      ]
}

function badValue(place: string, id: FactId, entry: Record<string, unknown>): SheetProblem[] {
  const extra = Object.keys(entry).filter((key) => !['value', 'unknown', 'source', 'at'].includes(key))
  if (extra.length > 0) {
    return [
      {
        place: `${place}.${extra[0] ?? ''}`,
        message: both('Diese Angabe ist hier nicht vorgesehen.', 'This entry is not expected here.'),
      },
    ]
  }
  if (entry['unknown'] !== undefined) {
    return entry['unknown'] === true && entry['source'] === 'declared' && !('value' in entry)
      ? []
      : [
          {
            place: `${place}.unknown`,
            message: both(
              '„Das weiß ich nicht“ heißt: unknown = true, Quelle „declared“, kein Wert.',
              '"I do not know" means: unknown = true, source "declared", no value.',
            ),
          },
        ]
  }
  const result = FACTS[id].schema.safeParse(entry['value'])
  if (result.success) return []
  const label = FACTS[id].label
  return result.error.issues.map((issue) => ({
    place: [
      `${place}.value`,
      ...issue.path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)),
    ].join(''),
    message: both(
      `Der Wert für „${label.de}“ passt nicht; ${FORM_HINTS[FACTS[id].shown.kind].de}.`,
      `The value for "${label.en}" does not fit; ${FORM_HINTS[FACTS[id].shown.kind].en}.`,
    ),
  }))
}

const FORM_HINTS: Readonly<Record<(typeof FACTS)[FactId]['shown']['kind'], Bilingual>> = {
  text: both('erwartet wird ein Text ohne Steuerzeichen', 'a text without control characters is expected'),
  longText: both(
    'erwartet wird ein Text, oder derselbe Text auf Deutsch und Englisch',
    'a text is expected, or the same text in German and English',
  ),
  yesNo: both('erwartet wird true oder false', 'true or false is expected'),
  number: both('erwartet wird eine ganze Zahl ab 0', 'a whole number from 0 is expected'),
  choice: both('erwartet wird eines der vorgesehenen Wörter', 'one of the listed words is expected'),
  choices: both('erwartet wird eine Liste der vorgesehenen Wörter', 'a list of the listed words is expected'),
  date: both('erwartet wird ein Datum wie 2026-11-23', 'a date such as 2026-11-23 is expected'),
  period: both(
    'erwartet wird eine Frist wie P7D, PT72H, P12M, P3Y, end, manual oder none',
    'a period such as P7D, PT72H, P12M, P3Y, end, manual or none is expected',
  ),
  records: both(
    'erwartet wird eine Liste von Einträgen der vorgesehenen Form',
    'a list of entries of the expected form is expected',
  ),
}

function fail(place: string, message: Bilingual): SheetResult {
  return { ok: false, problems: [{ place, message }] }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
