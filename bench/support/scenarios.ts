// The loads of the comparison, with what each is for.

/** Who takes part in a load. */
export type Kind = 'native' | 'typescript' | 'livekit' | 'ruler-gcm' | 'ruler-gso' | 'ruler-copy'

export interface Scenario {
  readonly name: string
  /** Flags of bench/load/main.ts. */
  readonly flags: readonly string[]
  readonly kinds: readonly Kind[]
  /** media: packets are what is looked at; joins: only what a join costs; memory: what a participant keeps. */
  readonly looksAt: 'media' | 'joins' | 'memory'
  /** Packets a second that leave the server, for the plots of the sweep. */
  readonly sweep?: number
  /** Whether it is run through the namespaces, too. */
  readonly inNamespace?: true
}

const SERVERS = ['native', 'typescript', 'livekit'] as const
/** 48,000 packets/s are more than the TypeScript sender's core can do. */
const FAST = ['native', 'livekit'] as const

/** One video of 30 frames a second with 8 packets each: 240 packets/s for every viewer. */
function viewers(count: number, packetsPerSecond: number, kinds: readonly Kind[]): Scenario {
  return {
    name: `1 video to ${count}`,
    flags: ['--videos', '1', '--subscribers', String(count)],
    kinds,
    looksAt: 'media',
    sweep: packetsPerSecond,
  }
}

export const SCENARIOS: readonly Scenario[] = [
  viewers(50, 12_000, [...SERVERS, 'ruler-gcm', 'ruler-gso', 'ruler-copy']),
  viewers(100, 24_000, [...SERVERS, 'ruler-gcm']),
  { ...viewers(200, 48_000, [...FAST, 'ruler-gcm', 'ruler-gso']), inNamespace: true },
  viewers(375, 90_000, [...FAST, 'ruler-gcm', 'ruler-gso']),
  {
    name: '8 video and 3 audio to 10',
    flags: ['--videos', '8', '--audios', '3', '--fps', '25', '--packets', '4', '--subscribers', '10'],
    kinds: SERVERS,
    looksAt: 'media',
  },
  {
    name: '8 x 8, video and audio',
    flags: ['--members', '8', '--fps', '25', '--packets', '4'],
    kinds: SERVERS,
    looksAt: 'media',
  },
  {
    name: '3 audio to 30',
    flags: ['--audios', '3', '--subscribers', '30'],
    kinds: [...SERVERS, 'ruler-gcm'],
    looksAt: 'media',
  },
  {
    name: '3 audio to 100',
    flags: ['--audios', '3', '--subscribers', '100'],
    kinds: [...FAST, 'ruler-gcm'],
    looksAt: 'media',
  },
  {
    name: '50 joins',
    flags: ['--subscribers', '50', '--seconds', '1', '--warm', '1', '--gap', '50'],
    kinds: SERVERS,
    looksAt: 'joins',
  },
  {
    name: '150 idle participants',
    flags: ['--subscribers', '150', '--seconds', '1', '--warm', '4'],
    kinds: SERVERS,
    looksAt: 'memory',
  },
  {
    name: '150 viewers of 1 video',
    flags: ['--videos', '1', '--subscribers', '150', '--seconds', '1', '--warm', '5'],
    kinds: SERVERS,
    looksAt: 'memory',
  },
]
