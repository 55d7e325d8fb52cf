// Writes docs/audit-rules.md out of the rules and their fixtures, so that the page, the program and its tests cannot differ.
import type { Rule, State } from '../core/rule.ts'
import { articleInEnglish } from '../rules/helpers/articles.ts'
import type { Fixture } from './fixture.ts'

const INTRODUCTION = `# Rules of the Jitsi auditor / Regeln der Jitsi-Prüfung

This page is made from \`packages/jitsi-audit/src/rules\`; a test compares them. Each rule is tested on small configurations in the syntax of
the real files; the test of a fixture is named \`fixtures > RULE STATE: NAME\` in \`packages/jitsi-audit/src/rules/fixtures.test.ts\`.

Diese Seite entsteht aus \`packages/jitsi-audit/src/rules\`; ein Test vergleicht sie. Jede Regel wird an kleinen Konfigurationen in der Schreibweise der
echten Dateien geprüft.
`

const GROUPS: Readonly<Record<string, string>> = {
  A: 'A. STUN, TURN, ICE',
  B: 'B. Third parties / Dritte',
  C: 'C. Logs / Protokolle',
  D: 'D. Who gets in / Wer hineinkommt',
  E: 'E. Content, TLS, client / Inhalte, TLS, Browser',
  F: 'F. Found in real installations / An echten Installationen gefunden',
}

const STATES: readonly State[] = ['violated', 'met', 'undecidable', 'overridden', 'not_applicable']

/** The whole page as Markdown. */
export function renderRulesDoc(rules: readonly Rule[], fixtures: readonly Fixture[]): string {
  const byRule = Map.groupBy(fixtures, ({ rule }) => rule)
  const count = `${rules.length} rules, ${fixtures.length} fixtures.\n`
  return [INTRODUCTION, count, ...Object.keys(GROUPS).map((letter) => group(letter, rules, byRule))].join(
    '\n',
  )
}

function group(
  letter: string,
  rules: readonly Rule[],
  fixtures: ReadonlyMap<string, readonly Fixture[]>,
): string {
  const own = rules.filter(({ id }) => id.startsWith(letter))
  return [
    `## ${GROUPS[letter] ?? letter}\n`,
    '| Rule | Severity | Concern | Deutsch | English | Articles | Fixtures |',
    '|---|---|---|---|---|---|---|',
    ...own.map((rule) => row(rule, fixtures.get(rule.id) ?? [])),
    '',
    ...own.flatMap((rule) => tests(rule, fixtures.get(rule.id) ?? [])),
  ].join('\n')
}

function row({ id, name, severity, concern, title, articles }: Rule, fixtures: readonly Fixture[]): string {
  const counts = STATES.flatMap((state) => {
    const count = fixtures.filter((fixture) => fixture.state === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  const cells = [
    `${id} ${name}`,
    severity,
    concern,
    title.de,
    title.en,
    articles.map(articleInEnglish).join(', '),
    counts.join(', '),
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function tests({ id, source }: Rule, fixtures: readonly Fixture[]): string[] {
  const sorted = fixtures.toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
  return [
    `**${id}** (source: ${source})\n`,
    ...sorted.map(({ state, name }) => `- ${id} ${state}: ${name}`),
    ...(fixtures.length === 0 ? ['- always said, nothing to decide'] : []),
    '',
  ]
}
