// Clauses of the full notice: controller, officer, purposes, recipients.
import { MISSING, both, join, localized, phrase, same } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import type { ColumnSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { basisOf, classify, controller, named, officer, operationBasis, thirdCountries } from './shared.ts'

export const CONTROLLER: Clause = clause('notice.controller', controller, {
  fills: ['13(1)(a)'],
})

export const REPRESENTATIVE: Clause = clause(
  'notice.representative',
  (f) => (f.is('org.seatInEu', false) ? f.print('org.euRepresentative') : undefined),
  { fills: ['13(1)(a)'], laws: [art('27')] },
)

export const JOINT: Clause = clause(
  'notice.joint',
  (f) => {
    const joint = f.get('org.jointControllers') ?? []
    if (joint.length === 0) return undefined
    const names = join(
      joint.map(({ name, address, contact }) => same(`${name}, ${address}, ${contact}`)),
      '; ',
    )
    const essence = f.get('org.jointEssence')
    const agreed = essence === undefined ? MISSING : phrase(essence)
    return both(
      `${names.de}. Das Wesentliche der Vereinbarung: ${agreed.de}.`,
      `${names.en}. The essence of the arrangement: ${agreed.en}.`,
    )
  },
  { fills: ['13(1)(a)'], laws: [art('26')] },
)

export const OFFICER: Clause = clause('notice.officer', (f) => officer(f), { fills: ['13(1)(b)'] })

export const PURPOSE_COLUMNS: readonly ColumnSpec[] = [
  { id: 'purpose', header: both('Zweck', 'Purpose') },
  { id: 'basis', header: both('Rechtsgrundlage', 'Legal basis') },
  { id: 'interest', header: both('Berechtigtes Interesse', 'Legitimate interest') },
]

/** One row per purpose; a single row that says what is missing when there is none. */
export function purposeRows(f: Reader): RowSpec[] {
  const purposes = f.get('use.purposes') ?? []
  if (purposes.length === 0) {
    const gap = (id: string): Clause => clause(id, (g) => g.print('use.purposes'), { fills: ['13(1)(c)'] })
    return [{ id: 'none', cells: [gap('notice.purpose'), gap('notice.basis'), gap('notice.interest')] }]
  }
  return purposes.map((purpose, index) => {
    const key = `${index + 1}`
    return {
      id: key,
      cells: [
        clause('notice.purpose', () => localized(purpose.name), { key, fills: ['13(1)(c)'] }),
        clause('notice.basis', (g) => basisOf(g, purpose), { key, fills: ['13(1)(c)'] }),
        clause(
          'notice.interest',
          () =>
            purpose.basis === 'interest'
              ? purpose.interest === undefined
                ? MISSING
                : localized(purpose.interest)
              : both('entfällt', 'not applicable'),
          { key, fills: ['13(1)(d)'] },
        ),
      ],
    }
  })
}

export const OPERATION: Clause = clause(
  'notice.operation',
  (f) => {
    const basis = operationBasis(f)
    return both(
      `Technische Daten der Verbindung verarbeiten wir, damit die Besprechung zustande kommt und der Server sicher läuft (${basis.de}).`,
      `We process technical connection data so that the meeting can take place and the server runs securely (${basis.en}).`,
    )
  },
  { fills: ['13(1)(c)'] },
)

export const EMPLOYEES: Clause = clause('notice.employees', (f) => {
  if (f.get('use.groups')?.includes('employees') !== true) return undefined
  if (f.is('org.representation', 'none') || f.get('org.representation') === undefined) return undefined
  const who = f.print('org.representation')
  const when = f.print('org.agreementDate')
  return both(
    `Für Beschäftigte gilt ergänzend die Vereinbarung mit der Vertretung der Beschäftigten (${who.de}) vom: ${when.de}.`,
    `For employees the agreement with the staff representation (${who.en}) also applies, dated: ${when.en}.`,
  )
})

export const PARTICIPANTS: Clause = clause(
  'notice.recipient.participants',
  () =>
    both(
      'Die anderen Teilnehmenden sehen und hören, was Sie beitragen, und sehen den Namen, den Sie eingeben.',
      'The other participants see and hear what you contribute, and see the name you enter.',
    ),
  { fills: ['13(1)(e)'] },
)

export const STAFF: Clause = clause(
  'notice.recipient.staff',
  () =>
    both(
      'Die Personen, die den Server betreuen, haben nur im Rahmen dieser Aufgabe Zugang.',
      'Those who run the server have access only within that task.',
    ),
  { fills: ['13(1)(e)'] },
)

export const LAWFUL: Clause = clause('notice.recipient.lawful', () =>
  both(
    'An Behörden oder andere Dritte geben wir Daten nur weiter, wenn wir rechtlich dazu verpflichtet sind.',
    'We pass data on to authorities or other third parties only if we are legally obliged to.',
  ),
)

/** Every provider by name, or that there is none. */
export function providerClauses(f: Reader): Clause[] {
  const providers = f.get('hosting.providers')
  if (providers === undefined || providers.length === 0) {
    return [
      clause(
        'notice.recipient.none',
        () =>
          providers === undefined
            ? both(`Dienstleister: ${MISSING.de}.`, `Providers: ${MISSING.en}.`)
            : both('Dienstleister sind nicht beteiligt.', 'No providers are involved.'),
        { fills: ['13(1)(e)'] },
      ),
    ]
  }
  return providers.map((provider) =>
    clause(
      'notice.recipient.provider',
      (g) => {
        const role = classify(g, provider)
        const who = named(provider)
        return role === 'processor'
          ? both(`${who.de} verarbeitet Daten in unserem Auftrag.`, `${who.en} processes data on our behalf.`)
          : role === 'own'
            ? both(
                `${who.de} ist für die Übermittlung selbst verantwortlich.`,
                `${who.en} is a controller of its own for the transmission.`,
              )
            : both(
                `${who.de} stellt nur Platz, Strom und Netz und hat keinen Zugriff auf Daten.`,
                `${who.en} provides space, power and network only and has no access to data.`,
              )
      },
      { key: provider.id, fills: ['13(1)(e)'], laws: [art('28')] },
    ),
  )
}

export const COPY: Clause = clause(
  'notice.copy',
  (f) =>
    thirdCountries(f).length > 0
      ? both(
          'Eine Kopie der Garantien erhalten Sie auf Anfrage bei uns.',
          'A copy of the safeguards is available from us on request.',
        )
      : undefined,
  { fills: ['13(1)(f)'], laws: [art('46')] },
)

/** Storing and reading in terminal equipment. */
export const TDDDG_25: ReturnType<typeof norm> = norm('§ 25 Abs. 2 Nr. 2 TDDDG', 'section 25(2) no. 2 TDDDG')
