// Writes docs/rights.md out of the table of rights, so that the page and the program cannot differ.
import { ROLES, type Role } from '@runde/contract'
import { RIGHTS, type Right } from '@runde/meeting'

const ROLE_NAMES: { readonly [R in Role]: string } = {
  organiser: 'Veranstaltung / organiser',
  dpo: 'Datenschutz / data protection officer',
  operator: 'Betrieb / operator',
}

const INTRODUCTION = `# Wer was darf / Who may do what

Diese Seite entsteht aus der Tabelle in \`packages/meeting/src/rights-table.ts\`; ein Test vergleicht sie, ein zweiter ruft
jeden Weg mit jeder Rolle auf, wie sie hier steht. Was nicht in der Tabelle steht, beantwortet der Server niemandem. Ein
Konto kann mehrere Rollen haben; eine passende genügt.

This page is made from the table in \`packages/meeting/src/rights-table.ts\`; one test compares them, another calls every
route with every role as printed here. What is not in the table, the server answers to nobody. An account may hold
several roles; one that fits is enough.

\`*\`: auch der Befehl \`runde\` mit dem Schlüsselpaar des Servers / also the \`runde\` command with the server's key pair.

\`+\`: auch solange ein Konto den zweiten Faktor noch schuldet, wenn er für alle Pflicht ist; alles andere erst danach / also while an
account still owes the second factor where it is mandatory for all; everything else only after that.
`

/** The whole page as Markdown. */
export function renderRightsDoc(): string {
  const head = ['ohne Anmeldung / not signed in', ...ROLES.map((role) => ROLE_NAMES[role])]
  return [
    INTRODUCTION,
    `| Route | ${head.join(' | ')} | wozu | what for |`,
    `|---|${head.map(() => ':-:|').join('')}---|---|`,
    ...RIGHTS.map(row),
    '',
  ].join('\n')
}

function row(right: Right): string {
  const cells = [undefined, ...ROLES].map((role) => (allows(right, role) ? 'ja / yes' : '–'))
  const mark = `${right.keyPair ? ' *' : ''}${right.enrolment ? ' +' : ''}`
  return `| \`${right.method} ${right.path}\`${mark} | ${cells.join(' | ')} | ${right.what.de} | ${right.what.en} |`
}

function allows({ who }: Right, role: Role | undefined): boolean {
  return who === 'everybody' || (role !== undefined && who.includes(role))
}
