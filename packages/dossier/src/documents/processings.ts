// The processings that can be on: one entry of the record each, with what it does, whom it concerns and what it keeps.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, join, localized } from '../engine/bilingual.ts'
import { art, norm } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { basisOf, groups, operationBasis } from './shared.ts'

export interface Processing {
  id: string
  name: Bilingual
  isOn: (f: Reader) => boolean
  purpose: (f: Reader) => Bilingual
  basis: (f: Reader) => Bilingual
  subjects: (f: Reader) => Bilingual
  /** Ids of storage classes; they give categories of data and periods. */
  classes: readonly string[]
}

const organisers = (): Bilingual =>
  both('Personen, die Besprechungen veranstalten', 'persons who organise meetings')

const consent = (f: Reader): Bilingual => {
  const law = f.law(art('6(1)(a)'))
  const form = f.is('org.sector', 'protestantChurch', 'catholicChurch', 'household')
    ? both('', '')
    : f.get('use.groups')?.includes('employees') === true
      ? both(
          '; bei Beschäftigten in der Form des § 26 Abs. 2 BDSG',
          '; for employees in the form of section 26(2) BDSG',
        )
      : both('', '')
  return both(`Einwilligung (${law.de})${form.de}`, `consent (${law.en})${form.en}`)
}

const operation = (f: Reader): Bilingual => {
  const law = operationBasis(f)
  return both(`sicherer Betrieb des Servers (${law.de})`, `secure operation of the server (${law.en})`)
}

/** A provider of public telecommunications may handle traffic data for faults under its own law only. */
const faultFinding = (f: Reader): Bilingual => {
  if (!f.is('use.telecom', 'own', 'customers')) {
    const law = f.law(norm('§ 12 TDDDG', 'section 12 TDDDG'))
    return both(
      `Erkennung und Beseitigung von Störungen (${law.de}, soweit Telekommunikationsrecht gilt)`,
      `detection and removal of faults (${law.en}, where telecommunications law applies)`,
    )
  }
  return operation(f)
}

export const PROCESSINGS: readonly Processing[] = [
  {
    id: 'meetings',
    name: both('Videobesprechungen', 'Video meetings'),
    isOn: () => true,
    purpose: (f) => {
      const purposes = f.get('use.purposes') ?? []
      return purposes.length === 0 ? MISSING : enumerate(purposes.map(({ name }) => localized(name)))
    },
    basis: (f) => {
      const found = (f.get('use.purposes') ?? []).map((purpose) => basisOf(f, purpose))
      const different = found.filter(({ de }, index) => found.findIndex((other) => other.de === de) === index)
      return different.length === 0 ? MISSING : join(different, '; ')
    },
    subjects: groups,
    classes: ['media', 'presence', 'addresses', 'chat', 'rooms'],
  },
  {
    id: 'accounts',
    name: both('Konten und Anmeldung der Veranstaltenden', "Organisers' accounts and sign-in"),
    isOn: () => true,
    purpose: () =>
      both(
        'Räume anlegen, verwalten und vor Unbefugten schützen',
        'create and manage rooms and protect them from unauthorised persons',
      ),
    basis: operation,
    subjects: organisers,
    classes: ['accounts', 'sessions', 'links'],
  },
  {
    id: 'logs',
    name: both('Protokolle des Servers', 'Server logs'),
    isOn: () => true,
    purpose: () =>
      both('Störungen und Angriffe erkennen und beheben', 'detect and resolve faults and attacks'),
    basis: operation,
    subjects: (f) =>
      f.is('log.addresses', true)
        ? groups(f)
        : both(
            'Personen, die Besprechungen veranstalten; Teilnehmende nicht erkennbar',
            'persons who organise meetings; participants not identifiable',
          ),
    classes: ['serverLog', 'adminLog'],
  },
  {
    id: 'diagnosis',
    name: both('Befristete Diagnose', 'Time-limited diagnosis'),
    isOn: (f) => f.is('feature.debugLog', 'on'),
    purpose: () => both('eine bestimmte, benannte Störung eingrenzen', 'narrow down a specific, named fault'),
    basis: faultFinding,
    subjects: groups,
    classes: ['debugLog'],
  },
  {
    id: 'recording',
    name: both('Aufzeichnung von Besprechungen', 'Recording of meetings'),
    isOn: (f) => f.is('feature.recording', 'on'),
    purpose: () =>
      both(
        'Inhalte für Personen bewahren, die nicht teilnehmen konnten oder nachlesen möchten',
        'keep contents for persons who could not take part or want to review them',
      ),
    basis: consent,
    subjects: groups,
    classes: ['recordings'],
  },
  {
    id: 'transcription',
    name: both('Umwandlung von Gesprochenem in Text', 'Transcription'),
    isOn: (f) => f.is('feature.transcription', 'on'),
    purpose: () => both('Gesprochenes in Text bereitstellen', 'provide speech as text'),
    basis: consent,
    subjects: groups,
    classes: ['media'],
  },
  {
    id: 'dial-in',
    name: both('Telefoneinwahl', 'Telephone dial-in'),
    isOn: (f) => f.is('feature.dialIn', 'on'),
    purpose: () => both('Teilnahme ohne Browser ermöglichen', 'enable participation without a browser'),
    basis: (f) => operation(f),
    subjects: groups,
    classes: ['media', 'presence'],
  },
  {
    id: 'attendance',
    name: both('Anwesenheitslisten', 'Attendance lists'),
    isOn: (f) => f.is('feature.attendance', 'on'),
    purpose: () =>
      both('Teilnahme nachweisen, wo das vorgeschrieben ist', 'prove participation where this is required'),
    basis: (f) => {
      const found = (f.get('use.purposes') ?? []).map((purpose) => basisOf(f, purpose))
      return found[0] ?? MISSING
    },
    subjects: groups,
    classes: ['attendance'],
  },
  {
    id: 'streaming',
    name: both('Übertragung an ein Publikum', 'Streaming to an audience'),
    isOn: (f) => f.is('feature.streaming', 'on'),
    purpose: () =>
      both(
        'Besprechungen einem größeren Kreis zugänglich machen',
        'make meetings accessible to a larger circle',
      ),
    basis: consent,
    subjects: groups,
    classes: ['media'],
  },
  {
    id: 'backups',
    name: both('Sicherungskopien', 'Backups'),
    isOn: (f) => f.is('backup.made', true),
    purpose: () =>
      both('den Server nach einem Ausfall wiederherstellen', 'restore the server after a failure'),
    basis: operation,
    subjects: organisers,
    classes: ['backups'],
  },
  {
    id: 'documents',
    name: both('Unterlagen und Nachweise zum Datenschutz', 'Data protection documents and evidence'),
    isOn: () => true,
    purpose: () =>
      both(
        'Rechenschaft ablegen: Unterlagen prüfen und freigeben, Anfragen und Verletzungen nachweisen',
        'demonstrate compliance: review and approve documents, keep evidence of requests and breaches',
      ),
    basis: (f) => {
      const law = f.law(art('6(1)(c)'))
      return both(
        `Erfüllung einer rechtlichen Verpflichtung (${law.de}), nämlich der Rechenschaftspflicht`,
        `compliance with a legal obligation (${law.en}), namely accountability`,
      )
    },
    subjects: () =>
      both(
        'Personen, die Unterlagen kommentieren oder freigeben; Personen, die Anfragen stellen',
        'persons who comment on or approve documents; persons who make requests',
      ),
    classes: ['documents'],
  },
]
