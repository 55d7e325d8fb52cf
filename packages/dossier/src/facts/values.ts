// The typed table of all facts: which value each one may have.
import type { LocalText } from '../engine/bilingual.ts'
import type { Period } from '../engine/dates.ts'
import type { ProcessorCheck } from '../processors/check-form.ts'

export type Sector =
  | 'association'
  | 'company'
  | 'lawPractice'
  | 'medicalPractice'
  | 'publicSchool'
  | 'publicBody'
  | 'protestantChurch'
  | 'catholicChurch'
  | 'provider'
  | 'household'

export type Land =
  | 'BW'
  | 'BY'
  | 'BE'
  | 'BB'
  | 'HB'
  | 'HH'
  | 'HE'
  | 'MV'
  | 'NI'
  | 'NW'
  | 'RP'
  | 'SL'
  | 'SN'
  | 'ST'
  | 'SH'
  | 'TH'

/** `absent`: this version cannot do it at all. */
export type Switch = 'absent' | 'off' | 'on'

/** `default`: on for new rooms, may be switched off; `forced`: cannot be switched off. */
export type Guard = 'absent' | 'off' | 'default' | 'forced'

export type Basis = 'contract' | 'consent' | 'interest' | 'task' | 'duty' | 'employment'

export type SensitiveBasis = 'consent' | 'employment' | 'body' | 'claims' | 'publicInterest' | 'health'

export type Group =
  | 'employees'
  | 'members'
  | 'board'
  | 'clients'
  | 'patients'
  | 'pupils'
  | 'guardians'
  | 'parishioners'
  | 'customers'
  | 'guests'
  | 'citizens'

export type Hosting = 'ownPremises' | 'housing' | 'rented' | 'maintained' | 'readyMade'

export interface Party {
  name: string
  address: string
  contact: string
}

export interface Purpose {
  /** What the meetings are for, as a noun: "Vorstandssitzungen". */
  name: LocalText
  basis: Basis
  /** For `interest`: the interest itself (Art. 13(1)(d)). */
  interest?: LocalText
  /** For `task` and `duty`: the norm that gives the task, for instance a Land law. */
  norm?: LocalText
}

export interface Country {
  /** ISO 3166-1 alpha-2. */
  country: string
}

export type ProviderRole =
  | 'housing'
  | 'hosting'
  | 'maintenance'
  | 'readyMade'
  | 'support'
  | 'backup'
  | 'mail'
  | 'identity'
  | 'telephone'
  | 'other'

export type Safeguard = 'notNeeded' | 'adequacy' | 'clauses' | 'none'

export interface SubProcessor extends Party, Country {
  service: LocalText
}

export interface Provider extends Party, Country {
  /** Letters, digits and hyphens; part of the document's id. */
  id: string
  role: ProviderRole
  service: LocalText
  contract: 'none' | 'requested' | 'signed'
  /** ISO date, for signed contracts. */
  contractDate?: string
  /** For seats or access outside the EEA. */
  safeguard: Safeguard
  subProcessors: readonly SubProcessor[]
}

export interface Client extends Party {
  representative?: string
  dpo?: string
  since?: string
}

export interface OutboundHost extends Country {
  host: string
  purpose: LocalText
}

export interface BrowserEntry {
  key: string
  where: 'cookie' | 'localStorage'
  purpose: LocalText
  lifetime: LocalText
  necessary: boolean
}

/** What a program around the server writes down, as its configuration says. */
export interface SurroundingLog {
  /** Name of the program, for instance `nginx`. */
  service: string
  /** `logs`: it keeps what the server does not. `clean`: looked at, and it does not. `unclear`: cannot be told from its files. */
  state: 'logs' | 'clean' | 'unclear'
  holds: readonly ('addresses' | 'pages')[]
  /** How long; `manual` is without limit, absent is unknown. */
  kept?: Period
}

export interface Incident {
  /** ISO date on which it became known. */
  known: string
  nature: LocalText
  persons: number
  records: number
  consequences: LocalText
  measures: LocalText
  /** ISO date of the notification to the authority; absent when none was due. */
  notified?: string
}

/** Every fact and the type of its value. An id says by its first word where it belongs. */
export interface FactValues {
  'org.name': string
  'org.address': string
  'org.contact': string
  'org.sector': Sector
  'org.land': Land
  'org.seatInEu': boolean
  'org.euRepresentative': string
  'org.jointControllers': readonly Party[]
  'org.jointEssence': LocalText
  'org.dpoAppointed': boolean
  'org.dpoContact': string
  'org.processingStaff': number
  'org.representation': 'none' | 'worksCouncil' | 'staffCouncil' | 'churchStaff'
  'org.agreementDate': string
  'org.approver': LocalText
  'org.incidentContact': string
  'org.reviewMonths': number
  'imprint.business': boolean
  'imprint.legalPerson': boolean
  'imprint.represented': string
  'imprint.email': string
  'imprint.registered': boolean
  'imprint.register': string
  'imprint.vatId': string
  'imprint.authority': LocalText
  'imprint.profession': LocalText
  'use.purposes': readonly Purpose[]
  'use.groups': readonly Group[]
  'use.minors': boolean
  'use.sensitive': boolean
  'use.sensitiveBasis': SensitiveBasis
  'use.monthly': number
  'use.thirdParties': boolean
  'use.thirdPartySource': LocalText
  'use.mandatory': boolean
  'use.consequence': LocalText
  'use.whyVideo': LocalText
  'use.expected': boolean
  'use.telecom': 'own' | 'customers' | 'public'
  'secrecy.duty': 'none' | 'lawyer' | 'medical' | 'other'
  'secrecy.providersBound': boolean
  'staff.trained': boolean
  'staff.confidential': boolean
  'hosting.model': Hosting
  'hosting.place': LocalText
  'hosting.providerAccess': boolean
  'hosting.support': boolean
  'hosting.physical': LocalText
  'hosting.diskEncrypted': boolean
  'hosting.providers': readonly Provider[]
  'hosting.checks': readonly ProcessorCheck[]
  'hosting.clients': readonly Client[]
  'backup.made': boolean
  'backup.place': LocalText
  'backup.keyHolder': 'own' | 'provider' | 'nobody'
  'backup.kept': Period
  'judge.evaluation': boolean
  'judge.largeScale': boolean
  'judge.blocksRight': boolean
  'judge.deviation': LocalText
  'judge.examiner': LocalText
  'judge.date': string
  'incident.register': readonly Incident[]
  'server.version': string
  'server.url': string
  'feature.e2ee': Guard
  'feature.password': Guard
  'feature.lobby': Guard
  'feature.recording': Switch
  'feature.chat': Switch
  'feature.dialIn': Switch
  'feature.attendance': Switch
  'feature.transcription': Switch
  'feature.streaming': Switch
  'feature.debugLog': Switch
  'feature.adminLog': Switch
  'feature.turn': 'absent' | 'own' | 'foreign'
  'feature.notice': Switch
  'feature.secondFactor': 'absent' | 'optional' | 'required'
  'room.total': number
  'room.withPassword': number
  'room.withLobby': number
  'room.idBits': number
  'room.creationRestricted': boolean
  'join.devicesOff': boolean
  'join.nameOptional': boolean
  'media.relayedOnly': boolean
  'media.encrypted': boolean
  'tls.enabled': boolean
  'ice.foreignHosts': readonly string[]
  'ice.foreignReason': LocalText
  'outbound.hosts': readonly OutboundHost[]
  'log.addresses': boolean
  'log.guessingWithoutAddresses': boolean
  'log.attentionStatistics': boolean
  'browser.entries': readonly BrowserEntry[]
  'recording.consent': boolean
  'transcription.local': boolean
  'keep.accounts': Period
  'keep.sessions': Period
  'keep.links': Period
  'keep.rooms': Period
  'keep.chat': Period
  'keep.serverLog': Period
  'keep.debugLog': Period
  'keep.adminLog': Period
  'keep.recordings': Period
  'keep.attendance': Period
  'keep.documents': Period
  'probe.canary': number
  'probe.clientHosts': number
  'probe.outbound': number
  'probe.headers': boolean
  'probe.browserEntries': number
  'probe.plainMedia': number
  'probe.hiddenJoin': boolean
  'probe.remoteControl': boolean
  'probe.e2ee': boolean
  'probe.recordingTraces': number
  'probe.retention': boolean
  'probe.tls': string
  'probe.backupAge': number
  'probe.restore': boolean
  'probe.advisories': number
  'probe.releaseAge': number
  'probe.runtimeAge': number
  'surroundings.logs': readonly SurroundingLog[]
  'probe.browsers': readonly ('chromium' | 'firefox' | 'safari')[]
}

export type FactId = keyof FactValues
