// Turns raw settings into the server's configuration; pure, and without any secret, so that it may be shown.
import type { Bilingual } from '@runde/contract'
import { StartFailure } from '../start-failures.ts'
import { SETTING_KEYS, originOf } from './keys.ts'
import type { RawSettings } from './raw.ts'

export type LogLevel = 'debug' | 'info' | 'warn' | 'error'

export type MediaSender = 'auto' | 'native' | 'typescript'

export interface ServerConfig {
  /** Address to listen on; undefined: all, IPv4 and IPv6. */
  host: string | undefined
  port: number
  /** Origin that links start with, without a slash at the end. */
  publicUrl: string
  /** Whether browsers reach the server by https, here or at a proxy in front. */
  https: boolean
  dataFolder: string
  tls: { certFile: string; keyFile: string } | undefined
  media: {
    udpPort: number
    workers: number
    /** Undefined: the addresses the machine has. */
    announce: readonly string[] | undefined
    /** Who protects and sends: native code where it was built, always native, or TypeScript. */
    sender: MediaSender
  }
  logLevel: LogLevel
  /** Further files and folders that the canary probe searches, such as a proxy's log. */
  searchPaths: readonly string[]
  /** Configuration of the programs around the server; undefined: the usual places. */
  surroundingPaths: readonly string[] | undefined
  backup: {
    /** Where `runde backup` puts its copies and the probes look for them; undefined: nowhere. */
    folder: string | undefined
    /** How long a copy is kept there, days. */
    days: number
  }
}

/** What the configuration needs to know about the machine. */
export interface MachineFacts {
  /** Processor cores this process may use. */
  cores: number
}

export const DEFAULT_PORT = 8080
export const DEFAULT_UDP_PORT = 10_000
export const DEFAULT_DATA_FOLDER = './data'

/** A month of copies: long enough to notice a mistake, short enough for what was erased to be gone. */
export const DEFAULT_BACKUP_DAYS = 30

/** One core is left for signalling and pages; above eight workers one machine's network is the limit. */
const MAX_DEFAULT_WORKERS = 8

/**
 * Judges every value and fills in what was not set.
 * @throws StartFailure naming the setting, its place and what is expected
 */
export function toConfig(raw: RawSettings, machine: MachineFacts): ServerConfig {
  checkValues(raw)
  checkPair(raw, 'tls.cert', 'tls.key')
  checkPair(raw, 'tls.key', 'tls.cert')
  const port = numberAt(raw, 'port') ?? DEFAULT_PORT
  const certFile = textAt(raw, 'tls.cert')
  const keyFile = textAt(raw, 'tls.key')
  const tls = certFile === undefined || keyFile === undefined ? undefined : { certFile, keyFile }
  const publicUrl = originOf(textAt(raw, 'publicUrl') ?? `${tls ? 'https' : 'http'}://localhost:${port}`)
  if (publicUrl === undefined) throw new Error('a checked public URL is not an origin')
  const udpPort = numberAt(raw, 'media.udpPort') ?? DEFAULT_UDP_PORT
  const workers =
    numberAt(raw, 'media.workers') ?? Math.min(Math.max(machine.cores - 1, 1), MAX_DEFAULT_WORKERS)
  return {
    host: textAt(raw, 'host'),
    port,
    publicUrl,
    https: publicUrl.startsWith('https:'),
    dataFolder: textAt(raw, 'data') ?? DEFAULT_DATA_FOLDER,
    tls,
    media: { udpPort, workers, announce: listAt(raw, 'media.announce'), sender: senderAt(raw) },
    logLevel: levelAt(raw) ?? 'info',
    searchPaths: listAt(raw, 'proofs.search') ?? [],
    surroundingPaths: listAt(raw, 'proofs.surroundings'),
    backup: {
      folder: textAt(raw, 'backup.folder'),
      days: numberAt(raw, 'backup.days') ?? DEFAULT_BACKUP_DAYS,
    },
  }
}

function checkValues(raw: RawSettings): void {
  for (const key of SETTING_KEYS) {
    const setting = raw.get(key.path)
    if (setting !== undefined && !key.schema.safeParse(setting.value).success) refuse(raw, key.path)
  }
  if (textAt(raw, 'tls.cert') !== undefined && textAt(raw, 'publicUrl')?.startsWith('http:') === true) {
    // A certificate is set, so nobody reaches this server by http.
    refuse(raw, 'publicUrl', { de: 'eine Adresse mit https', en: 'an address with https' })
  }
}

function refuse(raw: RawSettings, path: string, expects?: Bilingual): never {
  const key = SETTING_KEYS.find((known) => known.path === path)
  const setting = raw.get(path)
  if (key === undefined || setting === undefined) throw new Error(`no setting to refuse at ${path}`)
  throw new StartFailure({
    code: 'config_value',
    key: setting.key,
    where: setting.where,
    expects: expects ?? key.expects,
  })
}

/** Two settings that make sense only together. */
export function checkPair(raw: RawSettings, path: string, partner: string): void {
  const setting = raw.get(path)
  if (setting === undefined || raw.has(partner)) return
  const missing = SETTING_KEYS.find((key) => key.path === partner)?.env ?? partner
  throw new StartFailure({ code: 'config_pair', key: setting.key, where: setting.where, missing })
}

function textAt(raw: RawSettings, path: string): string | undefined {
  const value = raw.get(path)?.value
  return typeof value === 'string' ? value : undefined
}

function numberAt(raw: RawSettings, path: string): number | undefined {
  const value = raw.get(path)?.value
  return typeof value === 'number' ? value : undefined
}

function listAt(raw: RawSettings, path: string): readonly string[] | undefined {
  const value = raw.get(path)?.value
  return Array.isArray(value) ? value.map(String) : undefined
}

function senderAt(raw: RawSettings): MediaSender {
  const value = textAt(raw, 'media.sender')
  return value === 'native' || value === 'typescript' ? value : 'auto'
}

function levelAt(raw: RawSettings): LogLevel | undefined {
  const value = textAt(raw, 'log.level')
  return value === 'debug' || value === 'info' || value === 'warn' || value === 'error' ? value : undefined
}
