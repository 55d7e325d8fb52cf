// Measures on transmission, input and instructions.
import { MISSING, both, enumerate } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import { byProof, bySetting, byWord, open } from './measures-forms.ts'
import { SURROUNDING_MEASURES } from './measures-surroundings.ts'
import type { Measure } from './measures-table.ts'
import { aroundAddresses, keptAddresses, processors } from './shared.ts'

const ADDRESSES = both('Verzicht auf Netzadressen in Protokollen', 'Avoidance of network addresses in logs')

const ADDRESS_STANDINGS = {
  none: 'inPlace',
  truncated: 'partly',
  around: 'notInPlace',
  full: 'notInPlace',
} as const

export const FLOW_MEASURES: readonly Measure[] = [
  {
    id: 'foreignIce',
    control: 'weitergabe',
    goals: ['confidentiality', 'unlinkability'],
    fills: ['32(1)(b)'],
    name: both('Verzicht auf fremde STUN- und TURN-Server', 'Avoidance of foreign STUN and TURN servers'),
    standing: (f) => {
      const hosts = f.get('ice.foreignHosts')
      return hosts === undefined ? 'open' : hosts.length === 0 ? 'inPlace' : 'notInPlace'
    },
    write: (f) => {
      const hosts = f.get('ice.foreignHosts')
      if (hosts === undefined)
        return open(both('Fremde STUN- oder TURN-Server', 'Foreign STUN or TURN servers'))
      if (hosts.length > 0) {
        const reason = f.print('ice.foreignReason')
        return both(
          `Fremde STUN- oder TURN-Server erfahren Netzadressen der Teilnehmenden: ${hosts.join(', ')}. Grund: ${reason.de}.`,
          `Foreign STUN or TURN servers learn network addresses of participants: ${hosts.join(', ')}. Reason: ${reason.en}.`,
        )
      }
      return f.is('feature.turn', 'own')
        ? both(
            'Fremde STUN- oder TURN-Server werden nicht benutzt; die Vermittlung leistet ein eigener Dienst.',
            'No foreign STUN or TURN servers are used; relaying is done by an own service.',
          )
        : both(
            'Fremde STUN- oder TURN-Server werden nicht benutzt.',
            'No foreign STUN or TURN servers are used.',
          )
    },
  },
  bySetting(
    {
      id: 'relayed',
      control: 'weitergabe',
      goals: ['confidentiality', 'unlinkability'],
      fills: ['32(1)(b)'],
      name: both(
        'Netzadressen vor anderen Teilnehmenden verborgen',
        'Network addresses hidden from other participants',
      ),
    },
    'media.relayedOnly',
    {
      yes: both(
        'Alle Verbindungen laufen über den Server; Teilnehmende erfahren die Netzadressen der anderen nicht.',
        "All connections run through the server; participants do not learn each other's network addresses.",
      ),
      no: both(
        'Teilnehmende können sich unmittelbar verbinden und erfahren dabei die Netzadressen der anderen.',
        "Participants may connect directly and then learn each other's network addresses.",
      ),
    },
  ),
  byProof(
    {
      id: 'clientHosts',
      control: 'weitergabe',
      goals: ['confidentiality', 'unlinkability'],
      fills: ['32(1)(b)'],
      name: both('Verzicht auf Abrufe bei Dritten', 'Avoidance of requests to third parties'),
    },
    'probe.clientHosts',
    {
      passed: (count) => count === 0,
      good: () =>
        both(
          'Während einer ganzen Besprechung spricht der Browser nur den eigenen Server an',
          'During a whole meeting the browser contacts this server only',
        ),
      bad: (count) =>
        both(
          `Während einer Besprechung spricht der Browser ${count} fremde Server an`,
          `During a meeting the browser contacts ${count} foreign hosts`,
        ),
    },
  ),
  byProof(
    {
      id: 'outbound',
      control: 'weitergabe',
      goals: ['confidentiality', 'transparency'],
      fills: ['32(1)(b)'],
      name: both('Nur angegebene Verbindungen nach außen', 'Declared outbound connections only'),
    },
    'probe.outbound',
    {
      passed: (count) => count === 0,
      good: () =>
        both(
          'Der Server baut während einer Besprechung keine anderen als die angegebenen Verbindungen nach außen auf',
          'During a meeting the server sets up no outbound connections other than those declared',
        ),
      bad: (count) =>
        both(
          `Der Server hat ${count} nicht angegebene Verbindungen nach außen aufgebaut`,
          `The server set up ${count} undeclared outbound connections`,
        ),
    },
  ),
  byProof(
    {
      id: 'headers',
      control: 'weitergabe',
      goals: ['confidentiality', 'integrity'],
      fills: ['32(1)(b)'],
      name: both('Sicherheitsvorgaben für den Browser', 'Security instructions for the browser'),
    },
    'probe.headers',
    {
      passed: (value) => value,
      good: () =>
        both(
          'Der Server weist den Browser an, Inhalte nur von ihm selbst zu laden',
          'The server instructs the browser to load content from itself only',
        ),
      bad: () =>
        both(
          'Die Sicherheitsvorgaben für den Browser sind unvollständig',
          'The security instructions for the browser are incomplete',
        ),
    },
  ),
  {
    id: 'adminLog',
    control: 'eingabe',
    goals: ['integrity', 'transparency'],
    fills: ['32(1)(b)'],
    name: both('Protokoll der Verwaltung', 'Administration log'),
    standing: (f) => (f.is('feature.adminLog', 'on') ? 'inPlace' : 'notInPlace'),
    write: (f) =>
      f.is('feature.adminLog', 'on')
        ? both(
            `Änderungen an Einstellungen werden mit Zeitpunkt und Konto protokolliert (Frist: ${f.print('keep.adminLog').de}).`,
            `Changes of settings are logged with time and account (period: ${f.print('keep.adminLog').en}).`,
          )
        : both(
            'Änderungen an Einstellungen werden nicht protokolliert.',
            'Changes of settings are not logged.',
          ),
  },
  {
    id: 'logAddresses',
    control: 'eingabe',
    goals: ['dataMinimisation', 'unlinkability'],
    fills: ['32(1)(b)'],
    name: ADDRESSES,
    standing: (f) => {
      const kept = keptAddresses(f)
      return kept === undefined ? 'open' : ADDRESS_STANDINGS[kept]
    },
    write: (f) => {
      switch (keptAddresses(f)) {
        case 'none':
          return both(
            'Netzadressen der Teilnehmenden werden nicht protokolliert.',
            'Network addresses of participants are not logged.',
          )
        case 'truncated':
          return both(
            `Eine Fehlersuche läuft: Netzadressen der Teilnehmenden werden gekürzt protokolliert (Frist: ${f.print('keep.debugLog').de}).`,
            `A diagnosis is running: network addresses of participants are logged truncated (period: ${f.print('keep.debugLog').en}).`,
          )
        case 'around': {
          const where = aroundAddresses(f)
          return both(
            `Dieser Server protokolliert keine Netzadressen der Teilnehmenden, wohl aber ein Programm um ihn herum: ${where.de}.`,
            `This server logs no network addresses of participants, but a program around it does: ${where.en}.`,
          )
        }
        case 'full':
          return both(
            'Netzadressen der Teilnehmenden stehen im Betriebsprotokoll.',
            'Network addresses of participants are in the operating log.',
          )
        case undefined:
          return open(ADDRESSES)
      }
    },
  },
  byProof(
    {
      id: 'canary',
      control: 'eingabe',
      goals: ['dataMinimisation', 'confidentiality'],
      fills: ['32(1)(d)'],
      name: both('Nachweis der Spurenfreiheit', 'Proof of absence of traces'),
    },
    'probe.canary',
    {
      passed: (hits) => hits === 0,
      good: () =>
        both(
          'Nach einer Probebesprechung fanden sich Netzadresse, Name und Nachrichten in keiner Datei, keiner Tabelle und keinem Protokoll',
          'After a test meeting, network address, name and messages were found in no file, table or log',
        ),
      bad: (hits) =>
        both(
          `Nach einer Probebesprechung fanden sich ${hits} Spuren von Netzadresse, Name oder Nachrichten`,
          `After a test meeting, ${hits} traces of network address, name or messages were found`,
        ),
    },
  ),
  ...SURROUNDING_MEASURES,
  byWord(
    {
      id: 'confidential',
      control: 'auftrag',
      goals: ['confidentiality', 'transparency'],
      fills: ['32(4)'],
      name: both('Verpflichtung und Weisung', 'Commitment and instructions'),
    },
    'staff.confidential',
    {
      yes: both(
        'sind die Personen, die den Server betreuen, auf Vertraulichkeit verpflichtet und handeln nur auf Weisung',
        'those who run the server are committed to confidentiality and act on instructions only',
      ),
      no: both(
        'sind die Personen, die den Server betreuen, nicht auf Vertraulichkeit verpflichtet',
        'those who run the server are not committed to confidentiality',
      ),
    },
  ),
  byWord(
    {
      id: 'trained',
      control: 'auftrag',
      goals: ['transparency'],
      fills: ['32(4)'],
      name: both('Schulung', 'Training'),
    },
    'staff.trained',
    {
      yes: both(
        'sind die Personen, die den Server betreuen oder Besprechungen leiten, im Datenschutz unterwiesen',
        'those who run the server or host meetings are instructed in data protection',
      ),
      no: both(
        'sind die Personen, die den Server betreuen oder Besprechungen leiten, nicht im Datenschutz unterwiesen',
        'those who run the server or host meetings are not instructed in data protection',
      ),
    },
  ),
  {
    id: 'processors',
    control: 'auftrag',
    goals: ['transparency', 'confidentiality'],
    fills: ['32(4)'],
    name: both('Verträge mit Auftragsverarbeitern', 'Contracts with processors'),
    standing: (f) => {
      if (f.get('hosting.providers') === undefined) return 'open'
      return processors(f).every(({ contract }) => contract === 'signed') ? 'inPlace' : 'notInPlace'
    },
    write: contracts,
  },
]

function contracts(f: Reader): { de: string; en: string } {
  if (f.get('hosting.providers') === undefined)
    return both(`Auftragsverarbeiter: ${MISSING.de}.`, `Processors: ${MISSING.en}.`)
  const found = processors(f)
  if (found.length === 0)
    return both('Auftragsverarbeiter sind nicht eingesetzt.', 'No processors are engaged.')
  const signed = found.filter(({ contract }) => contract === 'signed').map(({ name }) => both(name, name))
  const lacking = found.filter(({ contract }) => contract !== 'signed').map(({ name }) => both(name, name))
  const withContract = signed.length === 0 ? undefined : enumerate(signed)
  const without = lacking.length === 0 ? undefined : enumerate(lacking)
  return both(
    [
      withContract === undefined
        ? ''
        : `Ein Vertrag zur Auftragsverarbeitung besteht mit: ${withContract.de}.`,
      without === undefined ? '' : `Noch kein Vertrag besteht mit: ${without.de}.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
    [
      withContract === undefined ? '' : `A processing agreement exists with: ${withContract.en}.`,
      without === undefined ? '' : `No agreement exists yet with: ${without.en}.`,
    ]
      .filter((text) => text !== '')
      .join(' '),
  )
}
