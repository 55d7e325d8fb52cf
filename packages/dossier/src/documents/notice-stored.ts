// Clauses of the full notice: how long data are kept, and what the browser keeps.
import { both, localized, same } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import type { ColumnSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { TDDDG_25 } from './notice-who.ts'
import { STORAGE_CLASSES } from './storage-classes.ts'

export const PERIOD_COLUMNS: readonly ColumnSpec[] = [
  { id: 'class', header: both('Daten', 'Data') },
  { id: 'period', header: both('Frist', 'Period'), weight: 1.8 },
  { id: 'start', header: both('gerechnet ab', 'counted from') },
]

/** One row per class of data that concerns participants or organisers. */
export function periodRows(f: Reader): RowSpec[] {
  return STORAGE_CLASSES.filter(({ exists }) => exists(f)).map((each) => ({
    id: each.id,
    cells: [
      clause('notice.period.class', () => each.name, { key: each.id }),
      clause('notice.period', (g) => each.kept(g), { key: each.id, fills: ['13(2)(a)'] }),
      clause('notice.period.start', () => each.start, { key: each.id }),
    ],
  }))
}

export const BROWSER_COLUMNS: readonly ColumnSpec[] = [
  { id: 'key', header: both('Name', 'Name') },
  { id: 'where', header: both('Art', 'Kind') },
  { id: 'purpose', header: both('Zweck', 'Purpose'), weight: 2 },
  { id: 'lifetime', header: both('Dauer', 'Lifetime') },
]

/** One row per entry; when the list is not stated, a row that says so. */
export function browserRows(f: Reader): RowSpec[] {
  const entries = f.get('browser.entries')
  if (entries === undefined) {
    const gap = (id: string): Clause => clause(id, (g) => g.print('browser.entries'))
    return [
      {
        id: 'none',
        cells: [
          gap('notice.browser.key'),
          gap('notice.browser.where'),
          gap('notice.browser.purpose'),
          gap('notice.browser.lifetime'),
        ],
      },
    ]
  }
  return entries.map(({ key: name, where, purpose, lifetime }, index) => {
    const key = `${index + 1}`
    return {
      id: key,
      cells: [
        clause('notice.browser.key', () => same(name), { key }),
        clause(
          'notice.browser.where',
          () => (where === 'cookie' ? both('Cookie', 'cookie') : both('lokaler Speicher', 'local storage')),
          { key },
        ),
        clause('notice.browser.purpose', () => localized(purpose), { key }),
        clause('notice.browser.lifetime', () => localized(lifetime), { key }),
      ],
    }
  })
}

export const BROWSER_LAW: Clause = clause('notice.browser.law', (f) => {
  const entries = f.get('browser.entries') ?? []
  const law = f.law(TDDDG_25)
  const optional = entries.filter(({ necessary }) => !necessary).map(({ key }) => key)
  if (entries.length === 0) return undefined
  return optional.length === 0
    ? both(
        `Kein Eintrag entsteht von selbst: Jeder gehört zu einer Funktion, die Sie ausdrücklich benutzen, und ist dafür unbedingt erforderlich; eine Einwilligung ist deshalb nicht nötig (${law.de}). Löschen können Sie alle jederzeit im Browser.`,
        `No entry arises by itself: each belongs to a function you expressly use and is strictly necessary for it; therefore no consent is needed (${law.en}). You can delete all of them in the browser at any time.`,
      )
    : both(
        `Für folgende Einträge wird vorher Ihre Einwilligung eingeholt: ${optional.join(', ')}. Alle übrigen sind unbedingt erforderlich (${law.de}).`,
        `For the following entries your consent is obtained beforehand: ${optional.join(', ')}. All others are strictly necessary (${law.en}).`,
      )
})
