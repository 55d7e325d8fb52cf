// The canary: somebody with an unmistakable name and address uses the server; afterwards neither may be found anywhere.
import { createSocket } from 'node:dgram'
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import { addMeeting } from '../meetings.ts'
import type { Outcome, Probe, ProbeTarget } from './probe.ts'
import { needle, type Needle, searchLines } from './search.ts'
import { searchApart } from './search-apart.ts'

/** Time for lines and rows that are written after the answer, ms. */
const SETTLE_MS = 500

/** A local server answers within milliseconds. */
const ANSWER_TIMEOUT_MS = 5_000

interface Canary {
  readonly name: string
  /** Address of this machine from which it comes: any of 127.0.0.0/8 is one's own on Linux. */
  readonly from: string
  /** Addresses it claims to come from, as a proxy would pass them on (RFC 5737 and RFC 3849: in nobody's use). */
  readonly claimed: readonly string[]
}

/** Joins as a canary and searches data folder, further paths and this process's log. */
export const canaryProbe: Probe = {
  id: 'probe.canary',
  async run(target) {
    const canary = newCanary(target)
    const meeting = await addMeeting(target.store, target.random, {
      organiserId: null,
      title: 'Probe',
      createdAt: target.now(),
    })
    if (meeting === undefined)
      return notMeasured(
        'Es gibt zu viele Besprechungen für einen Prüflauf.',
        'There are too many meetings for a probe.',
      )
    const lines = target.tap.listen()
    try {
      const joined = await visit(target, canary, meeting.id)
      if (!joined) return notMeasured('Der Prüfgast konnte nicht beitreten.', 'The canary could not join.')
      await wait(SETTLE_MS)
      return await judge(target, needlesOf(canary), lines())
    } finally {
      lines()
      // Made for the probe, gone with it; the column of its organiser is empty, so nobody else can delete it.
      await target.store.meetings.discard(meeting.id)
      await target.media.deleteRoom(meeting.id).catch(() => undefined)
    }
  },
}

async function judge(
  target: ProbeTarget,
  needles: readonly Needle[],
  lines: readonly string[],
): Promise<Outcome> {
  const { hits, unreadable } = await searchApart([target.dataFolder, ...target.searchPaths], needles)
  if (unreadable.length > 0)
    return notMeasured(
      `Diese Orte ließen sich nicht durchsuchen: ${unreadable.join(', ')}`,
      `These places could not be searched: ${unreadable.join(', ')}`,
    )
  const all = [...hits, ...searchLines(lines, needles)]
  const found = [...new Set(all.map((hit) => `${hit.place} (${hit.needle})`))]
  return { measured: true, value: all.length, passed: all.length === 0, found }
}

function newCanary({ random }: ProbeTarget): Canary {
  const [a = 0, b = 0, c = 0] = random(3)
  const letters = [...random(12)].map((byte) => String.fromCodePoint(97 + (byte % 26))).join('')
  return {
    name: `Canary ${letters}`,
    // Neither 0 nor 255 at the end, and never 127.0.0.x, which a machine may use for itself.
    from: `127.${64 + (a % 128)}.${b}.${1 + (c % 254)}`,
    claimed: [
      `203.0.113.${1 + (a % 254)}`,
      `2001:db8::${letters.charCodeAt(0).toString(16)}:${b.toString(16)}:${c.toString(16)}`,
    ],
  }
}

function needlesOf({ name, from, claimed }: Canary): Needle[] {
  const bare = name.replace(' ', '')
  return [
    needle(
      'name',
      name,
      encodeURIComponent(name),
      name.replace(' ', '+'),
      bare,
      Buffer.from(name).toString('base64').replaceAll('=', ''),
    ),
    needle('address', from, hexOf(from)),
    ...claimed.map((address) => needle('forwarded address', address)),
  ]
}

/** The address as eight hexadecimal digits, as some logs and hashes' inputs write it. */
function hexOf(address: string): string {
  return address
    .split('.')
    .map((part) => Number(part).toString(16).padStart(2, '0'))
    .join('')
}

/** Looks around, joins, mistypes, and knocks at the media port. True if the join was granted. */
async function visit(target: ProbeTarget, canary: Canary, id: string): Promise<boolean> {
  const headers = {
    'x-forwarded-for': canary.claimed.join(', '),
    forwarded: `for=${canary.claimed[0] ?? ''}`,
    'user-agent': canary.name,
  }
  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    send(target, canary.from, { method, path, headers, ...(body === undefined ? {} : { body }) })
  await call('GET', `/${id}?name=${encodeURIComponent(canary.name)}`)
  await call('GET', `/api/meetings/${id}/public`)
  const joined = await call('POST', `/api/meetings/${id}/join`, { name: canary.name })
  await call('POST', `/api/meetings/${id}/join`, { name: 42, note: canary.name })
  await call('POST', '/api/setup', { token: canary.name, name: canary.name })
  await call('GET', `/rtc/v1/validate?access_token=${encodeURIComponent(canary.name)}`)
  await call('GET', `/${encodeURIComponent(canary.name)}`)
  for (let worker = 0; worker < target.workers; worker++) await knock(target.udpPort + worker, canary)
  return joined.status === 200
}

interface Answer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
}

/** One request to the own port, from an address of this machine. */
export function send(
  target: Pick<ProbeTarget, 'port' | 'tls'>,
  localAddress: string | undefined,
  {
    method,
    path,
    headers,
    body,
  }: { method: string; path: string; headers?: Record<string, string>; body?: unknown },
): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>()
  const text = body === undefined ? undefined : JSON.stringify(body)
  const make = target.tls ? httpsRequest : httpRequest
  const outgoing = make(
    {
      host: '127.0.0.1',
      port: target.port,
      method,
      path,
      headers: { ...headers, ...(text === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(localAddress === undefined ? {} : { localAddress }),
      timeout: ANSWER_TIMEOUT_MS,
      // The certificate names the public host, not this address.
      ...(target.tls ? { rejectUnauthorized: false } : {}),
    },
    (answer) => {
      answer.resume()
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers }))
      answer.on('error', reject)
    },
  )
  outgoing.on('timeout', () => outgoing.destroy(new Error('no answer')))
  outgoing.on('error', reject)
  outgoing.end(text)
  return promise
}

/** A datagram that begins like STUN and holds the name. */
async function knock(port: number, { name, from }: Canary): Promise<void> {
  const socket = createSocket('udp4')
  try {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    socket.on('error', reject)
    socket.bind(0, from, () => {
      const packet = Buffer.concat([
        Buffer.from('000100002112a442', 'hex'),
        Buffer.from(name.padEnd(12).slice(0, 12)),
      ])
      socket.send(packet, port, '127.0.0.1', (error) => (error === null ? resolve() : reject(error)))
    })
    await promise
  } finally {
    socket.close()
  }
}

function notMeasured(de: string, en: string): Outcome {
  return { measured: false, reason: { de, en } }
}
