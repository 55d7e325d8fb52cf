// The config.js of web images before October 2020: the whole stock file, into which a script wrote what its variables said.
import { PLACEHOLDER } from '../../core/placeholder.ts'
import { stunAddress } from './addresses.ts'
import { all, type ImageEnvironment, type Truth } from './image-environment.ts'
import { Lines } from './lines.ts'
import type { Sheet } from './sheet.ts'

/** Until the images of April 2020 the file named Google's servers, and 8x8's in those of May at the latest. */
const GOOGLE_UNTIL = '2020-04-06'
const OWN_SINCE = '2020-05-02'
const GOOGLE = ['stun.l.google.com:19302', 'stun1.l.google.com:19302', 'stun2.l.google.com:19302']
const OWN = ['meet-jit-si-turnrelay.jitsi.net:443']

/** Variables that the script learned later. */
const ETHERPAD_SINCE = '2019-08-22'
const ETHERPAD_PUBLIC_SINCE = '2020-07-22'
const RECORDING_SINCE = '2019-12-04'
const TRANSCRIPTS_SINCE = '2019-08-22'

/** Writes what such an image writes; what a variable did not reach yet stays as in the stock file. */
export function addOldWeb(sheet: Sheet, environment: ImageEnvironment): void {
  const lines = new Lines(sheet, environment)
  const silent = environment.silent
  sheet.add(
    'var config = { hosts: {}, testing: {}, p2p: { enabled: true }, analytics: {}, deploymentInfo: {}, enableWelcomePage: true };',
    silent,
  )
  writeStun(lines)
  for (const [key, name] of [
    ['domain', 'XMPP_DOMAIN'],
    ['muc', 'XMPP_MUC_DOMAIN'],
  ] as const)
    lines.value(name, PLACEHOLDER, (host) => `config.hosts.${key} = "${host}";`)
  const auth = isOne(environment, 'ENABLE_AUTH')
  lines.value(
    'XMPP_GUEST_DOMAIN',
    PLACEHOLDER,
    anonymousDomain,
    all(auth, isOne(environment, 'ENABLE_GUESTS')),
  )
  lines.value('XMPP_DOMAIN', PLACEHOLDER, (host) => `config.hosts.authdomain = "${host}";`, auth)
  const recording = isOne(environment, 'ENABLE_RECORDING', 'true')
  const place = lines.origin('ENABLE_RECORDING')
  for (const line of ['config.fileRecordingsEnabled = true;', 'config.liveStreamingEnabled = true;'])
    lines.fixed(line, lines.since(RECORDING_SINCE, recording), place)
  writePad(lines)
  const transcripts = isOne(environment, 'ENABLE_TRANSCRIPTIONS', 'true')
  const written = lines.since(TRANSCRIPTS_SINCE, transcripts)
  lines.fixed('config.transcribingEnabled = true;', written, lines.origin('ENABLE_TRANSCRIPTIONS'))
}

function anonymousDomain(host: string): string {
  return `config.hosts.anonymousdomain = "${host}";`
}

function writeStun(lines: Lines): void {
  const list = (servers: readonly string[]): string =>
    `config.p2p.stunServers = [${servers.map((server) => `{ urls: "${stunAddress(server)}" }`).join(', ')}];`
  // Which of the two the images of April 2020 carried is not known.
  if (lines.until(GOOGLE_UNTIL) === true) lines.fixed(list(GOOGLE))
  else if (lines.since(OWN_SINCE) === true) lines.fixed(list(OWN))
  else lines.fixed(`config.p2p.stunServers = ${PLACEHOLDER};`)
}

function writePad(lines: Lines): void {
  const { environment } = lines
  const inner = lines.since(ETHERPAD_SINCE, environment.isSet('ETHERPAD_URL_BASE'))
  lines.fixed("config.etherpad_base = '/etherpad/p/';", inner, lines.origin('ETHERPAD_URL_BASE'))
  lines.value(
    'ETHERPAD_PUBLIC_URL',
    undefined,
    (url) => `config.etherpad_base = "${url}/p/";`,
    lines.since(ETHERPAD_PUBLIC_SINCE),
  )
}

/** The script compares numbers (`-eq 1`), and for some variables the word, too. */
function isOne(environment: ImageEnvironment, name: string, word?: string): Truth {
  const set = environment.isSet(name)
  if (set !== true) return set
  const { value } = environment.read(name, '')
  return value === undefined ? undefined : Number(value) === 1 || (word !== undefined && value === word)
}
