// `runde token`: prints a LiveKit access token for the running server, for development and for bots.
import { asEpochMillis, hide } from '@runde/contract'
import type { VideoGrant } from '@runde/sfu'
import { loadConfig } from '../config/load.ts'
import { findKeyPair, openStore } from '../data-folder.ts'
import { StartFailure } from '../start-failures.ts'
import { mintAccessToken } from '../tokens.ts'
import { readFlags, required, type Command, type Flags } from './command.ts'
import { parseDuration } from './duration.ts'

/** A working day's worth: long enough for a test, too short to be forgotten for long. */
const DEFAULT_TTL = '6h'

const OPTIONS = {
  room: { type: 'string' },
  identity: { type: 'string' },
  name: { type: 'string' },
  ttl: { type: 'string' },
  'no-publish': { type: 'boolean' },
  'no-subscribe': { type: 'boolean' },
  'no-data': { type: 'boolean' },
  admin: { type: 'boolean' },
} as const

export const token: Command = async (args, context) => {
  const flags = readFlags(args, OPTIONS)
  const grant = grantFrom(flags)
  const identity = required(flags, 'identity')
  const ttlSeconds = ttlFrom(flags.text('ttl') ?? DEFAULT_TTL)
  const name = flags.text('name')
  const { config, secrets } = loadConfig(context.env)
  const now = asEpochMillis(Date.now())
  const store = await openStore(config.dataFolder)
  try {
    const pair = await findKeyPair(store, secrets, now)
    const made = mintAccessToken(
      pair,
      { identity, name: name === undefined ? undefined : hide(name), grant, ttlSeconds },
      now,
    )
    context.print(made.reveal())
  } finally {
    await store.close()
  }
}

function grantFrom(flags: Flags): VideoGrant {
  return {
    room: required(flags, 'room'),
    roomJoin: true,
    roomCreate: true,
    canPublish: !flags.flag('no-publish'),
    canSubscribe: !flags.flag('no-subscribe'),
    canPublishData: !flags.flag('no-data'),
    canUpdateOwnMetadata: true,
    ...(flags.flag('admin') ? { roomAdmin: true, roomList: true } : {}),
  }
}

function ttlFrom(text: string): number {
  const seconds = parseDuration(text)
  if (seconds !== undefined) return seconds
  throw new StartFailure({
    code: 'usage',
    text: {
      de: 'Die Angabe --ttl ist keine Dauer. Beispiele: 600, 90s, 10m, 6h, 2d.',
      en: 'The option --ttl is not a duration. Examples: 600, 90s, 10m, 6h, 2d.',
    },
  })
}
