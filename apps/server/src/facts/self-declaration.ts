// The machine-readable self-declaration at /.well-known/runde-privacy.json: settings and latest proofs, nothing else.
import { createHash } from 'node:crypto'
import { canonicalJson, type FactId, FACT_IDS, FACTS, type FactSheet } from '@runde/dossier'

/** Facts that say nothing about people or premises and may be read by everybody. */
const PUBLIC_PREFIXES = [
  'feature.',
  'room.id',
  'room.creation',
  'join.',
  'media.',
  'tls.',
  'ice.foreignHosts',
  'outbound.',
  'log.',
  'browser.',
  'keep.',
  'server.version',
  'probe.',
] as const

export interface SelfDeclaration {
  format: 'runde-privacy/1'
  server: string
  /** SHA-256 of the canonical JSON of `settings`: equal settings, equal hash. */
  configHash: string
  settings: Readonly<Record<string, unknown>>
  /** Results of the probes with the moment they ran; a probe that never ran is missing. */
  proofs: Readonly<Record<string, { result: unknown; at: string }>>
}

/** @param url public address of the server */
export function selfDeclaration(sheet: FactSheet, url: string): SelfDeclaration {
  const settings: Record<string, unknown> = {}
  const proofs: Record<string, { result: unknown; at: string }> = {}
  for (const fact of FACT_IDS) {
    if (!isPublic(fact)) continue
    const entry = sheet[fact]
    const value = entry !== undefined && 'value' in entry ? entry.value : FACTS[fact].unreported
    if (value === undefined) continue
    if (FACTS[fact].by !== 'probe') settings[fact] = value
    else if (entry !== undefined) proofs[fact] = { result: value, at: entry.at }
  }
  const configHash = createHash('sha256').update(canonicalJson(settings)).digest('hex')
  return { format: 'runde-privacy/1', server: url, configHash, settings, proofs }
}

function isPublic(fact: FactId): boolean {
  return PUBLIC_PREFIXES.some((prefix) => fact.startsWith(prefix))
}
