// The probe of what programs around the server write down, by their configuration: the adapters' findings become a fact.
import type { FactValues } from '@runde/dossier'
import { readFileSet } from '../cli/audit-jitsi-files.ts'
import type { Finding, Kept } from '../surroundings/finding.ts'
import { judgeSurroundings } from '../surroundings/judge.ts'
import { isReadable, usualPaths } from '../surroundings/places.ts'
import type { Probe } from './probe.ts'

type Log = FactValues['surroundings.logs'][number]

export const surroundingsProbe: Probe = {
  id: 'surroundings.logs',
  async run({ surroundingPaths, publicUrl, port }) {
    const paths = surroundingPaths ?? usualPaths()
    const readable = paths.filter(isReadable)
    const { files, skipped } = await readFileSet(readable, () => undefined)
    const findings = judgeSurroundings(files, { host: new URL(publicUrl).hostname, port })
    const unread = [
      ...paths.filter((path) => !readable.includes(path)),
      ...skipped.filter(({ why }) => why === 'unreadable' || why === 'too-large').map(({ path }) => path),
    ]
    const logs = logsOf(findings, unread)
    const found = findings
      .filter(({ state, traces }) => state === 'logs' && traces.length > 0)
      .map(({ service, place }) => `${service}, ${place.file}:${place.line}`)
    return { measured: true, value: logs, passed: found.length === 0, found }
  },
}

/** The findings as the documents know them, equal ones once; what could not be read is unclear. */
export function logsOf(findings: readonly Finding[], unread: readonly string[]): readonly Log[] {
  const logs = [
    ...findings.map(({ service, state, traces, kept }): Log => {
      const period = kept === undefined ? undefined : periodOf(kept)
      return { service, state, holds: traces, ...(period === undefined ? {} : { kept: period }) }
    }),
    ...unread.map((path): Log => ({ service: serviceOf(path), state: 'unclear', holds: [] })),
  ]
  return [...new Map(logs.map((log) => [JSON.stringify(log), log])).values()]
}

/** Longest period that the documents can write, days. */
const DAYS_MAX = 9999

function periodOf(kept: Kept): string | undefined {
  switch (kept.kind) {
    case 'days':
      return kept.days < 1 ? 'P1D' : kept.days <= DAYS_MAX ? `P${kept.days}D` : 'manual'
    case 'endless':
      return 'manual'
    case 'unknown':
      return undefined
  }
}

const SERVICES: readonly (readonly [RegExp, string])[] = [
  [/nginx/, 'nginx'],
  [/caddy/i, 'Caddy'],
  [/apache|httpd/, 'Apache'],
  [/turnserver|coturn/, 'coturn'],
  [/journald/, 'journald'],
]

function serviceOf(path: string): string {
  return SERVICES.find(([pattern]) => pattern.test(path))?.[1] ?? 'logrotate'
}
