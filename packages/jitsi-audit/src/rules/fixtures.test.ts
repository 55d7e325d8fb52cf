// Every rule says of every fixture what the fixture demands: state, place, severity; mends mend; no secret is ever said.
import { describe, expect, it } from 'vitest'
import type { Edit, Rule, Verdict } from '../core/rule.ts'
import type { Origin, SourceFile } from '../core/source.ts'
import { assemble } from '../model/assemble.ts'
import { Lines } from '../report/line-edits.ts'
import type { Fixture } from '../testing/fixture.ts'
import { FIXTURES as A } from './a/fixtures/index.ts'
import { FIXTURES as B } from './b/fixtures/index.ts'
import { FIXTURES as C } from './c/fixtures/index.ts'
import { FIXTURES as D } from './d/fixtures/index.ts'
import { FIXTURES as E } from './e/fixtures/index.ts'
import { FIXTURES as F } from './f/fixtures/index.ts'
import { FIXTURES as REAL } from './real-sets/fixtures/index.ts'
import { articleInEnglish } from './helpers/articles.ts'
import { RULES } from './index.ts'

const FIXTURES: readonly Fixture[] = [...A, ...B, ...C, ...D, ...E, ...F, ...REAL]

/** Rules that are always printed and never decided: they have nothing to violate. */
const NOTES: ReadonlySet<string> = new Set(
  RULES.filter(({ severity }) => severity === 'note').map(({ id }) => id),
)

function filesOf({ files, modes = {} }: Pick<Fixture, 'files' | 'modes'>): readonly SourceFile[] {
  return Object.entries(files).map(([path, text]) => {
    const mode = modes[path]
    return mode === undefined ? { path, text } : { path, text, mode }
  })
}

function ruleOf(fixture: Fixture): Rule {
  const rule = RULES.find(({ id }) => id === fixture.rule)
  if (rule === undefined) throw new Error(`no rule ${fixture.rule}`)
  return rule
}

function check(fixture: Fixture, rule: Rule = ruleOf(fixture)): readonly Verdict[] {
  return rule.check(assemble(filesOf(fixture), fixture.options))
}

/** What a failing test prints: states with their places. */
function shown(verdicts: readonly Verdict[]): readonly string[] {
  return verdicts.map(
    ({ state, origins }) => `${state} ${origins.map(({ file, line }) => `${file}:${line}`).join(' ')}`,
  )
}

function applied(text: string, edits: readonly Edit[]): string {
  const lines = new Lines(text)
  const placed = edits.map((edit) => lines.place(edit)).toSorted((a, b) => b.from - a.from)
  return placed.reduce((done, { from, to, text: own }) => done.slice(0, from) + own + done.slice(to), text)
}

/** Everything that is not as the fixture demands. */
function faultsOf(fixture: Fixture): readonly string[] {
  const rule = ruleOf(fixture)
  const verdicts = check(fixture, rule)
  const fitting = verdicts.filter(({ state }) => state === fixture.state)
  const places = fitting.map(({ origins }) => origins[0])
  const { line, file, severity } = fixture
  const demands: readonly (readonly [string, boolean])[] = [
    [`says ${fixture.state}`, fitting.length > 0],
    [
      'violates nothing else',
      fixture.state === 'violated' || verdicts.every(({ state }) => state !== 'violated'),
    ],
    [`line ${line ?? ''}`, line === undefined || places.some((place) => place?.line === line)],
    [`file ${file ?? ''}`, file === undefined || places.some((place) => place?.file === file)],
    [
      `severity ${severity ?? ''}`,
      severity === undefined || fitting.some((one) => (one.severity ?? rule.severity) === severity),
    ],
    [
      'only places that exist',
      verdicts.every(({ origins }) => origins.every((origin) => exists(fixture, origin))),
    ],
  ]
  const missed = demands.filter(([, kept]) => !kept).map(([demand]) => demand)
  return missed.length === 0 ? [] : [...missed, ...shown(verdicts)]
}

/** A place in a file of the set, within its lines. */
function exists({ files }: Fixture, { file, line }: Origin): boolean {
  return line <= (files[file]?.split('\n').length ?? 0)
}

describe('fixtures', () => {
  it.each(FIXTURES.map((fixture) => [fixture.rule, fixture.state, fixture.name, fixture] as const))(
    '%s %s: %s',
    (_rule, _state, _name, fixture) => {
      expect(faultsOf(fixture)).toEqual([])
    },
  )
})

/** Verdicts that a machine may mend. */
function mendable(fixture: Fixture): readonly Verdict[] {
  return check(fixture).filter(({ state, edits }) => state === 'violated' && edits !== undefined)
}

describe('mechanical mends', () => {
  it.each(
    FIXTURES.filter((fixture) => fixture.state === 'violated' && mendable(fixture).length > 0).map(
      (fixture) => [fixture.rule, fixture.name, fixture] as const,
    ),
  )('%s: %s', (_rule, _name, fixture) => {
    const byFile = Map.groupBy(
      mendable(fixture).flatMap(({ edits = [] }) => edits),
      ({ file }) => file,
    )
    const mended = Object.entries(fixture.files).map(([path, text]) => [
      path,
      applied(text, byFile.get(path) ?? []),
    ])
    const files: Readonly<Record<string, string>> = Object.fromEntries(mended)
    expect(shown(mendable({ ...fixture, files }))).toEqual([])
  })
})

const FULL_ARTICLE = /^(?:DSGVO Art\. \d+(?: Abs\. \d+)?(?: lit\. [a-z])?|[A-Z][A-Za-z]* § ?\d+)/

/** Ids of the rules of which something is not so. */
function except(isSo: (rule: Rule) => boolean): readonly string[] {
  return RULES.filter((rule) => !isSo(rule)).map(({ id }) => id)
}

describe('all rules', () => {
  it('have ids and names of their own', () => {
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length)
    expect(new Set(RULES.map(({ name }) => name)).size).toBe(RULES.length)
  })

  it('speak both languages', () => {
    const isSpoken = ({ title, why, mend, paperwork }: Rule): boolean =>
      [title, why, mend, ...paperwork.flatMap(({ violated, met }) => [violated, met])].every(
        (text) =>
          text === undefined || (text.de.trim() !== '' && text.en.trim() !== '' && text.de !== text.en),
      )
    expect(except(isSpoken)).toEqual([])
  })

  it('are 130, in the order of their ids', () => {
    expect(RULES).toHaveLength(130)
    expect(RULES.map(({ id }) => id)).toEqual(RULES.map(({ id }) => id).toSorted())
  })

  it('name articles in full, and in English', () => {
    expect(except(({ articles }) => articles.length > 0)).toEqual([])
    expect(except(({ articles }) => articles.every((article) => FULL_ARTICLE.test(article)))).toEqual([])
    expect(
      except(({ articles }) =>
        articles.every((article) => !/Abs\.|lit\.|DSGVO/.test(articleInEnglish(article))),
      ),
    ).toEqual([])
  })

  it('have a violating, a met and an undecidable fixture', () => {
    const states = Map.groupBy(FIXTURES, ({ rule }) => rule)
    const hasAll = ({ id }: Rule): boolean =>
      (['violated', 'met', 'undecidable'] as const).every((state) =>
        states.get(id)?.some((one) => one.state === state),
      )
    expect(except((rule) => NOTES.has(rule.id) || hasAll(rule))).toEqual([])
  })

  it('have fixtures with names of their own', () => {
    const names = FIXTURES.map(({ rule, name }) => `${rule} ${name}`)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  it('never say a secret, whichever rule looks at whichever fixture', () => {
    const secretive = FIXTURES.filter(({ secrets = [] }) => secrets.length > 0)
    const said = secretive.flatMap((fixture) => {
      const installation = assemble(filesOf(fixture), fixture.options)
      return RULES.flatMap((rule) => {
        const verdicts = rule.check(installation).map(({ detail, mend, edits }) => ({ detail, mend, edits }))
        const text = JSON.stringify(verdicts)
        return (fixture.secrets ?? []).some((secret) => text.includes(secret))
          ? [`${rule.id} on ${fixture.rule}`]
          : []
      })
    })
    expect(secretive.length).toBeGreaterThan(20)
    expect(said).toEqual([])
  })

  it('find nothing violated and nothing met in nothing', () => {
    const installation = assemble([])
    expect(
      except((rule) =>
        rule.check(installation).every(({ state }) => state !== 'violated' && state !== 'met'),
      ),
    ).toEqual([])
  })
})
