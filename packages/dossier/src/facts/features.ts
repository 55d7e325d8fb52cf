// Which facts each feature of the product has to report: a feature without facts cannot be described truthfully.
import { FACTS } from './table.ts'
import type { FactId } from './values.ts'

/** What a feature declares: its name in the product, and the facts that say whether and how it works. */
export interface FeatureFacts {
  name: string
  facts: readonly FactId[]
}

/** The features the documents know. */
export const FEATURES: readonly FeatureFacts[] = [
  { name: 'meetings', facts: ['room.total', 'room.idBits', 'room.creationRestricted', 'keep.rooms'] },
  { name: 'joining', facts: ['join.devicesOff', 'join.nameOptional', 'browser.entries'] },
  { name: 'media', facts: ['media.encrypted', 'media.relayedOnly', 'ice.foreignHosts', 'tls.enabled'] },
  { name: 'accounts', facts: ['keep.accounts', 'keep.sessions', 'keep.links', 'feature.secondFactor'] },
  {
    name: 'logging',
    facts: ['log.addresses', 'log.guessingWithoutAddresses', 'log.attentionStatistics', 'keep.serverLog'],
  },
  { name: 'backups', facts: ['backup.made', 'backup.kept'] },
  { name: 'server', facts: ['server.version', 'server.url', 'outbound.hosts'] },
  { name: 'e2ee', facts: ['feature.e2ee', 'probe.e2ee'] },
  { name: 'password', facts: ['feature.password', 'room.withPassword'] },
  { name: 'lobby', facts: ['feature.lobby', 'room.withLobby'] },
  { name: 'chat', facts: ['feature.chat', 'keep.chat'] },
  {
    name: 'recording',
    facts: ['feature.recording', 'recording.consent', 'keep.recordings', 'probe.recordingTraces'],
  },
  { name: 'dialIn', facts: ['feature.dialIn'] },
  { name: 'attendance', facts: ['feature.attendance', 'keep.attendance'] },
  { name: 'transcription', facts: ['feature.transcription', 'transcription.local'] },
  { name: 'streaming', facts: ['feature.streaming'] },
  { name: 'debugLog', facts: ['feature.debugLog', 'keep.debugLog'] },
  { name: 'adminLog', facts: ['feature.adminLog', 'keep.adminLog'] },
  { name: 'notice', facts: ['feature.notice'] },
  { name: 'turn', facts: ['feature.turn'] },
]

/** What is wrong with the declarations: features of the product without facts, and facts that do not exist. */
export function checkFeatures(
  names: readonly string[],
  declared: readonly FeatureFacts[] = FEATURES,
): string[] {
  const known = new Map(declared.map((feature) => [feature.name, feature]))
  return [
    ...names
      .filter((name) => (known.get(name)?.facts.length ?? 0) === 0)
      .map((name) => `feature without facts: ${name}`),
    ...declared.flatMap(({ name, facts }) =>
      facts
        .filter((fact) => !Object.hasOwn(FACTS, fact))
        .map((fact) => `feature ${name} names a fact that does not exist: ${fact}`),
    ),
  ]
}
