// What each test takes: said wherever its result is missing, so that nobody reads silence as a promise.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type { FactId } from './values.ts'

/** Facts that only a test can know. */
export type MeasuredId = Extract<FactId, `probe.${string}` | `surroundings.${string}`>

/** What a measured number may be at most, for the program that measures and the sentence that judges. */
export const PROOF_LIMITS = {
  /** A nightly copy may be this late before it counts as missing: 24 hours and a night. */
  backupHours: 36,
  /** A release older than half a year has missed at least one round of fixes in its dependencies; days. */
  releaseDays: 180,
  /** Node.js brings security fixes every two to three months; a build older than this has missed one; days. */
  runtimeDays: 120,
} as const

/** Whether a result of `probe.tls` is one to rely on: the version alone, without a fault of the certificate behind it. */
export function isSafeTls(result: string): boolean {
  return /^TLS 1\.[23]$/.test(result)
}

const BY_SERVER = both('die Prüfung führt der Server selbst aus', 'the test is run by the server itself')

const BY_MEETING = both(
  'die Prüfung braucht eine Probebesprechung mit echten Browsern',
  'the test needs a trial meeting with real browsers',
)

const BY_BACKUP = both(
  'die Prüfung braucht einen eingestellten Ordner für Sicherungskopien',
  'the test needs a configured folder for backups',
)

/** After "currently not backed by a test", in parentheses. */
export const PROOF_WAYS: Readonly<Record<MeasuredId, Bilingual>> = {
  'probe.canary': BY_SERVER,
  'probe.outbound': BY_SERVER,
  'probe.headers': BY_SERVER,
  'probe.retention': BY_SERVER,
  'probe.tls': both(
    'die Prüfung braucht eine verschlüsselte öffentliche Adresse, die der Server von sich aus erreicht',
    'the test needs an encrypted public address that the server itself can reach',
  ),
  'probe.releaseAge': BY_SERVER,
  'probe.runtimeAge': BY_SERVER,
  'surroundings.logs': BY_SERVER,
  'probe.backupAge': BY_BACKUP,
  'probe.restore': BY_BACKUP,
  'probe.clientHosts': BY_MEETING,
  'probe.browserEntries': BY_MEETING,
  'probe.browsers': BY_MEETING,
  'probe.hiddenJoin': BY_MEETING,
  'probe.remoteControl': BY_MEETING,
  'probe.recordingTraces': BY_MEETING,
  'probe.plainMedia': BY_MEETING,
  'probe.e2ee': both(
    'eine Ende-zu-Ende-Verschlüsselung, die zu prüfen wäre, gibt es in dieser Version nicht',
    'this version has no end-to-end encryption that could be tested',
  ),
  'probe.advisories': both(
    'dazu müsste der Server einen fremden Dienst fragen, und das tut er nicht; eine Person kann es mit npm audit nachholen',
    'for this the server would have to ask a foreign service, which it does not; a person can make up for it with npm audit',
  ),
}
