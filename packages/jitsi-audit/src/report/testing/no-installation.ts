// An installation in which nothing was found.
import type { Installation, LoggingConfig } from '../../core/installation.ts'
import type { Settings } from '../../core/settings.ts'

const origin = { kind: 'file', file: '', line: 1, column: 1, endLine: 1, endColumn: 1 } as const

const settings: Settings = {
  completeness: 'absent',
  root: { kind: 'map', entries: new Map(), origin },
  assignments: [],
  problems: [],
  files: [],
}

const logging: LoggingConfig = { settings, handlers: [], levels: new Map() }

export const NOTHING: Installation = {
  kind: 'unknown',
  files: [],
  ownHosts: [],
  web: settings,
  interfaceConfig: settings,
  environment: settings,
  services: [],
  prosody: { completeness: 'absent', hosts: [], problems: [], files: [] },
  jicofo: settings,
  jvb: settings,
  jvbLegacy: settings,
  jibri: settings,
  jigasi: settings,
  logging: { jvb: logging, jicofo: logging, jibri: logging, jigasi: logging },
  nginx: {
    completeness: 'absent',
    scopes: [],
    logFormats: new Map(),
    maps: new Map(),
    problems: [],
    files: [],
  },
  turn: settings,
  rotation: { completeness: 'absent', stanzas: [] },
  journald: settings,
  logPaths: [],
  pages: [],
  modes: new Map(),
}
