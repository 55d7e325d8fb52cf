// The processor's record (Art. 30(2) GDPR): what a provider does for each of its customers.
import { MISSING, both, join, same } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import type { Client } from '../facts/values.ts'
import { controller, officer, processors, transfers } from './shared.ts'

/** What is done for every customer in the same way. */
function categories(f: Reader): { de: string; en: string } {
  const extras = [
    f.is('feature.recording', 'on') ? both('Aufzeichnung', 'recording') : undefined,
    f.is('feature.dialIn', 'on') ? both('Telefoneinwahl', 'telephone dial-in') : undefined,
    f.is('backup.made', true) ? both('Sicherungskopien', 'backups') : undefined,
  ].filter((extra) => extra !== undefined)
  return join(
    [
      both(
        'Betrieb von Besprechungsräumen, Weiterleitung von Ton und Bild, Verwaltung der Konten',
        'operation of meeting rooms, forwarding of audio and video, management of accounts',
      ),
      ...extras,
    ],
    ', ',
  )
}

function clientRow(client: Client, index: number): RowSpec {
  const key = `${index + 1}`
  return {
    id: key,
    cells: [
      clause('provider.client', () => same(`${client.name}, ${client.address}, ${client.contact}`), {
        key,
        fills: ['30(2)(a)'],
      }),
      clause(
        'provider.clientRepresentative',
        () => (client.representative === undefined ? both('keiner', 'none') : same(client.representative)),
        { key, fills: ['30(2)(a)'] },
      ),
      clause(
        'provider.clientOfficer',
        () => (client.dpo === undefined ? both('nicht benannt', 'not designated') : same(client.dpo)),
        { key, fills: ['30(2)(a)'] },
      ),
      clause('provider.categories', categories, { key, fills: ['30(2)(b)'] }),
    ],
  }
}

export const PROVIDER_RECORD: DocumentSpec = {
  kind: 'provider-record',
  basis: art('30(2)'),
  title: both('Verzeichnis des Auftragsverarbeiters', "Processor's record of processing"),
  subtitle: (f) => {
    const law = f.law(art('30(2)'))
    return both(
      `Verzeichnis nach ${law.de} über alle Auftraggeber`,
      `Record under ${law.en} of all customers`,
    )
  },
  body(page) {
    page.section('processor', both('Auftragsverarbeiter', 'The processor'), (inner) => {
      inner.rows('processor', [
        [
          both('Auftragsverarbeiter', 'Processor'),
          [clause('provider.processor', controller, { fills: ['30(2)(a)'] })],
        ],
        [
          both('Vertreter in der Europäischen Union', 'Representative in the European Union'),
          [
            clause(
              'provider.representative',
              (f) => {
                const seated = f.get('org.seatInEu')
                if (seated === undefined) return MISSING
                return seated
                  ? both(
                      'nicht erforderlich, weil eine Niederlassung in der Europäischen Union besteht',
                      'not required, because there is an establishment in the European Union',
                    )
                  : f.print('org.euRepresentative')
              },
              { fills: ['30(2)(a)'] },
            ),
          ],
        ],
        [
          both('Datenschutzbeauftragte Person', 'Data protection officer'),
          [clause('provider.officer', officer, { fills: ['30(2)(a)'] })],
        ],
        [
          both('Weitere Auftragsverarbeiter', 'Sub-processors'),
          [
            clause(
              'provider.subs',
              (f) => {
                const found = processors(f)
                return found.length === 0
                  ? both('keine', 'none')
                  : join(
                      found.map(({ name, address, contact }) => same(`${name}, ${address}, ${contact}`)),
                      '; ',
                    )
              },
              { fills: ['30(2)(a)'], laws: [art('28(2)')] },
            ),
          ],
        ],
      ])
    })
    page.section('clients', both('Auftraggeber und Verarbeitungen', 'Customers and processing'), (inner) => {
      inner.text('count', [
        clause('provider.count', (f) => {
          const count = f.get('hosting.clients')?.length
          return count === undefined
            ? both(`Auftraggeber: ${MISSING.de}.`, `Customers: ${MISSING.en}.`)
            : both(
                `Das Verzeichnis umfasst ${count} Auftraggeber.`,
                `The record comprises ${count} customers.`,
              )
        }),
      ])
      inner.table(
        'clients',
        both('Auftraggeber und Kategorien der Verarbeitung', 'Customers and categories of processing'),
        [
          { id: 'client', header: both('Verantwortlich', 'Controller'), weight: 2.5 },
          { id: 'representative', header: both('Vertreter in der EU', 'Representative in the EU') },
          {
            id: 'officer',
            header: both('Datenschutzbeauftragte Person', 'Data protection officer'),
            weight: 1.8,
          },
          {
            id: 'categories',
            header: both('Kategorien der Verarbeitung', 'Categories of processing'),
            weight: 2.7,
          },
        ],
        (f) => (f.get('hosting.clients') ?? []).map(clientRow),
      )
    })
    page.section('common', both('Für alle Auftraggeber gleich', 'The same for all customers'), (inner) => {
      inner.rows('common', [
        [
          both('Übermittlung in Drittländer', 'Transfers to third countries'),
          [clause('provider.transfers', transfers, { fills: ['30(2)(c)'] })],
        ],
        [
          both('Technische und organisatorische Maßnahmen', 'Technical and organisational measures'),
          [
            clause(
              'provider.measures',
              (f) => {
                const version = f.print('server.version')
                return both(
                  `Siehe das Dokument „Technische und organisatorische Maßnahmen“; es beschreibt denselben Server (Runde, Version ${version.de}).`,
                  `See the document "Technical and organisational measures"; it describes the same server (Runde, version ${version.en}).`,
                )
              },
              { fills: ['30(2)(d)'], laws: [art('32')] },
            ),
          ],
        ],
      ])
    })
  },
}
