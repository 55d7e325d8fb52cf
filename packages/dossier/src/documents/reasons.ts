// The reasons for choosing this system: each one is offered only while it is measured or stated to be true.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, join } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { hasProcessors, keptAddresses, says } from './shared.ts'

interface Reason {
  id: string
  name: Bilingual
  /** True: claim it. False: it does not hold. Undefined: it cannot be said at present. */
  holds: (f: Reader) => boolean | undefined
  text: (f: Reader) => Bilingual
}

function allOf(...values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false
  return values.includes(undefined) ? undefined : true
}

function proof<T>(value: T | undefined, passed: (value: T) => boolean): boolean | undefined {
  return value === undefined ? undefined : passed(value)
}

const zero = (count: number): boolean => count === 0

export const REASONS: readonly Reason[] = [
  {
    id: 'ownServer',
    name: both('eigener Server', "server of one's own"),
    holds: (f) => proof(f.get('hosting.model'), (model) => model === 'ownPremises'),
    text: (f) => {
      const who = says(f)
      return both(
        `${who.de} steht der Server in eigenen Räumen und wird von eigenen Leuten betreut.`,
        `${who.en} the server stands on the organisation's own premises and is run by its own people.`,
      )
    },
  },
  {
    id: 'noProcessor',
    name: both('kein Auftragsverarbeiter', 'no processor'),
    holds: (f) => {
      const own = proof(f.get('hosting.model'), (model) => model === 'ownPremises')
      return own === true
        ? allOf(
            f.get('hosting.providers') === undefined ? undefined : !hasProcessors(f),
            proof(f.get('hosting.support'), (support) => !support),
          )
        : own
    },
    text: (f) => {
      const who = says(f)
      return both(
        `${who.de} verarbeitet keine andere Stelle Daten der Besprechungen im Auftrag.`,
        `${who.en} no other body processes data of the meetings on behalf.`,
      )
    },
  },
  {
    id: 'noThirdParties',
    name: both('keine Daten an Dritte', 'no data to third parties'),
    holds: (f) =>
      allOf(
        proof(f.get('probe.clientHosts'), zero),
        proof(f.get('probe.outbound'), zero),
        proof(f.get('ice.foreignHosts'), (hosts) => hosts.length === 0),
      ),
    text: (f) => {
      const [client, server] = [f.when('probe.clientHosts'), f.when('probe.outbound')]
      return both(
        `Der Browser spricht in einer Besprechung nur den eigenen Server an (geprüft am ${client.de}), und dieser baut nur die angegebenen Verbindungen auf (geprüft am ${server.de}).`,
        `During a meeting the browser contacts this server only (checked on ${client.en}), and the server sets up the declared connections only (checked on ${server.en}).`,
      )
    },
  },
  {
    id: 'noAddresses',
    name: both('keine gespeicherten Netzadressen', 'no stored network addresses'),
    holds: (f) =>
      allOf(
        proof(keptAddresses(f), (kept) => kept === 'none'),
        proof(f.get('probe.canary'), zero),
      ),
    text: (f) => {
      const day = f.when('probe.canary')
      return both(
        `Netzadressen der Teilnehmenden werden nicht gespeichert; die Suche nach einer Probeadresse blieb ohne Treffer (geprüft am ${day.de}).`,
        `Network addresses of participants are not stored; the search for a test address had no hits (checked on ${day.en}).`,
      )
    },
  },
  {
    id: 'e2ee',
    name: both('Ende-zu-Ende-Verschlüsselung', 'end-to-end encryption'),
    holds: (f) => {
      const state = f.get('feature.e2ee')
      return state === 'default' || state === 'forced' ? f.get('probe.e2ee') : false
    },
    text: (f) => {
      const day = f.when('probe.e2ee')
      if (f.is('feature.e2ee', 'default')) {
        return both(
          `Ton und Bild sind in der Voreinstellung von Ende zu Ende verschlüsselt; ein stiller Rückfall auf geringeren Schutz ist ausgeschlossen (geprüft am ${day.de}).`,
          `Audio and video are end-to-end encrypted by default; a silent downgrade to lower protection is ruled out (checked on ${day.en}).`,
        )
      }
      return both(
        `Ton und Bild sind von Ende zu Ende verschlüsselt; ein stiller Rückfall auf geringeren Schutz ist ausgeschlossen (geprüft am ${day.de}).`,
        `Audio and video are end-to-end encrypted; a silent downgrade to lower protection is ruled out (checked on ${day.en}).`,
      )
    },
  },
  {
    id: 'browser',
    name: both(
      'Teilnahme mit dem Browser, ohne Installation',
      'participation by browser, without installation',
    ),
    holds: (f) => proof(f.get('probe.browsers'), (browsers) => browsers.length >= 2),
    text: (f) => {
      const which = f.print('probe.browsers')
      const day = f.when('probe.browsers')
      return both(
        `Für die Teilnahme genügt ein Browser; eine ganze Besprechung gelang mit: ${which.de} (geprüft am ${day.de}).`,
        `A browser is enough to take part; a whole meeting succeeded with: ${which.en} (checked on ${day.en}).`,
      )
    },
  },
  {
    id: 'noAccount',
    name: both('Teilnahme ohne Konto', 'participation without an account'),
    holds: (f) => f.get('join.nameOptional'),
    text: () =>
      both(
        'Gäste brauchen weder Konto noch E-Mail-Adresse und können ein Pseudonym benutzen.',
        'Guests need neither account nor e-mail address and may use a pseudonym.',
      ),
  },
  {
    id: 'noRecording',
    name: both('keine Aufzeichnung', 'no recording'),
    holds: (f) => allOf(!f.is('feature.recording', 'on'), proof(f.get('probe.recordingTraces'), zero)),
    text: (f) => {
      const day = f.when('probe.recordingTraces')
      return both(
        `Der Server zeichnet nicht auf; nach einer Besprechung fanden sich weder Ton noch Bild auf dem Datenträger (geprüft am ${day.de}).`,
        `The server does not record; after a meeting neither audio nor video was found on disk (checked on ${day.en}).`,
      )
    },
  },
  {
    id: 'openSource',
    name: both('offener Quelltext', 'open source'),
    holds: (f) => f.get('server.version') !== undefined || undefined,
    text: (f) => {
      const version = f.print('server.version')
      return both(
        `Der Quelltext ist offen (Runde, Version ${version.de}, Apache-Lizenz 2.0) und kann von jeder Person geprüft werden; auch die geschäftliche Nutzung ist erlaubt.`,
        `The source code is open (Runde, version ${version.en}, Apache License 2.0) and can be examined by anybody; commercial use is permitted.`,
      )
    },
  },
]

function reasonClause(reason: Reason): Clause {
  return clause(`reason.${reason.id}`, (f) => (reason.holds(f) === true ? reason.text(f) : undefined))
}

function quoted(names: readonly Bilingual[]): Bilingual {
  return enumerate(names.map(({ de, en }) => both(`„${de}“`, `"${en}"`)))
}

/** What does not hold, and what cannot be shown at present. */
function notClaimed(f: Reader): Bilingual | undefined {
  const judged = REASONS.map((reason) => ({ name: reason.name, holds: reason.holds(f) }))
  const wrong = judged.filter(({ holds }) => holds === false).map(({ name }) => name)
  const open = judged.filter(({ holds }) => holds === undefined).map(({ name }) => name)
  const parts = [
    wrong.length === 0
      ? undefined
      : both(
          `Nicht angeführt wird, weil es auf diesen Server nicht zutrifft: ${quoted(wrong).de}.`,
          `Not claimed, because it does not hold for this server: ${quoted(wrong).en}.`,
        ),
    open.length === 0
      ? undefined
      : both(
          `Derzeit nicht belegt: ${quoted(open).de}.`,
          `Currently not backed by a test: ${quoted(open).en}.`,
        ),
  ].filter((part) => part !== undefined)
  return parts.length === 0 ? undefined : join(parts, ' ')
}

export const REASONS_DOCUMENT: DocumentSpec = {
  kind: 'reasons',
  basis: art('25'),
  title: both('Gründe für die Wahl des Systems', 'Reasons for the choice of the system'),
  subtitle: (f) => {
    const design = f.law(art('25'))
    return both(
      `Datenschutz durch Technikgestaltung nach ${design.de}`,
      `Data protection by design under ${design.en}`,
    )
  },
  body(page) {
    page.section('reasons', both('Gründe', 'Reasons'), (inner) => {
      inner.list('reasons', REASONS.map(reasonClause), true)
    })
    page.section('not', both('Was nicht als Grund angeführt wird', 'What is not claimed'), (inner) => {
      inner.text('not', [clause('reasons.not', notClaimed)])
    })
    page.section('decision', both('Entscheidung', 'Decision'), (inner) => {
      inner.text('decision', [
        clause('reasons.decision', (f) => {
          const who = f.print('org.approver')
          const why =
            f.get('use.whyVideo') === undefined
              ? MISSING
              : both('siehe Interessenabwägung', 'see the balancing of interests')
          return both(
            `Über den Einsatz entscheidet: ${who.de}. Grund für Besprechungen per Video: ${why.de}.`,
            `The use is decided on by: ${who.en}. Reason for meeting by video: ${why.en}.`,
          )
        }),
      ])
    })
  },
}
