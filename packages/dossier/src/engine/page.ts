// Builds a draft from clauses: sections, paragraphs, definitions, lists and tables, each sentence with its trace.
import type { Bilingual } from '@runde/contract'
import type { FactId } from '../facts/values.ts'
import type { DocumentKind } from '../model/document.ts'
import type { Rule } from '../rules/rule.ts'
import { both } from './bilingual.ts'
import { type Clause, clause } from './clause.ts'
import type { Draft, DraftBlock, DraftSection, DraftSentence } from './draft.ts'
import { type LawRef, citeAll } from './law.ts'
import { type Reader, type Trace, type World, newTrace, readerFor } from './reader.ts'

/** Clauses, or a function that picks them by looking at facts; what it looks at is cited by all it picks. */
export type Clauses = Picked | readonly (Clause | Picked)[]

/** Picks clauses by facts. */
export type Picked = (facts: Reader) => readonly Clause[]

export interface ColumnSpec {
  id: string
  header: Bilingual
  /** Share of the width; 1 when left out. */
  weight?: number
}

export interface RowSpec {
  id: string
  cells: readonly Clause[]
}

export type DefinitionSpec = readonly [term: Bilingual, clauses: Clauses]

/** Where a document writes. Everything inside `only` and `each` cites what their conditions looked at. */
export interface Page {
  section(id: string, heading: Bilingual, body: (page: Page) => void): void
  only(condition: (facts: Reader) => boolean, body: (page: Page) => void): void
  each<T>(list: (facts: Reader) => readonly T[], body: (page: Page, item: T) => void): void
  text(id: string, clauses: Clauses): void
  rows(id: string, rows: readonly DefinitionSpec[]): void
  list(id: string, clauses: Clauses, ordered?: boolean): void
  table(
    id: string,
    caption: Bilingual,
    columns: readonly ColumnSpec[],
    rows: readonly RowSpec[] | ((facts: Reader) => readonly RowSpec[]),
  ): void
  note(id: string, title: Bilingual, clauses: Clauses): void
  /** Prints what rule packs have to say at this place. */
  slot(name: string): void
}

export interface DocumentSpec {
  kind: DocumentKind
  title: Bilingual
  subtitle: (facts: Reader) => Bilingual
  /** The law the document answers to; basis of every sentence that rests on nothing else. */
  basis: LawRef
  body: (page: Page) => void
}

interface Desk {
  world: World
  rules: readonly Rule[]
  all: Trace
  basis: LawRef
}

/** Writes one document. */
export function write(
  world: World,
  rules: readonly Rule[],
  spec: DocumentSpec,
  id: string = spec.kind,
): Draft {
  const desk: Desk = { world, rules, all: newTrace(), basis: spec.basis }
  const root: DraftSection = { id: 'root', heading: both('', ''), blocks: [], sections: [] }
  const subtitle = spec.subtitle(readerFor(world, desk.all))
  spec.body(pageOn(desk, root, []))
  const { facts, gaps } = desk.all
  return {
    id,
    kind: spec.kind,
    title: spec.title,
    subtitle,
    sections: root.sections,
    facts,
    gaps,
    judged: facts,
  }
}

function pageOn(desk: Desk, section: DraftSection, inherited: readonly Trace[]): Page {
  const looking = (): { facts: Reader; trace: Trace } => {
    const trace = newTrace()
    return { facts: readerFor(desk.world, trace), trace }
  }
  const under = (trace: Trace): Page => {
    addTo(desk.all, trace)
    return pageOn(desk, section, [...inherited, trace])
  }
  const pick = (clauses: Clauses, also: readonly Trace[] = inherited): DraftSentence[] => {
    if (typeof clauses !== 'function') {
      return clauses.flatMap((each) =>
        typeof each === 'function' ? pick(each, also) : sentences(desk, [each], also),
      )
    }
    const { facts, trace } = looking()
    const picked = clauses(facts)
    addTo(desk.all, trace)
    return sentences(desk, picked, [...also, trace])
  }
  const put = (block: DraftBlock): void => {
    section.blocks.push(block)
  }
  // Block ids are written for their section; the section's id makes them unique in the document.
  const full = (id: string): string => `${section.id}-${id}`
  const page: Page = {
    section(sectionId, heading, body) {
      const inner: DraftSection = { id: sectionId, heading, blocks: [], sections: [] }
      body(pageOn(desk, inner, inherited))
      if (inner.blocks.length + inner.sections.length > 0) section.sections.push(inner)
    },
    only(condition, body) {
      const { facts, trace } = looking()
      const holds = condition(facts)
      const inner = under(trace)
      if (holds) body(inner)
    },
    each(list, body) {
      const { facts, trace } = looking()
      const items = list(facts)
      const inner = under(trace)
      for (const item of items) body(inner, item)
    },
    text(id, clauses) {
      const found = pick(clauses)
      if (found.length > 0) put({ kind: 'paragraph', id: full(id), sentences: found })
    },
    rows(id, rows) {
      const found = rows
        .map(([term, clauses], index) => ({ id: `${full(id)}-${index + 1}`, term, sentences: pick(clauses) }))
        .filter((row) => row.sentences.length > 0)
      if (found.length > 0) put({ kind: 'definitions', id: full(id), rows: found })
    },
    list(id, clauses, ordered = false) {
      const items = pick(clauses).map((sentence, index) => ({
        id: `${full(id)}-${index + 1}`,
        sentences: [sentence],
      }))
      if (items.length > 0) put({ kind: 'list', id: full(id), ordered, items })
    },
    table(id, caption, columns, rows) {
      const { facts, trace } = looking()
      const picked = typeof rows === 'function' ? rows(facts) : rows
      addTo(desk.all, trace)
      const found = picked.map((row) => ({
        id: `${full(id)}-${row.id}`,
        cells: row.cells.map((cell) => ({ sentences: pick([cell], [...inherited, trace]) })),
      }))
      const heads = columns.map((column) => ({ ...column, weight: column.weight ?? 1 }))
      if (found.length > 0)
        put({ kind: 'table', id: full(id), caption, columns: heads, rowHeaders: true, rows: found })
    },
    note(id, title, clauses) {
      const found = pick(clauses)
      if (found.length > 0) put({ kind: 'callout', id: full(id), tone: 'note', title, sentences: found })
    },
    slot(name) {
      for (const rule of desk.rules) {
        const mine = (rule.clauses ?? []).filter((each) => each.slot === name)
        if (mine.length === 0) continue
        const { facts, trace } = looking()
        const holds = rule.when(facts)
        const inner = under(trace)
        if (holds) {
          const laws = rule.basis
          inner.text(
            `${name}-${rule.id}`,
            mine.map(({ clause: each }) =>
              clause(each.id, each.write, { ...each, laws: [...each.laws, ...laws] }),
            ),
          )
        }
      }
    },
  }
  return page
}

function sentences(desk: Desk, clauses: readonly Clause[], inherited: readonly Trace[]): DraftSentence[] {
  return clauses.flatMap((each) => {
    const trace = newTrace()
    const text = each.write(readerFor(desk.world, trace))
    addTo(desk.all, trace)
    if (text === undefined || text.de === '') return []
    const facts = new Set<FactId>([...trace.facts, ...inherited.flatMap((outer) => [...outer.facts])])
    const cited = citeAll(desk.world.regime, each.laws)
    const bare = facts.size + cited.length + trace.laws.length === 0
    const laws = bare ? citeAll(desk.world.regime, [desk.basis]) : cited
    return [
      {
        key: each.key === '' ? each.id : `${each.id}/${each.key}`,
        clause: each.id,
        text,
        facts: [...facts],
        laws: unique([...laws, ...trace.laws, ...inherited.flatMap((outer) => outer.laws)]),
        fills: each.fills,
      },
    ]
  })
}

function unique(laws: readonly Bilingual[]): Bilingual[] {
  return laws.filter(({ de }, index) => laws.findIndex((other) => other.de === de) === index)
}

function addTo(all: Trace, trace: Trace): void {
  for (const fact of trace.facts) all.facts.add(fact)
  for (const fact of trace.gaps) all.gaps.add(fact)
}
