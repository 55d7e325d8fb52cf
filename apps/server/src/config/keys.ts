// The table of all settings: name in the file, name in the environment, and which values are allowed.
import type { Bilingual } from '@runde/contract'
import { z } from 'zod'

/** How the text of an environment variable becomes a value. */
export type EnvForm = 'text' | 'number' | 'list'

export interface SettingKey {
  /** Place in the YAML file, for instance `media.udpPort`. */
  path: string
  env: string
  form: EnvForm
  schema: z.ZodType
  expects: Bilingual
  /** Secrets never get into the config object. */
  secret: boolean
}

const PORT = z.int().min(1).max(65_535)
const TEXT = z.string().trim().min(1).max(4096)

/** An origin: scheme, host and perhaps a port, nothing behind it. */
const ORIGIN = z.string().refine((text) => originOf(text) !== undefined)

/** A literal IPv4 or IPv6 address; names are not resolved, because that would ask somebody else. */
const ADDRESS = z.union([z.ipv4(), z.ipv6()])

/** More workers than this never help one machine; a larger number is a slip of the finger. */
const MAX_WORKERS = 64

/** Normalised origin of an http(s) URL without path, query, fragment and credentials; else undefined. */
export function originOf(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const bare =
    url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '' && url.password === ''
  return bare && (url.protocol === 'https:' || url.protocol === 'http:') ? url.origin : undefined
}

/** Each announced address costs every participant a check before the connection stands. */
const MAX_ANNOUNCED = 8

/** The logs of a proxy, a relay and the system are three places; the search has to end in some seconds. */
const MAX_SEARCH_PATHS = 20

/** Ten years: whoever keeps copies longer means an archive. */
const MAX_BACKUP_DAYS = 3650

/** Every worker takes the next UDP port, so there must be room for the most workers above the first. */
const UDP_PORT_MAX = 65_535 - (MAX_WORKERS - 1)

const PORT_TEXT: Bilingual = { de: 'eine ganze Zahl von 1 bis 65535', en: 'a whole number from 1 to 65535' }
const FILE_TEXT: Bilingual = { de: 'der Pfad einer Datei', en: 'the path of a file' }

function key(
  path: string,
  env: string,
  form: EnvForm,
  schema: z.ZodType,
  expects: Bilingual,
  secret = false,
): SettingKey {
  return { path, env, form, schema, expects, secret }
}

/** Every setting there is; RUNDE_CONFIG alone is not one, it says where the file is. */
export const SETTING_KEYS: readonly SettingKey[] = [
  key('host', 'RUNDE_HOST', 'text', z.union([ADDRESS, z.literal('localhost')]), {
    de: 'eine IP-Adresse dieser Maschine oder localhost',
    en: 'an IP address of this machine or localhost',
  }),
  key('port', 'RUNDE_PORT', 'number', PORT, PORT_TEXT),
  key('publicUrl', 'RUNDE_PUBLIC_URL', 'text', ORIGIN, {
    de: 'eine Adresse ohne Pfad, etwa https://runde.example.org',
    en: 'an address without a path, such as https://runde.example.org',
  }),
  key('data', 'RUNDE_DATA', 'text', TEXT, { de: 'der Pfad eines Ordners', en: 'the path of a folder' }),
  key('tls.cert', 'RUNDE_TLS_CERT', 'text', TEXT, FILE_TEXT),
  key('tls.key', 'RUNDE_TLS_KEY', 'text', TEXT, FILE_TEXT),
  key('media.udpPort', 'RUNDE_UDP_PORT', 'number', z.int().min(1).max(UDP_PORT_MAX), {
    de: `eine ganze Zahl von 1 bis ${UDP_PORT_MAX}`,
    en: `a whole number from 1 to ${UDP_PORT_MAX}`,
  }),
  key('media.workers', 'RUNDE_MEDIA_WORKERS', 'number', z.int().min(1).max(MAX_WORKERS), {
    de: `eine ganze Zahl von 1 bis ${MAX_WORKERS}`,
    en: `a whole number from 1 to ${MAX_WORKERS}`,
  }),
  key('media.sender', 'RUNDE_MEDIA_SENDER', 'text', z.enum(['auto', 'native', 'typescript']), {
    de: 'eines von auto, native, typescript',
    en: 'one of auto, native, typescript',
  }),
  key('media.announce', 'RUNDE_ANNOUNCE', 'list', z.array(ADDRESS).min(1).max(MAX_ANNOUNCED), {
    de: `eine Liste von höchstens ${MAX_ANNOUNCED} IP-Adressen, in der Umgebungsvariable durch Kommas getrennt`,
    en: `a list of at most ${MAX_ANNOUNCED} IP addresses, separated by commas in the environment variable`,
  }),
  key('log.level', 'RUNDE_LOG_LEVEL', 'text', z.enum(['debug', 'info', 'warn', 'error']), {
    de: 'eines von debug, info, warn, error',
    en: 'one of debug, info, warn, error',
  }),
  key('proofs.search', 'RUNDE_PROOFS_SEARCH', 'list', z.array(TEXT).min(1).max(MAX_SEARCH_PATHS), {
    de: `eine Liste von höchstens ${MAX_SEARCH_PATHS} Dateien oder Ordnern`,
    en: `a list of at most ${MAX_SEARCH_PATHS} files or folders`,
  }),
  key(
    'proofs.surroundings',
    'RUNDE_PROOFS_SURROUNDINGS',
    'list',
    z.array(TEXT).min(1).max(MAX_SEARCH_PATHS),
    {
      de: `eine Liste von höchstens ${MAX_SEARCH_PATHS} Dateien oder Ordnern`,
      en: `a list of at most ${MAX_SEARCH_PATHS} files or folders`,
    },
  ),
  key('backup.folder', 'RUNDE_BACKUP_FOLDER', 'text', TEXT, {
    de: 'der Pfad eines Ordners',
    en: 'the path of a folder',
  }),
  key('backup.days', 'RUNDE_BACKUP_DAYS', 'number', z.int().min(1).max(MAX_BACKUP_DAYS), {
    de: `eine ganze Zahl von 1 bis ${MAX_BACKUP_DAYS}`,
    en: `a whole number from 1 to ${MAX_BACKUP_DAYS}`,
  }),
  key(
    'api.key',
    'RUNDE_API_KEY',
    'text',
    TEXT,
    { de: 'ein Name für den Schlüssel', en: 'a name for the key' },
    true,
  ),
  key(
    'api.secret',
    'RUNDE_API_SECRET',
    'text',
    TEXT,
    { de: 'ein zufälliger Text', en: 'a random text' },
    true,
  ),
]
