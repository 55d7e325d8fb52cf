// Reads coturn's turnserver.conf (mainrelay.c: read_config_file, parse_arg_string, get_bool_value) and the same options on a command line.
import { LineIndex } from '../../core/origin.ts'
import type { Settings } from '../../core/settings.ts'
import type { Origin, ParseProblem, SourceFile } from '../../core/source.ts'
import type { Node, TextNode } from '../../core/value.ts'
import { FlatSettings } from '../common/flat-settings.ts'
import { maskTemplates, textNodeOfTemplate } from '../common/placeholder.ts'
import { problem, startOf, tooLarge, tooMuch } from '../common/problem.ts'

/** coturn's own example, all comments included, has 30,000 characters. */
const TURN_MAX_LENGTH = 200_000

const PROBLEMS_MAX = 100

/** Options that count each time they are given; of all others the last one wins. */
const REPEATED = new Set([
  'listening-ip',
  'relay-ip',
  'relay-device',
  'external-ip',
  'user',
  'static-auth-secret',
  'denied-peer-ip',
  'allowed-peer-ip',
  'aux-server',
  'alternate-server',
  'tls-alternate-server',
  'tcp-alternate-server',
  'udp-alternate-server',
])

/** Switches whose optional value says yes or no; `no-...` options are switches too. */
const SWITCHES = new Set([
  'lt-cred-mech',
  'use-auth-secret',
  'oauth',
  'verbose',
  'Verbose',
  'daemon',
  'fingerprint',
  'check-origin-consistency',
  'secure-stun',
  'stun-only',
  'dtls',
  'cli',
  'syslog',
  'simple-log',
  'new-log-timestamp',
  'log-binding',
  'allow-loopback-peers',
  'mobility',
  'web-admin',
  'server-relay',
  'prometheus',
  'prometheus-username-labels',
  'tlsv1',
  'tlsv1_1',
  'rfc5780',
  'stun-backward-compatibility',
  'software-attribute',
  'udp-self-balance',
])

/** Names of short options; the file knows only long ones. */
const SHORT: Readonly<Record<string, string>> = {
  a: 'lt-cred-mech',
  d: 'listening-device',
  f: 'fingerprint',
  i: 'relay-device',
  l: 'log-file',
  m: 'relay-threads',
  n: 'no-config',
  o: 'daemon',
  p: 'listening-port',
  q: 'user-quota',
  r: 'realm',
  s: 'max-bps',
  u: 'user',
  v: 'verbose',
  z: 'no-auth',
  E: 'relay-ip',
  L: 'listening-ip',
  Q: 'total-quota',
  S: 'stun-only',
  V: 'Verbose',
  X: 'external-ip',
}

/** Key to text, or to a list of texts where a repeatable option is given several times; switches are flags. */
export function readTurnserver(file: SourceFile): Settings {
  const settings = new FlatSettings()
  const problems: ParseProblem[] = []
  if (file.text.length > TURN_MAX_LENGTH)
    return settings.finish('fragment', [file.path], startOf(file.path), [tooLarge(file.path)])
  const lines = new LineIndex(file.path, file.text)
  const masked = maskTemplates(file.text)
  let start = 0
  for (const line of masked.text.split('\n')) {
    const one = readLine(line, start, lines)
    start += line.length + 1
    if (one === undefined) continue
    if (one.problem !== undefined && problems.length < PROBLEMS_MAX) problems.push(one.problem)
    if (!settings.hasRoom) {
      problems.push(tooMuch('too-many', one.origin))
      break
    }
    if (one.node !== undefined) store(settings, one.key, one.node, one.origin)
  }
  const whole = masked.conditional.length === 0 && settings.hasRoom
  return settings.finish(whole ? 'complete' : 'fragment', [file.path], startOf(file.path), problems)
}

function store(settings: FlatSettings, key: string, node: Node, origin: Origin): void {
  if (REPEATED.has(key)) settings.append(key, node, origin)
  else settings.set(key, node, origin)
}

interface Option {
  readonly key: string
  readonly node?: Node
  readonly origin: Origin
  readonly problem?: ParseProblem
}

/** One line: blank, comment, `name`, `name=value` or `name value`. */
function readLine(line: string, start: number, lines: LineIndex): Option | undefined {
  const content = line.trim()
  if (content === '' || content.startsWith('#')) return undefined
  const from = start + line.indexOf(content)
  const origin = lines.origin(from, from + content.length)
  if (content.startsWith('-')) return { key: content, origin, problem: noSuchOption(origin) }
  const end = content.search(/[ =\t]/)
  const key = end === -1 ? content : content.slice(0, end)
  const written = end === -1 ? '' : content.slice(end).replace(/^[ =\t]+/, '')
  const note = written.search(/(?:^|\s)#/)
  const value = unquoted(note === -1 ? written : written.slice(0, note).trimEnd())
  const at = from + content.length - written.length
  const node = valueOf(key, value, value === '' ? origin : lines.origin(at, at + written.length))
  return note === -1 ? { key, node, origin } : { key, node, origin, problem: noComment(origin) }
}

function unquoted(value: string): string {
  return value.startsWith('"') ? value.slice(1).replace(/"$/, '') : value
}

function valueOf(key: string, value: string, origin: Origin): Node {
  if (value === '') return { kind: 'flag', value: true, origin }
  if (!SWITCHES.has(key) && !key.startsWith('no-')) return textNodeOfTemplate(value, origin)
  const answer = turnBool(value)
  return answer === undefined ? textNodeOfTemplate(value, origin) : { kind: 'flag', value: answer, origin }
}

/** coturn's yes and no; undefined where coturn would refuse to start. */
function turnBool(value: string): boolean | undefined {
  if (/^[0nNfF]/.test(value) || /^(?:off|Off|OFF)$/.test(value)) return false
  return /^[yYtT1-9]/.test(value) || /^(?:on|On|ON)$/.test(value) ? true : undefined
}

/** The options of `turnserver` on a command line (a container's `command`): same keys as in the file. */
export function readTurnserverArguments(words: readonly TextNode[]): Settings {
  const settings = new FlatSettings()
  for (let index = 0; index < words.length && settings.hasRoom; index += 1) {
    const word = words[index]
    if (word === undefined || !word.value.startsWith('-')) continue
    const { key, value } = argument(word.value)
    const next = words[index + 1]
    const takesNext = value === '' && next !== undefined && !next.value.startsWith('-') && !SWITCHES.has(key)
    if (takesNext) index += 1
    store(settings, key, valueOf(key, takesNext ? next.value : value, word.origin), word.origin)
  }
  const [first] = words
  const origin = first?.origin ?? startOf('')
  return settings.finish(
    first === undefined ? 'absent' : 'complete',
    first === undefined ? [] : [origin.file],
    origin,
    [],
  )
}

function argument(word: string): { key: string; value: string } {
  if (!word.startsWith('--')) return { key: SHORT[word.charAt(1)] ?? word.charAt(1), value: word.slice(2) }
  const end = word.indexOf('=')
  return end === -1
    ? { key: word.slice(2), value: '' }
    : { key: word.slice(2, end), value: unquoted(word.slice(end + 1)) }
}

function noSuchOption(origin: Origin): ParseProblem {
  return problem(
    'syntax',
    origin,
    'In der Datei stehen die Namen ohne Striche davor; coturn übergeht diese Zeile.',
    'In the file names stand without dashes in front; coturn skips this line.',
  )
}

function noComment(origin: Origin): ParseProblem {
  return problem(
    'syntax',
    origin,
    'coturn kennt keine Bemerkung hinter einem Wert; sie gehört für coturn zum Wert.',
    'coturn knows no comment behind a value; to coturn it is part of the value.',
  )
}
