// Reads INIT parameters, seals what they said into a state cookie and decides what a returned cookie means
// (RFC 9260, 5.1 to 5.2.4; extensions: RFC 5061 4.2.7, RFC 3758 3.1).
import { createHmac, timingSafeEqual } from 'node:crypto'
import { ChunkType, encodeInit, type InitChunk } from './chunks.ts'
import { COOKIE_LIFE_MS, MAX_REPORTED_BYTES, MAX_STREAMS, RECEIVE_BUFFER_BYTES } from './limits.ts'
import { viewOf } from './packet.ts'
import { concatBytes, decodeParameters, encodeParameter, ParameterType } from './parameters.ts'

/** Our own half of an association: verification tag and first TSN, wire values. */
export interface LocalIdentity {
  readonly tag: number
  readonly initialTsn: number
}

/** The peer's half, as its INIT or INIT-ACK said. */
export interface PeerIdentity extends LocalIdentity {
  readonly window: number
  readonly outboundStreams: number
  readonly inboundStreams: number
  readonly forwardTsn: boolean
  readonly reconfig: boolean
}

/** What an INIT or INIT-ACK carried; `cookie` only in the latter, `unrecognized` are parameters to report. */
export interface InitContent {
  readonly peer: PeerIdentity
  readonly cookie: Uint8Array | undefined
  readonly unrecognized: readonly Uint8Array[]
}

/** Two tags that name an existing association (RFC 9260, 5.2.2, Tie-Tags); zero when there was none. */
export interface TieTags {
  readonly local: number
  readonly peer: number
}

export interface CookieContent {
  readonly madeAt: number
  readonly local: LocalIdentity
  readonly peer: PeerIdentity
  readonly tie: TieTags
}

/** IPv4, IPv6, cookie preservative, host name, address types: known, and without meaning below DTLS. */
const IGNORED_PARAMETERS: ReadonlySet<number> = new Set([5, 6, 9, 11, 12])
/** Parameters reported back from one INIT: enough for a diagnosis. */
const MAX_REPORTED_PARAMETERS = 4

/** Reads the parameters of INIT or INIT-ACK, treating unknown ones by their two high bits (RFC 9260, 3.2.1). */
export function readInit(init: InitChunk): InitContent | undefined {
  const parameters = decodeParameters(init.parameters)
  if (!parameters) return undefined
  let forwardTsn = false
  let reconfig = false
  let cookie: Uint8Array | undefined
  const unrecognized: Uint8Array[] = []
  for (const { type, value, raw } of parameters) {
    if (type === ParameterType.forwardTsnSupported) forwardTsn = true
    else if (type === ParameterType.supportedExtensions) {
      forwardTsn ||= value.includes(ChunkType.forwardTsn)
      reconfig ||= value.includes(ChunkType.reconfig)
    } else if (type === ParameterType.stateCookie) cookie = value
    else if (type !== ParameterType.unrecognized && !IGNORED_PARAMETERS.has(type)) {
      const isReportable = (type & 0x4000) !== 0 && raw.length <= MAX_REPORTED_BYTES
      if (isReportable && unrecognized.length < MAX_REPORTED_PARAMETERS) unrecognized.push(raw)
      if ((type & 0x8000) === 0) break
    }
  }
  const { tag, window, outboundStreams, inboundStreams, initialTsn } = init
  const peer = { tag, window, outboundStreams, inboundStreams, initialTsn, forwardTsn, reconfig }
  return { peer, cookie, unrecognized }
}

/** Our INIT, or our INIT-ACK with `cookie` and the parameters we did not know. */
export function encodeOurInit(
  local: LocalIdentity,
  cookie: Uint8Array | undefined,
  unrecognized: readonly Uint8Array[],
): Uint8Array {
  const parameters = [
    encodeParameter(ParameterType.forwardTsnSupported, new Uint8Array(0)),
    encodeParameter(
      ParameterType.supportedExtensions,
      Uint8Array.of(ChunkType.forwardTsn, ChunkType.reconfig),
    ),
    ...unrecognized.map((raw) => encodeParameter(ParameterType.unrecognized, raw)),
  ]
  if (cookie) parameters.unshift(encodeParameter(ParameterType.stateCookie, cookie))
  return encodeInit(cookie ? ChunkType.initAck : ChunkType.init, {
    tag: local.tag,
    window: RECEIVE_BUFFER_BYTES,
    outboundStreams: MAX_STREAMS,
    inboundStreams: MAX_STREAMS,
    initialTsn: local.initialTsn,
    parameters: concatBytes(parameters),
  })
}

const MAC_BYTES = 16
const COOKIE_BODY_BYTES = 41
const FLAG_FORWARD_TSN = 1
const FLAG_RECONFIG = 2

/** A cookie that carries everything needed to start the association, with an HMAC under `secret`. */
export function sealCookie(secret: Uint8Array, content: CookieContent): Uint8Array {
  const body = new Uint8Array(COOKIE_BODY_BYTES)
  const view = viewOf(body)
  const { peer, local, tie } = content
  view.setFloat64(0, content.madeAt)
  view.setUint32(8, local.tag)
  view.setUint32(12, local.initialTsn)
  view.setUint32(16, peer.tag)
  view.setUint32(20, peer.initialTsn)
  view.setUint32(24, peer.window)
  view.setUint16(28, peer.outboundStreams)
  view.setUint16(30, peer.inboundStreams)
  view.setUint8(32, (peer.forwardTsn ? FLAG_FORWARD_TSN : 0) | (peer.reconfig ? FLAG_RECONFIG : 0))
  view.setUint32(33, tie.local)
  view.setUint32(37, tie.peer)
  return concatBytes([macOf(secret, body), body])
}

/** What we sealed into a cookie, or undefined when it is not ours. Its age is the caller's matter. */
export function openCookie(secret: Uint8Array, cookie: Uint8Array): CookieContent | undefined {
  if (cookie.length !== MAC_BYTES + COOKIE_BODY_BYTES) return undefined
  const body = cookie.subarray(MAC_BYTES)
  if (!timingSafeEqual(macOf(secret, body), cookie.subarray(0, MAC_BYTES))) return undefined
  const view = viewOf(body)
  const flags = view.getUint8(32)
  return {
    madeAt: view.getFloat64(0),
    local: { tag: view.getUint32(8), initialTsn: view.getUint32(12) },
    peer: {
      tag: view.getUint32(16),
      initialTsn: view.getUint32(20),
      window: view.getUint32(24),
      outboundStreams: view.getUint16(28),
      inboundStreams: view.getUint16(30),
      forwardTsn: (flags & FLAG_FORWARD_TSN) !== 0,
      reconfig: (flags & FLAG_RECONFIG) !== 0,
    },
    tie: { local: view.getUint32(33), peer: view.getUint32(37) },
  }
}

function macOf(secret: Uint8Array, body: Uint8Array): Uint8Array {
  return createHmac('sha256', secret).update(body).digest().subarray(0, MAC_BYTES)
}

/**
 * What to do with a valid cookie (RFC 9260, 5.2.4, table 12). `current` is our tag and the peer's as known now (0: unknown).
 * establish: take everything from the cookie; confirm: nothing new, answer again; restart: the peer began anew.
 */
export function judgeCookie(
  cookie: CookieContent,
  current: TieTags,
  now: number,
): 'establish' | 'confirm' | 'restart' | 'stale' | 'discard' {
  const sameLocal = cookie.local.tag === current.local
  const samePeer = cookie.peer.tag === current.peer
  if (sameLocal && samePeer) return 'confirm'
  if (now - cookie.madeAt > COOKIE_LIFE_MS) return 'stale'
  if (sameLocal) return 'establish'
  const isRestart = !samePeer && cookie.tie.local === current.local && cookie.tie.peer === current.peer
  return isRestart ? 'restart' : 'discard'
}
