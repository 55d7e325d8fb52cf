// What several documents say in the same words: controller, legal bases, recipients, transfers, state of features.
import type { Bilingual } from '@runde/contract'
import { MISSING, both, enumerate, join, map, phrase } from '../engine/bilingual.ts'
import { period } from '../engine/dates.ts'
import { type LawRef, art, norm } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { GROUPS, ROLES, SAFEGUARDS, SENSITIVE } from '../facts/options.ts'
import type { Basis, Provider, Purpose, SensitiveBasis, SurroundingLog } from '../facts/values.ts'
import { countryName, isEea } from './countries.ts'

/** Name, address, contact of the controller. */
export function controller(f: Reader): Bilingual {
  return join([f.print('org.name'), f.print('org.address'), f.print('org.contact')], ', ')
}

/** Begins a sentence about something only a person can know. Protestant law calls the controller a body. */
export function says(f: Reader): Bilingual {
  return f.regime.id === 'dsg-ekd'
    ? both('Nach Angabe der verantwortlichen Stelle', 'According to the controller')
    : both('Nach Angabe des Verantwortlichen', 'According to the controller')
}

/** The data protection officer, or that there is none. */
export function officer(f: Reader): Bilingual {
  switch (f.get('org.dpoAppointed')) {
    case true:
      return f.print('org.dpoContact')
    case false:
      return both(
        'Eine Datenschutzbeauftragte oder ein Datenschutzbeauftragter ist nicht benannt.',
        'No data protection officer has been designated.',
      )
    case undefined:
      return MISSING
  }
}

const BASIS_ARTICLES: Readonly<Record<Basis, string>> = {
  contract: '6(1)(b)',
  consent: '6(1)(a)',
  interest: '6(1)(f)',
  task: '6(1)(e)',
  duty: '6(1)(c)',
  employment: '6(1)(b)',
}

const BASIS_WORDS: Readonly<Record<Basis, Bilingual>> = {
  contract: both(
    'Erfüllung eines Vertrags oder einer Mitgliedschaft',
    'performance of a contract or membership',
  ),
  consent: both('Einwilligung', 'consent'),
  interest: both('berechtigtes Interesse', 'legitimate interest'),
  task: both(
    'Wahrnehmung einer Aufgabe im öffentlichen Interesse',
    'performance of a task in the public interest',
  ),
  duty: both('Erfüllung einer rechtlichen Verpflichtung', 'compliance with a legal obligation'),
  employment: both(
    'Durchführung des Beschäftigungsverhältnisses',
    'performance of the employment relationship',
  ),
}

/** The legal basis of a purpose with its article: "berechtigtes Interesse (Art. 6 Abs. 1 Buchst. f DSGVO)". */
export function basisOf(f: Reader, purpose: Purpose): Bilingual {
  const law = f.law(lawOf(f, purpose.basis))
  const words =
    purpose.basis === 'task' && f.regime.id !== 'gdpr'
      ? both('Wahrnehmung einer kirchlichen Aufgabe', 'performance of a church task')
      : BASIS_WORDS[purpose.basis]
  const norms = purpose.norm === undefined ? undefined : phrase(purpose.norm)
  return both(
    `${words.de} (${law.de}${norms === undefined ? '' : ` in Verbindung mit ${norms.de}`})`,
    `${words.en} (${law.en}${norms === undefined ? '' : ` in conjunction with ${norms.en}`})`,
  )
}

function lawOf(f: Reader, basis: Basis): LawRef {
  if (basis !== 'employment' || f.regime.id === 'gdpr') return art(BASIS_ARTICLES[basis])
  return f.regime.id === 'dsg-ekd'
    ? norm('§ 49 DSG-EKD', 'section 49 DSG-EKD')
    : norm('§ 53 KDG', 'section 53 KDG')
}

const SENSITIVE_ARTICLES: Readonly<Record<SensitiveBasis, string>> = {
  consent: '9(2)(a)',
  employment: '9(2)(b)',
  body: '9(2)(d)',
  claims: '9(2)(f)',
  publicInterest: '9(2)(g)',
  health: '9(2)(h)',
}

/** The exception on which specially protected data rest, with its article. */
export function sensitiveBasis(f: Reader): Bilingual {
  const basis = f.get('use.sensitiveBasis')
  if (basis === undefined) return MISSING
  const law = f.law(art(SENSITIVE_ARTICLES[basis]))
  const words = SENSITIVE[basis]
  return both(`${words.de} (${law.de})`, `${words.en} (${law.en})`)
}

/** The basis on which the server is run safely: interest, or the task for bodies that cannot rely on interests. */
export function operationBasis(f: Reader): Bilingual {
  return f.law(art(mayUseInterest(f) ? '6(1)(f)' : '6(1)(e)'))
}

/** Public authorities in the performance of their tasks cannot rely on legitimate interests (Art. 6(1) subpara. 2). */
export function mayUseInterest(f: Reader): boolean {
  return !f.is('org.sector', 'publicSchool', 'publicBody')
}

/** The groups of participants as a list, or that they are not yet stated. */
export function groups(f: Reader): Bilingual {
  const found = f.get('use.groups')
  return found === undefined || found.length === 0 ? MISSING : enumerate(found.map((group) => GROUPS[group]))
}

/** Whether a provider processes on behalf of the controller. `own`: a controller of its own; `no`: sees no data. */
export function classify(f: Reader, provider: Provider): 'processor' | 'own' | 'no' {
  if (provider.role === 'telephone') return 'own'
  if (provider.role === 'housing') return f.is('hosting.providerAccess', false) ? 'no' : 'processor'
  return 'processor'
}

/** All providers that process on behalf of the controller. */
export function processors(f: Reader): Provider[] {
  return (f.get('hosting.providers') ?? []).filter((provider) => classify(f, provider) === 'processor')
}

/** Whether anybody processes on behalf; looks no further than the first who does. */
export function hasProcessors(f: Reader): boolean {
  const all = f.get('hosting.providers') ?? []
  const isProcessor = (provider: Provider): boolean => classify(f, provider) === 'processor'
  return (
    all.filter(({ role }) => role !== 'housing').some(isProcessor) ||
    all.filter(({ role }) => role === 'housing').some(isProcessor)
  )
}

/** Name, address, contact and country of a provider or of one further down the chain. */
export function inCountry(body: Pick<Provider, 'name' | 'address' | 'contact' | 'country'>): Bilingual {
  const country = countryName(body.country)
  return map(country, (text) => `${body.name}, ${body.address}, ${body.contact} (${text})`)
}

/** A provider with role and seat: "Musterhosting GmbH, Musterstadt (Vermietung des Servers)". */
export function named(provider: Provider): Bilingual {
  const role = ROLES[provider.role]
  return both(
    `${provider.name}, ${provider.address} (${role.de})`,
    `${provider.name}, ${provider.address} (${role.en})`,
  )
}

/** Seats or access outside the EEA: of providers, their sub-processors, and hosts the server connects to. */
export function thirdCountries(f: Reader): { name: string; country: Bilingual; safeguard: Bilingual }[] {
  const ofProviders = (f.get('hosting.providers') ?? []).flatMap((provider) =>
    [provider, ...provider.subProcessors]
      .filter(({ country }) => !isEea(country))
      .map(({ name, country }) => ({
        name,
        country: countryName(country),
        safeguard: SAFEGUARDS[provider.safeguard],
      })),
  )
  const ofHosts = (f.get('outbound.hosts') ?? [])
    .filter(({ country }) => !isEea(country))
    .map(({ host, country }) => ({ name: host, country: countryName(country), safeguard: MISSING }))
  const foreignIce = (f.get('ice.foreignHosts') ?? []).map((host) => ({
    name: host,
    country: MISSING,
    safeguard: MISSING,
  }))
  return [...ofProviders, ...ofHosts, ...foreignIce]
}

/** Which data of a meeting a provider can reach. */
export function meetingData(f: Reader): Bilingual {
  return f.is('feature.chat', 'on')
    ? both(
        'Ton, Bild, Chat, angezeigte Namen, Netzadressen während der Verbindung, Räume und Konten',
        'audio, video, chat, displayed names, network addresses during the connection, rooms and accounts',
      )
    : both(
        'Ton, Bild, angezeigte Namen, Netzadressen während der Verbindung, Räume und Konten',
        'audio, video, displayed names, network addresses during the connection, rooms and accounts',
      )
}

/** Whether personal data leave the EEA, in one sentence. */
export function transfers(f: Reader): Bilingual {
  const found = thirdCountries(f)
  if (f.get('hosting.providers') === undefined && found.length === 0) {
    return both(
      `Ob Daten in Länder außerhalb des Europäischen Wirtschaftsraums gelangen, ist ${MISSING.de}.`,
      `Whether data reach countries outside the European Economic Area is ${MISSING.en}.`,
    )
  }
  if (found.length === 0) {
    return both(
      'Personenbezogene Daten werden nicht in Länder außerhalb des Europäischen Wirtschaftsraums oder an internationale Organisationen übermittelt.',
      'Personal data are not transferred to countries outside the European Economic Area or to international organisations.',
    )
  }
  const list = join(
    found.map(({ name, country, safeguard }) =>
      both(
        `${name} (Land: ${country.de}; Garantie: ${safeguard.de})`,
        `${name} (country: ${country.en}; safeguard: ${safeguard.en})`,
      ),
    ),
    '; ',
  )
  return both(
    `Folgende Empfänger haben ihren Sitz oder Zugriff außerhalb des Europäischen Wirtschaftsraums: ${list.de}.`,
    `The following recipients are seated or have access outside the European Economic Area: ${list.en}.`,
  )
}

/**
 * What is kept of network addresses: nothing, truncated ones while a diagnosis runs, all by the server itself, or all by
 * programs around it such as a web server in front.
 */
export function keptAddresses(f: Reader): 'none' | 'truncated' | 'around' | 'full' | undefined {
  const logged = f.get('log.addresses')
  if (logged !== false) return logged === undefined ? undefined : 'full'
  if (addressLogs(f).length > 0) return 'around'
  return f.is('feature.debugLog', 'on') ? 'truncated' : 'none'
}

/** Logs of programs around the server that hold network addresses. */
export function addressLogs(f: Reader): readonly SurroundingLog[] {
  const logs = f.get('surroundings.logs') ?? []
  return logs.filter(({ state, holds }) => state === 'logs' && holds.includes('addresses'))
}

/** "nginx (Frist: 14 Tage)". */
export function aroundAddresses(f: Reader): Bilingual {
  return enumerate(addressLogs(f).map(withPeriod))
}

/** A program with how long it keeps its log. */
export function withPeriod({ service, kept }: SurroundingLog): Bilingual {
  const how = kept === undefined ? MISSING : period(kept)
  return both(`${service} (Frist: ${how.de})`, `${service} (period: ${how.en})`)
}

/** How the state of the end-to-end encryption reads; claimed only while the proof is fresh. */
export function encryption(f: Reader): Bilingual {
  const state = f.get('feature.e2ee')
  const proven = state === 'default' || state === 'forced' ? f.get('probe.e2ee') === true : false
  if (proven && state === 'forced') {
    return both(
      `Ton und Bild sind von Ende zu Ende verschlüsselt; die Schlüssel liegen nur auf den Geräten der Teilnehmenden (zuletzt geprüft am ${f.when('probe.e2ee').de}).`,
      `Audio and video are end-to-end encrypted; the keys are on the participants' devices only (last checked on ${f.when('probe.e2ee').en}).`,
    )
  }
  if (proven) {
    return both(
      `Ton und Bild sind in der Voreinstellung von Ende zu Ende verschlüsselt; ob das für eine Besprechung gilt, zeigt das Schloss im Besprechungsfenster (zuletzt geprüft am ${f.when('probe.e2ee').de}).`,
      `Audio and video are end-to-end encrypted by default; the lock in the meeting window shows whether this holds for a meeting (last checked on ${f.when('probe.e2ee').en}).`,
    )
  }
  const transit = f.is('media.encrypted', true)
    ? both(
        'Ton und Bild sind auf dem Weg zum Server und vom Server zu den Teilnehmenden verschlüsselt; im Arbeitsspeicher des Servers liegen sie während der Weiterleitung unverschlüsselt vor.',
        'Audio and video are encrypted on the way to the server and from the server to the participants; in the memory of the server they are unencrypted while being forwarded.',
      )
    : both(
        'Ob Ton und Bild verschlüsselt übertragen werden, ist noch nicht angegeben.',
        'Whether audio and video are transmitted encrypted is not yet stated.',
      )
  const why =
    state === 'absent'
      ? both(
          'Eine Ende-zu-Ende-Verschlüsselung bietet dieser Server nicht.',
          'This server does not offer end-to-end encryption.',
        )
      : state === 'off'
        ? both(
            'Die Ende-zu-Ende-Verschlüsselung ist ausgeschaltet.',
            'End-to-end encryption is switched off.',
          )
        : both(
            'Eine Ende-zu-Ende-Verschlüsselung ist eingestellt, aber derzeit nicht durch eine Prüfung belegt.',
            'End-to-end encryption is configured but not currently backed by a test.',
          )
  return join([why, transit], ' ')
}
