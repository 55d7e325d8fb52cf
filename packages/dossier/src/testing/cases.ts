// Test code: for each rule, the facts that make it find something; they are printed in docs/privacy as well.
import type { FactId, FactValues } from '../facts/values.ts'
import type { FindingKind } from '../model/finding.ts'
import { organisation, type OrganisationName } from './organisations.ts'

type Values = { readonly [K in FactId]?: FactValues[K] }

function provider(id: OrganisationName): FactValues['hosting.providers'][number] {
  const entry = organisation(id)['hosting.providers']
  const first = entry === undefined || 'unknown' in entry ? undefined : entry.value[0]
  if (first === undefined) throw new Error('the fixture has no provider')
  return first
}

/** A check of a provider that lies in the future, or whose next one does not come after it. */
function misdated(dates: {
  date?: string
  nextDate?: string
}): [string, FindingKind, OrganisationName, Values][] {
  const entry = organisation('protestant-parish')['hosting.checks']
  const checks = entry === undefined || 'unknown' in entry ? [] : entry.value
  const wrong = checks.map((check) => ({ ...check, ...dates }))
  return [['check-dates', 'contradiction', 'protestant-parish', { 'hosting.checks': wrong }]]
}

/** A web server in front that keeps addresses. */
function surroundings(
  id: string,
  kind: FindingKind,
  kept: string | undefined,
): [string, FindingKind, OrganisationName, Values][] {
  const log = { service: 'nginx', state: 'logs', holds: ['addresses'] } as const
  const logs = [{ ...log, ...(kept === undefined ? {} : { kept }) }]
  return [[id, kind, 'association', { 'surroundings.logs': logs }]]
}

/** Rule, kind of finding, organisation, and the facts that bring it about. */
export const CASES: [string, FindingKind, OrganisationName, Values][] = [
  ['officer-missing', 'red', 'association', { 'org.processingStaff': 20 }],
  ['officer-missing', 'red', 'public-school', { 'org.dpoAppointed': false }],
  [
    'interest-public-body',
    'red',
    'public-school',
    { 'use.purposes': [{ name: 'x', basis: 'interest', interest: 'y' }] },
  ],
  ['interest-unstated', 'missing', 'association', { 'use.purposes': [{ name: 'x', basis: 'interest' }] }],
  ['norm-unstated', 'missing', 'public-school', { 'use.purposes': [{ name: 'x', basis: 'task' }] }],
  ...surroundings('surroundings-addresses', 'contradiction', 'P14D'),
  ...surroundings('surroundings-addresses', 'contradiction', 'manual'),
  ...surroundings('surroundings-addresses', 'contradiction', undefined),
  ...surroundings('surroundings-addresses-short', 'risk', 'P7D'),
  ['tls-weak', 'red', 'association', { 'probe.tls': 'TLS 1.1' }],
  ['tls-weak', 'red', 'association', { 'probe.tls': 'TLS 1.3, CERT_HAS_EXPIRED' }],
  ['software-old', 'risk', 'association', { 'probe.releaseAge': 181 }],
  ['software-old', 'risk', 'association', { 'probe.runtimeAge': 121 }],
  ['balance-against', 'red', 'association', { 'use.expected': false }],
  ['confidentiality-missing', 'red', 'association', { 'staff.confidential': false }],
  ['training-missing', 'risk', 'association', { 'staff.trained': false }],
  [
    'assessment-needed',
    'risk',
    'association',
    { 'use.sensitive': true, 'use.sensitiveBasis': 'body', 'use.minors': true },
  ],
  ['one-language', 'note', 'association', { 'use.whyVideo': 'Nur so' }],
  [
    'contract-missing',
    'red',
    'protestant-parish',
    { 'hosting.providers': [{ ...provider('protestant-parish'), contract: 'requested' }] },
  ],
  ['check-missing', 'missing', 'protestant-parish', { 'hosting.checks': [] }],
  ...misdated({ date: '2026-11-24' }),
  ...misdated({ nextDate: '2026-10-01' }),
  [
    'transfer-unsafe',
    'red',
    'protestant-parish',
    { 'hosting.providers': [{ ...provider('protestant-parish'), country: 'US', safeguard: 'none' }] },
  ],
  ['hosting-contradiction', 'contradiction', 'association', { 'hosting.model': 'rented' }],
  ['hosting-contradiction', 'contradiction', 'protestant-parish', { 'hosting.model': 'ownPremises' }],
  ['support-contradiction', 'contradiction', 'association', { 'hosting.support': true }],
  ['dial-in-contradiction', 'contradiction', 'association', { 'feature.dialIn': 'on' }],
  [
    'outbound-third-country',
    'risk',
    'association',
    { 'outbound.hosts': [{ host: 'x.example', purpose: 'y', country: 'US' }] },
  ],
  ['addresses-logged', 'risk', 'association', { 'log.addresses': true }],
  ['canary-hits', 'contradiction', 'association', { 'probe.canary': 2 }],
  ['guessing-contradiction', 'contradiction', 'association', { 'log.guessingWithoutAddresses': false }],
  ['outbound-undeclared', 'contradiction', 'association', { 'probe.outbound': 1 }],
  ['client-third-party', 'red', 'association', { 'probe.clientHosts': 1 }],
  ['browser-undeclared', 'contradiction', 'association', { 'probe.browserEntries': 1 }],
  [
    'foreign-ice',
    'red',
    'association',
    { 'ice.foreignHosts': ['stun.example'], 'ice.foreignReason': 'Probe' },
  ],
  ['turn-contradiction', 'contradiction', 'association', { 'feature.turn': 'foreign' }],
  ['open-creation', 'red', 'association', { 'room.creationRestricted': false }],
  ['password-contradiction', 'contradiction', 'association', { 'feature.password': 'forced' }],
  ['lobby-contradiction', 'contradiction', 'association', { 'feature.lobby': 'forced' }],
  ['e2ee-failed', 'red', 'association', { 'feature.e2ee': 'forced', 'probe.e2ee': false }],
  [
    'e2ee-contradiction',
    'contradiction',
    'association',
    { 'feature.e2ee': 'forced', 'probe.e2ee': true, 'feature.dialIn': 'on' },
  ],
  ['tls-off', 'red', 'association', { 'tls.enabled': false }],
  ['media-plain', 'red', 'association', { 'probe.plainMedia': 1 }],
  ['hidden-join', 'red', 'association', { 'probe.hiddenJoin': true }],
  ['remote-control', 'red', 'association', { 'probe.remoteControl': true }],
  [
    'recording-consent',
    'red',
    'association',
    { 'feature.recording': 'on', 'recording.consent': false, 'keep.recordings': 'P30D' },
  ],
  ['recording-traces', 'contradiction', 'association', { 'probe.recordingTraces': 3 }],
  [
    'transcription-foreign',
    'red',
    'association',
    { 'feature.transcription': 'on', 'transcription.local': false },
  ],
  ['attention-statistics', 'red', 'association', { 'log.attentionStatistics': true }],
  ['debug-too-long', 'red', 'association', { 'feature.debugLog': 'on', 'keep.debugLog': 'PT73H' }],
  ['logs-endless', 'red', 'association', { 'keep.serverLog': 'manual' }],
  ['retention-failed', 'red', 'association', { 'probe.retention': false }],
  ['advisories-open', 'risk', 'association', { 'probe.advisories': 1 }],
  ['restore-untested', 'risk', 'association', { 'probe.restore': false }],
  ['backup-plain', 'risk', 'association', { 'backup.keyHolder': 'nobody' }],
  ['disk-plain', 'risk', 'association', { 'hosting.diskEncrypted': false }],
  ['name-forced', 'risk', 'association', { 'join.nameOptional': false }],
  ['secrecy-unbound', 'red', 'law-practice', { 'secrecy.providersBound': false }],
  ['no-e2ee-high-risk', 'risk', 'law-practice', {}],
  [
    'school-recording',
    'red',
    'public-school',
    { 'feature.recording': 'on', 'recording.consent': true, 'keep.recordings': 'P7D' },
  ],
  ['provider-clients', 'missing', 'hoster', { 'hosting.clients': [] }],
  ['provider-telecom-contradiction', 'contradiction', 'hoster', { 'use.telecom': 'own' }],
  ['interest-church-body', 'risk', 'protestant-parish', { 'org.sector': 'catholicChurch' }],
  [
    'codetermination',
    'risk',
    'association',
    { 'use.groups': ['members', 'employees'], 'org.representation': 'worksCouncil' },
  ],
  ['notice-not-shown', 'risk', 'association', { 'feature.notice': 'off' }],
  ['open-rooms', 'risk', 'association', {}],
  ['telecom-check', 'risk', 'hoster', {}],
]
