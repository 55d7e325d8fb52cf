// An engine with three rules over one invented format, so that the report is tested without the parsers.
import type { Installation } from '../../core/installation.ts'
import { LineIndex } from '../../core/origin.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import type { SourceFile } from '../../core/source.ts'
import { NOTHING } from './no-installation.ts'
import type { AuditEngine, Labelled } from '../engine.ts'

/** Files of the installation that `check` functions look at; the model has no place for them. */
const texts = new WeakMap<Installation, readonly SourceFile[]>()

/** `key = value` lines; one installation per top folder. */
function assemble(files: readonly SourceFile[]): Labelled[] {
  const roots = Map.groupBy(files, ({ path }) => path.split('/')[0] ?? '')
  return [...roots].map(([label, own]) => {
    const installation: Installation = {
      ...NOTHING,
      kind: 'debian',
      files: own.map(({ path }) => ({ path, format: 'small', outcome: 'read', problems: [] })),
    }
    texts.set(installation, own)
    return { label, installation }
  })
}

/** Violated where the key has the bad value, met where it has another, silent where it is missing. */
function keyRule(id: string, key: string, bad: string, good: string, more: Partial<Rule> = {}): Rule {
  const check = (installation: Installation): Verdict[] =>
    (texts.get(installation) ?? []).flatMap(({ path, text }): Verdict[] => {
      const at = new RegExp(`^${key} = (.*)$`, 'm').exec(text)
      if (at === null) return []
      const value = at[1] ?? ''
      const from = at.index + key.length + 3
      const origin = new LineIndex(path, text).origin(from, from + value.length)
      if (value !== bad) return [{ state: 'met', origins: [origin] }]
      const place = (column: number): { line: number; column: number } => ({ line: origin.line, column })
      return [
        {
          state: 'violated',
          origins: [origin],
          detail: { de: `${key} ist ${value}.`, en: `${key} is ${value}.` },
          edits: [{ file: path, start: place(origin.column), end: place(origin.endColumn), text: good }],
        },
      ]
    })
  return {
    id,
    name: key.toUpperCase(),
    concern: 'recipients',
    severity: 'high',
    components: ['web'],
    title: { de: `Titel ${id}`, en: `Title ${id}` },
    why: { de: 'Weil.', en: 'Because.' },
    mend: { de: `Setzen Sie \`${key} = ${good}\`.`, en: `Set \`${key} = ${good}\`.` },
    articles: ['Art. 25'],
    source: 'invented',
    paperwork: [
      {
        part: 'recipients',
        violated: { de: `${key} gibt Daten weiter.`, en: `${key} passes data on.` },
        met: { de: `${key} gibt nichts weiter.`, en: `${key} passes nothing on.` },
      },
    ],
    check,
    ...more,
  }
}

/** A01 and A02 look at keys, E02 is a note, B01 has a fault. */
export const SMALL_ENGINE: AuditEngine = {
  assemble,
  rules: [
    keyRule('A01', 'send', 'yes', 'no'),
    keyRule('A02', 'keep', 'ever', 'week', { concern: 'storage', severity: 'crit' }),
    keyRule('A05', 'secret', 'hunter2hunter2', 'rotated'),
    keyRule('E02', 'note', 'x', 'y', { severity: 'note' }),
    keyRule('B01', 'broken', 'x', 'y', {
      check: () => {
        throw new Error('broken')
      },
    }),
  ],
}

/** One file at `path`. */
export function file(path: string, text: string): SourceFile {
  return { path, text }
}
