// The imprint (section 5 DDG): who offers the service; where the law does not ask for one, that it is given all the same.
import { both, localized } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { norm } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'

const LAW = norm('§ 5 DDG', 'section 5 DDG')

/** Whether the law asks for the details. */
function owed(f: Reader): boolean {
  return f.is('imprint.business', true)
}

/** A detail that is named only where the law asks for it and the provider has it. */
function detail(id: string, write: (f: Reader) => ReturnType<Clause['write']>): Clause {
  return clause(`imprint.${id}`, (f) => (owed(f) ? write(f) : undefined), { laws: [LAW] })
}

const DUTY = clause(
  'imprint.duty',
  (f) => {
    switch (f.get('imprint.business')) {
      case true: {
        const law = f.law(LAW)
        return both(`Angaben nach ${law.de}.`, `Details under ${law.en}.`)
      }
      case false:
        return both(
          'Nach Angabe des Anbieters wird dieser Dienst nicht geschäftsmäßig angeboten; die Angaben sind freiwillig.',
          'According to the provider this service is not offered as a business; the details are given voluntarily.',
        )
      case undefined: {
        const open = f.print('imprint.business')
        return both(
          `Ob der Dienst geschäftsmäßig angeboten wird: ${open.de}.`,
          `Whether the service is offered as a business: ${open.en}.`,
        )
      }
    }
  },
  { laws: [LAW] },
)

export const IMPRINT_DOCUMENT: DocumentSpec = {
  kind: 'imprint',
  basis: LAW,
  title: both('Impressum', 'Imprint'),
  subtitle: () => both('Wer diesen Dienst anbietet', 'Who offers this service'),
  body(page) {
    page.section('provider', both('Anbieter', 'Provider'), (inner) => {
      inner.rows('provider', [
        [both('Name', 'Name'), [clause('imprint.name', (f) => f.print('org.name'), { laws: [LAW] })]],
        [
          both('Anschrift', 'Address'),
          [clause('imprint.address', (f) => f.print('org.address'), { laws: [LAW] })],
        ],
        [
          both('Vertreten durch', 'Represented by'),
          [
            detail('represented', (f) =>
              f.get('imprint.legalPerson') === false ? undefined : f.print('imprint.represented'),
            ),
          ],
        ],
        [
          both('Kontakt', 'Contact'),
          [clause('imprint.contact', (f) => f.print('org.contact'), { laws: [LAW] })],
        ],
        [both('E-Mail', 'E-mail'), [detail('email', (f) => f.print('imprint.email'))]],
        [
          both('Register', 'Register'),
          [
            detail('register', (f) =>
              f.get('imprint.registered') === false ? undefined : f.print('imprint.register'),
            ),
          ],
        ],
        [
          both(
            'Umsatzsteuer- oder Wirtschafts-Identifikationsnummer',
            'VAT or business identification number',
          ),
          [
            detail('vatId', (f) =>
              f.get('imprint.vatId') === undefined ? undefined : f.print('imprint.vatId'),
            ),
          ],
        ],
        [
          both('Aufsichtsbehörde', 'Supervisory authority'),
          [
            detail('authority', (f) => {
              const authority = f.get('imprint.authority')
              return authority === undefined ? undefined : localized(authority)
            }),
          ],
        ],
        [
          both('Reglementierter Beruf', 'Regulated profession'),
          [
            detail('profession', (f) =>
              f.is('org.sector', 'lawPractice', 'medicalPractice')
                ? f.print('imprint.profession')
                : undefined,
            ),
          ],
        ],
      ])
      inner.text('duty', [DUTY])
    })
  },
}
