// Components of which the set holds nothing.
import type { LoggingConfig, NginxConfig, ProsodyConfig } from '../core/installation.ts'
import type { Settings } from '../core/settings.ts'
import type { Origin } from '../core/source.ts'

/** The place of what stands nowhere. */
export const NOWHERE: Origin = {
  kind: 'stock-default',
  file: '',
  line: 1,
  column: 1,
  endLine: 1,
  endColumn: 1,
}

/** First place of a file, for what a file as a whole says or is silent about. */
export function startOf(file: string, kind: Origin['kind'] = 'file'): Origin {
  return { kind, file, line: 1, column: 1, endLine: 1, endColumn: 1 }
}

export const NO_SETTINGS: Settings = {
  completeness: 'absent',
  root: { kind: 'map', entries: new Map(), origin: NOWHERE },
  assignments: [],
  problems: [],
  files: [],
}

export const NO_PROSODY: ProsodyConfig = { completeness: 'absent', hosts: [], problems: [], files: [] }

export const NO_NGINX: NginxConfig = {
  completeness: 'absent',
  scopes: [],
  logFormats: new Map(),
  maps: new Map(),
  problems: [],
  files: [],
}

export const NO_LOGGING: LoggingConfig = { settings: NO_SETTINGS, handlers: [], levels: new Map() }
