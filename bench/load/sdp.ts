// Writes a client's offers for a single connection, and reads what the transport needs out of the answer (RFC 8866, RFC 8829).

/** One media section that a client offers. */
export interface Section {
  readonly kind: 'audio' | 'video'
  /** What is sent in it; without, it is there to receive. */
  readonly sends?: { readonly trackId: string; readonly ssrc: number }
}

/** A client's own side. */
export interface OwnTransport {
  readonly address: string
  readonly port: number
  readonly ufrag: string
  readonly password: string
  readonly fingerprint: Uint8Array
}

/** The server's side of the transport. */
export interface RemoteTransport {
  readonly ufrag: string
  readonly password: string
  readonly fingerprint: Uint8Array
  /** The server begins the DTLS handshake. */
  readonly isActive: boolean
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly address: string
  readonly port: number
}

export const PAYLOAD_TYPES = { audio: 111, video: 96 } as const
const CODECS = {
  audio: ['a=rtpmap:111 opus/48000/2', 'a=fmtp:111 minptime=10;useinbandfec=1'],
  video: [
    'a=rtpmap:96 VP8/90000',
    'a=rtcp-fb:96 nack',
    'a=rtcp-fb:96 nack pli',
    'a=rtcp-fb:96 ccm fir',
    'a=rtcp-fb:96 goog-remb',
    'a=extmap:2 http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time',
  ],
} as const

/** An offer of all sections, data channels first. */
export function writeOffer(own: OwnTransport, sections: readonly Section[], version: number): string {
  const mids = ['0', ...sections.map((_, index) => String(index + 1))]
  const hex = Array.from(own.fingerprint, (byte) => byte.toString(16).padStart(2, '0').toUpperCase())
  const transport = [
    'c=IN IP4 0.0.0.0',
    `a=candidate:1 1 udp 2130706431 ${own.address} ${own.port} typ host`,
    'a=end-of-candidates',
    `a=ice-ufrag:${own.ufrag}`,
    `a=ice-pwd:${own.password}`,
    `a=fingerprint:sha-256 ${hex.join(':')}`,
    'a=setup:actpass',
  ]
  const lines = [
    'v=0',
    `o=- 4711 ${version} IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    `a=group:BUNDLE ${mids.join(' ')}`,
    'a=msid-semantic: WMS *',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    ...transport,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...sections.flatMap((section, index) => [...writeSection(section, transport), `a=mid:${index + 1}`]),
  ]
  return `${lines.join('\r\n')}\r\n`
}

function writeSection({ kind, sends }: Section, transport: readonly string[]): string[] {
  const direction = sends
    ? [
        'a=sendonly',
        `a=msid:stream-${sends.trackId} ${sends.trackId}`,
        `a=ssrc:${sends.ssrc} cname:${sends.trackId}`,
        `a=ssrc:${sends.ssrc} msid:stream-${sends.trackId} ${sends.trackId}`,
      ]
    : ['a=recvonly']
  return [
    `m=${kind} 9 UDP/TLS/RTP/SAVPF ${PAYLOAD_TYPES[kind]}`,
    ...transport,
    ...direction,
    'a=rtcp-mux',
    'a=rtcp-rsize',
    'a=extmap:1 urn:ietf:params:rtp-hdrext:sdes:mid',
    ...CODECS[kind],
  ]
}

/** Reads the answer's transport; undefined when something of it is missing. */
export function readAnswer(sdp: string): RemoteTransport | undefined {
  const value = (name: string): string | undefined => new RegExp(`^a=${name}:(.+?)\\r?$`, 'm').exec(sdp)?.[1]
  const [ufrag, password, setup] = ['ice-ufrag', 'ice-pwd', 'setup'].map(value)
  const fingerprint = /^sha-256 ([\dA-F:]+)$/i.exec(value('fingerprint') ?? '')?.[1]
  if (!ufrag || !password || !fingerprint) return undefined
  const candidates = sdp.split(/\r?\n/).flatMap(readCandidate)
  return {
    ufrag,
    password,
    fingerprint: Buffer.from(fingerprint.replaceAll(':', ''), 'hex'),
    isActive: setup === 'active',
    candidates: [...new Map(candidates.map((one) => [`${one.address} ${one.port}`, one])).values()],
  }
}

/** A UDP candidate for IPv4, otherwise nothing. */
export function readCandidate(line: string): Candidate[] {
  const found = /candidate:\S+ 1 udp \d+ (?<address>\d+\.\d+\.\d+\.\d+) (?<port>\d+) typ/i.exec(line)
  return found?.groups ? [{ address: found.groups['address'] ?? '', port: Number(found.groups['port']) }] : []
}
