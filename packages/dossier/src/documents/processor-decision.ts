// Whether contracts on processing (Art. 28 GDPR) are needed, with whom, for what, and why.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, localized, same } from '../engine/bilingual.ts'
import { day } from '../engine/dates.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { HOSTING, ROLES } from '../facts/options.ts'
import type { Provider } from '../facts/values.ts'
import { headRows } from './processor-head.ts'
import { classify, processors, inCountry } from './shared.ts'

const RESULT: Clause = clause(
  'decision.result',
  (f) => {
    if (f.get('hosting.model') === undefined || f.get('hosting.providers') === undefined) {
      return both(
        `Ob ein Vertrag zur Auftragsverarbeitung nötig ist, hängt vom Betrieb des Servers und von den Dienstleistern ab; beides zusammen ist ${MISSING.de}.`,
        `Whether a processing agreement is needed depends on the operation of the server and on the providers; both together are ${MISSING.en}.`,
      )
    }
    const found = processors(f)
    if (found.length === 0) {
      return both(
        'Ein Vertrag zur Auftragsverarbeitung ist nicht erforderlich, weil keine andere Stelle im Auftrag Daten verarbeitet.',
        'No processing agreement is needed, because no other body processes data on behalf of the controller.',
      )
    }
    const names = enumerate(found.map(({ name }) => same(name)))
    return both(
      `Ein Vertrag zur Auftragsverarbeitung ist erforderlich mit: ${names.de}.`,
      `A processing agreement is needed with: ${names.en}.`,
    )
  },
  { laws: [art('28(3)')] },
)

const MODEL: Clause = clause(
  'decision.model',
  (f) => {
    const model = f.get('hosting.model')
    if (model === undefined) return undefined
    const how = HOSTING[model]
    switch (model) {
      case 'ownPremises':
        return both(
          `Betrieb: ${how.de}. Wer den Server in eigenen Räumen mit eigenen Leuten betreibt, beauftragt niemanden; Auftragsverarbeitung entsteht nur, wo andere Stellen hinzukommen.`,
          `Operation: ${how.en}. Whoever runs the server on own premises with own staff engages nobody; processing on behalf arises only where other bodies come in.`,
        )
      case 'housing':
        return f.is('hosting.providerAccess', false)
          ? both(
              `Betrieb: ${how.de}. Gemietet sind nur Platz, Strom und Netz; das Rechenzentrum hat keinen Zugriff, sichert keine Daten und wartet das Gerät nicht. Das allein ist keine Verarbeitung im Auftrag.`,
              `Operation: ${how.en}. Only space, power and network are rented; the data centre has no access, makes no backups and does not maintain the machine. That alone is no processing on behalf.`,
            )
          : both(
              `Betrieb: ${how.de}. Das Rechenzentrum kann auf das Gerät zugreifen, sichert Daten oder wartet es; damit verarbeitet es im Auftrag.`,
              `Operation: ${how.en}. The data centre can access the machine, makes backups or maintains it; it thus processes on behalf.`,
            )
      case 'rented':
        return both(
          `Betrieb: ${how.de}. Der Anbieter kann auf Datenträger und Arbeitsspeicher des gemieteten Servers technisch zugreifen. Der Vertrag betrifft daher den Betrieb des Servers; den Besprechungsdienst betreibt die Organisation selbst.`,
          `Operation: ${how.en}. The provider is technically able to access disk and memory of the rented server. The contract therefore concerns the operation of the server; the meeting service is run by the organisation itself.`,
        )
      case 'maintained':
        return both(
          `Betrieb: ${how.de}. Wer den Server betreut, hat Verwaltungszugang und damit Zugriff auf personenbezogene Daten; der Vertrag ist erforderlich.`,
          `Operation: ${how.en}. Whoever maintains the server has administrative access and thus access to personal data; the contract is required.`,
        )
      case 'readyMade':
        return both(
          `Betrieb: ${how.de}. Der Anbieter verarbeitet alle Daten der Besprechungen; vorsorglich wird das insgesamt als Auftragsverarbeitung behandelt. Die LDI Nordrhein-Westfalen sieht gewerbliche Anbieter für die bloße Übertragung als selbst Verantwortliche an; für Räume, Konten und gegebenenfalls Aufzeichnungen bleibt es auch danach beim Vertrag.`,
          `Operation: ${how.en}. The provider processes all data of the meetings; as a precaution all of it is treated as processing on behalf. The LDI North Rhine-Westphalia regards commercial providers as controllers of their own for the mere transmission; for rooms, accounts and recordings, if any, the contract remains necessary on that view too.`,
        )
    }
  },
  { laws: [art('28'), art('4')] },
)

const SUPPORT: Clause = clause(
  'decision.support',
  (f) => {
    switch (f.get('hosting.support')) {
      case true:
        return both(
          'Bei der Unterstützung von außen können Daten eingesehen werden; sie ist deshalb Auftragsverarbeitung, und jede Sitzung ist festzuhalten.',
          'During outside support data may be seen; it is therefore processing on behalf, and each session has to be recorded.',
        )
      case false:
        return both(
          'Unterstützung von außen mit Einblick in Daten findet nicht statt.',
          'There is no outside support that can see data.',
        )
      case undefined:
        return both(
          'Ob Unterstützung von außen mit Einblick in Daten stattfindet, ist noch nicht angegeben.',
          'Whether there is outside support that can see data is not yet stated.',
        )
    }
  },
  { laws: [art('28')] },
)

const KEEPS_BACKUPS: Bilingual = both(
  'verarbeitet im Auftrag, weil Sicherungskopien Daten enthalten, auch wenn sie verschlüsselt sind',
  'processes on behalf, because backups contain data even when encrypted',
)

const REASONS: Readonly<Record<'processor' | 'own' | 'no', Bilingual>> = {
  processor: both(
    'verarbeitet im Auftrag, weil ein Zugriff auf Daten möglich ist',
    'processes on behalf, because access to data is possible',
  ),
  own: both(
    'selbst verantwortlich: erbringt einen Telekommunikationsdienst',
    'controller of its own: provides a telecommunications service',
  ),
  no: both('keine Verarbeitung: kein Zugriff auf Daten', 'no processing: no access to data'),
}

function contractText(provider: Provider): Bilingual {
  switch (provider.contract) {
    case 'signed':
      return provider.contractDate === undefined
        ? both(`geschlossen, Datum ${MISSING.de}`, `concluded, date ${MISSING.en}`)
        : both(
            `geschlossen am ${day(provider.contractDate).de}`,
            `concluded on ${day(provider.contractDate).en}`,
          )
    case 'requested':
      return both('angefordert', 'requested')
    case 'none':
      return both('nicht geschlossen', 'not concluded')
  }
}

function providerRow(provider: Provider): RowSpec {
  const key = provider.id
  return {
    id: key,
    cells: [
      clause('decision.provider', () => inCountry(provider), { key }),
      clause(
        'decision.service',
        () =>
          both(
            `${ROLES[provider.role].de}: ${localized(provider.service).de}`,
            `${ROLES[provider.role].en}: ${localized(provider.service).en}`,
          ),
        { key },
      ),
      clause(
        'decision.class',
        (f) => {
          const found = classify(f, provider)
          return found === 'processor' && provider.role === 'backup' ? KEEPS_BACKUPS : REASONS[found]
        },
        { key, laws: [art('28')] },
      ),
      clause(
        'decision.contract',
        (f) =>
          classify(f, provider) === 'processor'
            ? contractText(provider)
            : both('nicht erforderlich', 'not required'),
        { key, laws: [art('28(9)')] },
      ),
    ],
  }
}

function subRows(f: Reader): RowSpec[] {
  const having = (f.get('hosting.providers') ?? []).filter(({ subProcessors }) => subProcessors.length > 0)
  return having
    .filter((provider) => classify(f, provider) === 'processor')
    .flatMap((provider) =>
      provider.subProcessors.map((sub, index) => {
        const key = `${provider.id}-${index + 1}`
        return {
          id: key,
          cells: [
            clause('decision.sub.of', () => same(provider.name), { key }),
            clause('decision.sub.who', () => inCountry(sub), { key, laws: [art('28(2)'), art('28(4)')] }),
            clause('decision.sub.service', () => localized(sub.service), { key }),
          ],
        }
      }),
    )
}

const TELECOM: Clause = clause(
  'decision.telecom',
  (f) => {
    const dial = f.is('feature.dialIn', 'on')
      ? both(
          ' Wegen der Telefoneinwahl sind außerdem die Pflichten nummerngebundener Dienste zu prüfen.',
          ' Because of telephone dial-in, the duties of number-based services also have to be checked.',
        )
      : both('', '')
    switch (f.get('use.telecom')) {
      case 'own':
        return both(
          `Der Dienst steht nur den Angehörigen der Organisation und deren Gästen offen und wird nicht gegen Entgelt angeboten; ein Telekommunikationsdienst für andere ist er wahrscheinlich nicht. Auch die private Mitbenutzung durch Beschäftigte ändert daran nach neuerer Auffassung mehrerer Aufsichtsbehörden nichts; ältere Papiere der Datenschutzkonferenz sehen das anders.${dial.de}`,
          `The service is open to the organisation's own members and staff and their guests only and is not offered for pay; it is probably not a telecommunications service for others. According to the more recent view of several authorities, private use by employees does not change this; older papers of the German Data Protection Conference disagree.${dial.en}`,
        )
      case 'customers':
        return both(
          `Der Dienst wird anderen für deren eigene Besprechungen überlassen. Er kann ein interpersoneller Telekommunikationsdienst sein; das ist zu prüfen. Ist er es, gelten für die Übertragung das TDDDG und die Aufsicht der oder des Bundesbeauftragten für den Datenschutz und die Informationsfreiheit.${dial.de}`,
          `The service is provided to others for their own meetings. It may be an interpersonal telecommunications service; this has to be checked. If it is, the TDDDG and supervision by the Federal Commissioner for Data Protection and Freedom of Information apply to the transmission.${dial.en}`,
        )
      case 'public':
        return both(
          `Der Dienst steht jeder Person offen. Er kann ein öffentlich zugänglicher interpersoneller Telekommunikationsdienst sein; das ist zu prüfen, auch wegen der Meldepflichten nach dem TKG.${dial.de}`,
          `The service is open to everybody. It may be a publicly available interpersonal telecommunications service; this has to be checked, also because of the notification duties under the TKG.${dial.en}`,
        )
      case undefined:
        return both(
          `Wer den Dienst nutzen darf, ist ${MISSING.de}.`,
          `Who may use the service is ${MISSING.en}.`,
        )
    }
  },
  { laws: [norm('§ 3 Nr. 24 TKG', 'section 3 no. 24 TKG')] },
)

export const PROCESSOR_DECISION: DocumentSpec = {
  kind: 'processor-decision',
  basis: art('28'),
  title: both('Entscheidung zur Auftragsverarbeitung', 'Decision on processors'),
  subtitle: (f) => {
    const law = f.law(art('28'))
    return both(
      `Wer im Auftrag verarbeitet und welcher Vertrag nach ${law.de} nötig ist`,
      `Who processes on behalf, and which contract under ${law.en} is needed`,
    )
  },
  body(page) {
    page.section('result', both('Ergebnis und Begründung', 'Result and reasons'), (inner) => {
      inner.text('result', [RESULT])
      inner.text('why', [MODEL, SUPPORT])
      inner.slot('decision.result')
    })
    page.section('providers', both('Beteiligte Dienstleister', 'Providers involved'), (inner) => {
      inner.text('none', [
        clause(
          'decision.none',
          (f) =>
            f.get('hosting.providers')?.length === 0
              ? both('Dienstleister sind nicht beteiligt.', 'No providers are involved.')
              : undefined,
          { laws: [art('28')] },
        ),
      ])
      inner.table(
        'providers',
        both('Dienstleister, Einordnung und Vertrag', 'Providers, classification and contract'),
        [
          { id: 'provider', header: both('Dienstleister', 'Provider'), weight: 2 },
          { id: 'service', header: both('Leistung', 'Service'), weight: 2 },
          { id: 'class', header: both('Einordnung', 'Classification'), weight: 2 },
          { id: 'contract', header: both('Vertrag', 'Contract'), weight: 1.4 },
        ],
        (f) => (f.get('hosting.providers') ?? []).map(providerRow),
      )
      inner.table(
        'subs',
        both('Weitere Auftragsverarbeiter', 'Sub-processors'),
        [
          { id: 'of', header: both('Eingesetzt von', 'Engaged by') },
          { id: 'who', header: both('Weiterer Auftragsverarbeiter', 'Sub-processor'), weight: 2 },
          { id: 'service', header: both('Leistung', 'Service') },
        ],
        subRows,
      )
    })
    page.section(
      'contents',
      both('Was der Vertrag beschreiben muss', 'What the contract has to describe'),
      (inner) => {
        inner.each(processors, (each, provider) => {
          each.section(`head-${provider.id}`, same(provider.name), (section) =>
            section.rows(`head-${provider.id}`, headRows(provider)),
          )
        })
      },
    )
    page.section(
      'telecom',
      both('Einordnung nach Telekommunikationsrecht', 'Classification under telecommunications law'),
      (inner) => {
        inner.text('telecom', [TELECOM])
      },
    )
  },
}
