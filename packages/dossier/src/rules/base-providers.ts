// Findings of the base pack about hosting, providers, contracts, checks and transfers.
import type { Bilingual } from '@runde/contract'
import { both, enumerate, same } from '../engine/bilingual.ts'
import { iso } from '../engine/dates.ts'
import { art } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { processors } from '../documents/shared.ts'
import { isEea } from '../documents/countries.ts'
import type { Provider, ProviderRole } from '../facts/values.ts'
import type { ProcessorCheck } from '../processors/check-form.ts'
import { checkProcessor } from '../processors/check.ts'
import type { DocumentKind } from '../model/document.ts'
import { GDPR_START } from './base-organisation.ts'
import type { Rule } from './rule.ts'

const always = (text: Bilingual) => (): Bilingual => text
const DOCUMENTS: readonly DocumentKind[] = ['processor-decision', 'processor-check', 'measures']

function names(found: readonly { name: string }[]): Bilingual {
  return enumerate(found.map(({ name }) => same(name)))
}

function withoutContract(f: Reader): Provider[] {
  return processors(f).filter(({ contract }) => contract !== 'signed')
}

function latestCheck(f: Reader, id: string): ProcessorCheck | undefined {
  return (f.get('hosting.checks') ?? [])
    .filter(({ provider }) => provider === id)
    .sort((a, b) => (a.date < b.date ? 1 : -1))[0]
}

function unchecked(f: Reader): Provider[] {
  return processors(f).filter(({ id }) => latestCheck(f, id) === undefined)
}

function failed(f: Reader): Provider[] {
  return processors(f).filter(({ id }) => {
    const check = latestCheck(f, id)
    return check !== undefined && !checkProcessor(check).use
  })
}

function overdue(f: Reader): Provider[] {
  const today = iso(f.now).slice(0, 10)
  return processors(f).filter(({ id }) => {
    const check = latestCheck(f, id)
    return check !== undefined && check.nextDate < today
  })
}

function misdated(f: Reader): Provider[] {
  const today = iso(f.now).slice(0, 10)
  return processors(f).filter(({ id }) => {
    const check = latestCheck(f, id)
    return check !== undefined && (check.date > today || check.nextDate <= check.date)
  })
}

function unsafe(f: Reader): Provider[] {
  return (f.get('hosting.providers') ?? []).filter(
    (provider) =>
      [provider, ...provider.subProcessors].some(({ country }) => !isEea(country)) &&
      (provider.safeguard === 'none' || provider.safeguard === 'notNeeded'),
  )
}

const EXPECTED_ROLES: Readonly<Record<string, readonly ProviderRole[]>> = {
  ownPremises: [],
  housing: ['housing'],
  rented: ['hosting'],
  maintained: ['maintenance'],
  readyMade: ['readyMade'],
}

const RUNNING: readonly ProviderRole[] = ['housing', 'hosting', 'maintenance', 'readyMade']

export const PROVIDER_RULES: readonly Rule[] = [
  {
    id: 'contract-missing',
    basis: [art('28(3)'), art('28(9)')],
    validFrom: GDPR_START,
    when: (f) => withoutContract(f).length > 0,
    finding: {
      kind: 'red',
      documents: DOCUMENTS,
      message: (f) => {
        const who = names(withoutContract(f))
        return both(
          `Ein Vertrag zur Auftragsverarbeitung fehlt: ${who.de}.`,
          `A processing agreement is missing: ${who.en}.`,
        )
      },
      remedy: always(
        both(
          'Vertrag schließen, bevor Daten verarbeitet werden.',
          'Conclude the contract before data are processed.',
        ),
      ),
    },
  },
  {
    id: 'check-missing',
    basis: [art('28(1)')],
    validFrom: GDPR_START,
    when: (f) => unchecked(f).length > 0,
    finding: {
      kind: 'missing',
      documents: ['processor-check'],
      message: (f) => {
        const who = names(unchecked(f))
        return both(
          `Vertrag und Maßnahmen sind nicht geprüft: ${who.de}.`,
          `Contract and measures have not been checked: ${who.en}.`,
        )
      },
      remedy: always(
        both(
          'Prüfbogen ausfüllen: Klauseln a bis h und der Vergleich der Maßnahmen.',
          'Fill in the check: clauses (a) to (h) and the comparison of measures.',
        ),
      ),
    },
  },
  {
    id: 'check-failed',
    basis: [art('28(1)'), art('28(3)')],
    validFrom: GDPR_START,
    when: (f) => failed(f).length > 0,
    finding: {
      kind: 'red',
      documents: ['processor-check', 'processor-decision'],
      message: (f) => {
        const found = failed(f).map(({ id, name }) => {
          const check = latestCheck(f, id)
          const why = enumerate(check === undefined ? [] : checkProcessor(check).reasons)
          return both(`${name} (${why.de})`, `${name} (${why.en})`)
        })
        const who = enumerate(found)
        return both(`So nicht einsetzen: ${who.de}.`, `Do not use as it stands: ${who.en}.`)
      },
      remedy: always(
        both(
          'Nachbesserung oder Nachweis verlangen, oder einen Ausgleich begründen.',
          'Demand improvement or evidence, or justify a compensation.',
        ),
      ),
    },
  },
  {
    id: 'check-overdue',
    basis: [art('28(1)'), art('5(2)')],
    validFrom: GDPR_START,
    when: (f) => overdue(f).length > 0,
    finding: {
      kind: 'risk',
      documents: ['processor-check'],
      message: (f) => {
        const who = names(overdue(f))
        return both(`Die nächste Prüfung ist überfällig: ${who.de}.`, `The next check is overdue: ${who.en}.`)
      },
      remedy: always(both('Prüfung wiederholen.', 'Repeat the check.')),
    },
  },
  {
    id: 'check-dates',
    basis: [art('28(1)'), art('5(2)')],
    validFrom: GDPR_START,
    when: (f) => misdated(f).length > 0,
    finding: {
      kind: 'contradiction',
      documents: ['processor-check'],
      message: (f) => {
        const who = names(misdated(f))
        return both(
          `Die Daten der Prüfung passen nicht zusammen (in der Zukunft, oder die nächste nicht nach der letzten): ${who.de}.`,
          `The dates of the check do not fit together (in the future, or the next not after the latest): ${who.en}.`,
        )
      },
      remedy: always(both('Daten der Prüfung berichtigen.', 'Correct the dates of the check.')),
    },
  },
  {
    id: 'transfer-unsafe',
    basis: [art('44'), art('46')],
    validFrom: GDPR_START,
    when: (f) => unsafe(f).length > 0,
    finding: {
      kind: 'red',
      documents: ['notice', 'notice-short', 'record', 'provider-record', 'processor-decision'],
      message: (f) => {
        const who = names(unsafe(f))
        return both(
          `Sitz oder Zugriff außerhalb des Europäischen Wirtschaftsraums ohne Garantie: ${who.de}.`,
          `Seat or access outside the European Economic Area without safeguard: ${who.en}.`,
        )
      },
      remedy: always(
        both(
          'Garantie vereinbaren und eintragen, oder den Dienstleister wechseln.',
          'Agree on a safeguard and enter it, or change the provider.',
        ),
      ),
    },
  },
  {
    id: 'hosting-contradiction',
    basis: [art('5(2)')],
    validFrom: GDPR_START,
    when: (f) => {
      const model = f.get('hosting.model')
      const providers = f.get('hosting.providers')
      if (model === undefined || providers === undefined) return false
      const expected = EXPECTED_ROLES[model] ?? []
      return model === 'ownPremises'
        ? providers.some(({ role }) => RUNNING.includes(role))
        : !providers.some(({ role }) => expected.includes(role))
    },
    finding: {
      kind: 'contradiction',
      documents: ['processor-decision', 'notice', 'record'],
      message: always(
        both(
          'Angaben zum Betrieb des Servers und zu den Dienstleistern widersprechen sich.',
          'The statements on the operation of the server and on the providers contradict each other.',
        ),
      ),
      remedy: always(
        both(
          'Entweder den Betrieb oder die Liste der Dienstleister berichtigen.',
          'Correct either the operation or the list of providers.',
        ),
      ),
    },
  },
  {
    id: 'support-contradiction',
    basis: [art('28')],
    validFrom: GDPR_START,
    when: (f) => {
      const providers = f.get('hosting.providers')
      return f.is('hosting.support', true) && providers !== undefined && processors(f).length === 0
    },
    finding: {
      kind: 'contradiction',
      documents: ['processor-decision', 'notice', 'record'],
      message: always(
        both(
          'Unterstützung von außen mit Einblick ist angegeben, aber kein Dienstleister dafür.',
          'Outside support that can see data is stated, but no provider for it.',
        ),
      ),
      remedy: always(both('Den Dienstleister eintragen.', 'Enter the provider.')),
    },
  },
  {
    id: 'dial-in-contradiction',
    basis: [art('13(1)(e)')],
    validFrom: GDPR_START,
    when: (f) =>
      f.is('feature.dialIn', 'on') &&
      !(f.get('hosting.providers') ?? []).some(({ role }) => role === 'telephone'),
    finding: {
      kind: 'contradiction',
      documents: ['notice', 'record'],
      message: always(
        both(
          'Telefoneinwahl ist eingeschaltet, aber kein Telefonanbieter angegeben.',
          'Telephone dial-in is switched on, but no carrier is stated.',
        ),
      ),
      remedy: always(
        both('Den Telefonanbieter als Empfänger eintragen.', 'Enter the carrier as a recipient.'),
      ),
    },
  },
  {
    id: 'outbound-third-country',
    basis: [art('44')],
    validFrom: GDPR_START,
    when: (f) => (f.get('outbound.hosts') ?? []).some(({ country }) => !isEea(country)),
    finding: {
      kind: 'risk',
      documents: ['notice', 'record'],
      message: always(
        both(
          'Der Server verbindet sich mit einem Ziel außerhalb des Europäischen Wirtschaftsraums.',
          'The server connects to a host outside the European Economic Area.',
        ),
      ),
      remedy: always(
        both(
          'Klären, ob dabei personenbezogene Daten fließen; sonst die Verbindung abschalten.',
          'Clarify whether personal data flow; otherwise switch the connection off.',
        ),
      ),
    },
  },
]
