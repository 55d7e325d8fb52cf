// The controller's record of processing activities (Art. 30(1) GDPR): one entry per processing that is really on.
import { MISSING, both, enumerate, join, map, same } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec, Page, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { PROCESSINGS, type Processing } from './processings.ts'
import { controller, keptAddresses, named, officer, sensitiveBasis, transfers } from './shared.ts'
import { STORAGE_CLASSES, type StorageClass } from './storage-classes.ts'

const FRONT: readonly (readonly [{ de: string; en: string }, Clause])[] = [
  [both('Verantwortlich', 'Controller'), clause('record.controller', controller, { fills: ['30(1)(a)'] })],
  [
    both('Gemeinsam Verantwortliche', 'Joint controllers'),
    clause(
      'record.joint',
      (f) => {
        const joint = f.get('org.jointControllers')
        if (joint === undefined) return MISSING
        if (joint.length === 0) return both('keine', 'none')
        return join(
          joint.map(({ name, address, contact }) => same(`${name}, ${address}, ${contact}`)),
          '; ',
        )
      },
      { fills: ['30(1)(a)'] },
    ),
  ],
  [
    both('Vertreter in der Europäischen Union', 'Representative in the European Union'),
    clause(
      'record.representative',
      (f) => {
        if (f.regime.id !== 'gdpr') return undefined
        const seated = f.get('org.seatInEu')
        if (seated === undefined) return MISSING
        return seated
          ? both(
              'nicht erforderlich, weil eine Niederlassung in der Europäischen Union besteht',
              'not required, because there is an establishment in the European Union',
            )
          : f.print('org.euRepresentative')
      },
      { fills: ['30(1)(a)'], laws: [art('27')] },
    ),
  ],
  [
    both('Datenschutzbeauftragte Person', 'Data protection officer'),
    clause(
      'record.officer',
      (f) => {
        const found = officer(f)
        if (!f.is('org.dpoAppointed', false)) return found
        const count = f.print('org.processingStaff')
        return both(
          `${found.de} Ständig mit Datenverarbeitung beschäftigt: ${count.de}.`,
          `${found.en} Constantly processing data: ${count.en}.`,
        )
      },
      { fills: ['30(1)(a)'] },
    ),
  ],
  [
    both('Eingesetztes System', 'System in use'),
    clause('record.system', (f) => {
      const [version, url] = [f.print('server.version'), f.print('server.url')]
      return both(
        `Runde, Version ${version.de}; Adresse: ${url.de}`,
        `Runde, version ${version.en}; address: ${url.en}`,
      )
    }),
  ],
]

/** The record of the controller. */
export const RECORD: DocumentSpec = {
  kind: 'record',
  basis: art('30(1)'),
  title: both('Verzeichnis von Verarbeitungstätigkeiten', 'Record of processing activities'),
  subtitle: (f) => {
    const law = f.law(art('30(1)'))
    return both(
      `Eigenes Verzeichnis nach ${law.de} für den Betrieb von Videobesprechungen`,
      `Own record under ${law.en} for the operation of video meetings`,
    )
  },
  body(page) {
    page.section('front', both('Angaben zum Verantwortlichen', 'The controller'), (inner) => {
      inner.rows(
        'front',
        FRONT.map(([term, each]) => [term, [each]]),
      )
      inner.text('exemption', [EXEMPTION])
    })
    for (const processing of PROCESSINGS) {
      page.only(processing.isOn, (inner) => {
        inner.section(`processing-${processing.id}`, processing.name, (section) => entry(section, processing))
      })
    }
  },
}

const EXEMPTION: Clause = clause(
  'record.exemption',
  (f) =>
    f.regime.id === 'gdpr'
      ? both(
          'Das Verzeichnis wird unabhängig von der Zahl der Beschäftigten geführt, weil Besprechungen regelmäßig stattfinden und die Ausnahme für nur gelegentliche Verarbeitungen damit nicht greift.',
          'The record is kept regardless of the number of staff, because meetings take place regularly and the exemption for occasional processing does not apply.',
        )
      : both(
          'Das Verzeichnis wird unabhängig von der Zahl der Beschäftigten geführt; es dient zugleich als Nachweis und als Grundlage der Information.',
          'The record is kept regardless of the number of staff; it also serves as evidence and as the basis of the information.',
        ),
  { laws: [art('30(5)')] },
)

function classesOf(f: Reader, processing: Processing): StorageClass[] {
  return STORAGE_CLASSES.filter(({ id, exists }) => processing.classes.includes(id) && exists(f))
}

function entry(page: Page, processing: Processing): void {
  const key = processing.id
  page.rows(`entry-${key}`, [
    [
      both('Zweck', 'Purpose'),
      [clause('record.purpose', (f) => map(processing.purpose(f), capital), { key, fills: ['30(1)(b)'] })],
    ],
    [
      both('Rechtsgrundlage', 'Legal basis'),
      [clause('record.basis', (f) => map(processing.basis(f), capital), { key })],
    ],
    [
      both('Betroffene Personen', 'Data subjects'),
      [clause('record.subjects', (f) => map(processing.subjects(f), capital), { key, fills: ['30(1)(c)'] })],
    ],
    [both('Empfänger', 'Recipients'), [recipients(processing)]],
    [
      both('Übermittlung in Drittländer', 'Transfers to third countries'),
      [clause('record.transfers', transfers, { key, fills: ['30(1)(e)'] })],
    ],
    [both('Sicherheit der Verarbeitung', 'Security of processing'), [measures(processing)]],
  ])
  page.table(
    `classes-${key}`,
    both('Kategorien von Daten und Löschfristen', 'Categories of data and time limits for erasure'),
    [
      { id: 'class', header: both('Kategorie', 'Category') },
      { id: 'data', header: both('Daten', 'Data'), weight: 1.9 },
      { id: 'period', header: both('Löschfrist', 'Time limit for erasure'), weight: 1.5 },
    ],
    (f) => classesOf(f, processing).map((each) => classRow(processing, each)),
  )
  if (processing.id === 'meetings') page.text('special', [SPECIAL])
}

function classRow(processing: Processing, each: StorageClass): RowSpec {
  const key = `${processing.id}-${each.id}`
  return {
    id: key,
    cells: [
      clause('record.class', () => each.name, { key, fills: ['30(1)(c)'] }),
      clause('record.data', (f) => each.data(f), { key, fills: ['30(1)(c)'] }),
      clause('record.period', (f) => each.kept(f), { key, fills: ['30(1)(f)'] }),
    ],
  }
}

const SPECIAL: Clause = clause(
  'record.special',
  (f) => {
    switch (f.get('use.sensitive')) {
      case true: {
        const basis = sensitiveBasis(f)
        return both(
          `Besondere Kategorien personenbezogener Daten kommen in Gesprächen regelmäßig vor; Grundlage: ${basis.de}.`,
          `Special categories of personal data regularly occur in conversations; ground: ${basis.en}.`,
        )
      }
      case false:
        return both(
          'Besondere Kategorien personenbezogener Daten sind nicht Gegenstand der Besprechungen.',
          'Special categories of personal data are not the subject of the meetings.',
        )
      case undefined:
        return both(
          'Ob besondere Kategorien personenbezogener Daten vorkommen, ist noch nicht angegeben.',
          'Whether special categories of personal data occur is not yet stated.',
        )
    }
  },
  { fills: ['30(1)(c)'], laws: [art('9')] },
)

function recipients(processing: Processing): Clause {
  return clause(
    'record.recipients',
    (f) => {
      const providers = f.get('hosting.providers')
      const outside =
        providers === undefined
          ? MISSING
          : providers.length === 0
            ? both('keine Dienstleister', 'no providers')
            : join(providers.map(named), '; ')
      const inside =
        processing.id === 'meetings'
          ? both(
              'die anderen Teilnehmenden; Personen, die den Server betreuen',
              'the other participants; those who run the server',
            )
          : both('Personen, die den Server betreuen', 'those who run the server')
      return both(`${capital(inside.de)}; ${outside.de}`, `${capital(inside.en)}; ${outside.en}`)
    },
    { key: processing.id, fills: ['30(1)(d)'] },
  )
}

function measures(processing: Processing): Clause {
  return clause(
    'record.measures',
    (f) => {
      const points = [
        f.is('media.encrypted', true)
          ? both('verschlüsselte Übertragung von Ton und Bild', 'encrypted transmission of audio and video')
          : undefined,
        f.is('tls.enabled', true)
          ? both('verschlüsselter Abruf der Seiten', 'encrypted page access')
          : undefined,
        keptAddresses(f) === 'none'
          ? both('keine Netzadressen in Protokollen', 'no network addresses in logs')
          : undefined,
        f.is('hosting.diskEncrypted', true)
          ? both('verschlüsselte Datenträger', 'encrypted disks')
          : undefined,
        f.is('feature.e2ee', 'default', 'forced') && f.get('probe.e2ee') === true
          ? f.is('feature.e2ee', 'forced')
            ? both('Ende-zu-Ende-Verschlüsselung', 'end-to-end encryption')
            : both('Ende-zu-Ende-Verschlüsselung in der Voreinstellung', 'end-to-end encryption by default')
          : undefined,
      ].filter((point) => point !== undefined)
      const known = points.length === 0 ? MISSING : enumerate(points)
      return both(
        `${capital(known.de)}; im Einzelnen: Technische und organisatorische Maßnahmen`,
        `${capital(known.en)}; in detail: technical and organisational measures`,
      )
    },
    { key: processing.id, fills: ['30(1)(g)'], laws: [art('32')] },
  )
}

function capital(text: string): string {
  return text === MISSING.de || text === MISSING.en ? text : text.charAt(0).toUpperCase() + text.slice(1)
}
