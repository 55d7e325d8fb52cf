// `runde organiser link`: prints a one-time link to sign in, or to set the installation up if nobody has yet.
import { randomBytes } from 'node:crypto'
import { asEpochMillis } from '@runde/contract'
import { loadConfig } from '../config/load.ts'
import { openStore } from '../data-folder.ts'
import { makeSetUpLink, makeSignInLink, type LinkMaker } from '../one-time-links.ts'
import { readFlags, type Command } from './command.ts'

export const organiserLink: Command = async (args, context) => {
  readFlags(args, {})
  const { config } = loadConfig(context.env)
  const store = await openStore(config.dataFolder)
  try {
    const maker: LinkMaker = {
      store,
      publicUrl: config.publicUrl,
      now: asEpochMillis(Date.now()),
      random: randomBytes,
    }
    const link = (await makeSignInLink(maker)) ?? (await makeSetUpLink(maker))
    if (link === undefined) throw new Error('there is neither an organiser nor room for one')
    context.print(link.reveal())
  } finally {
    await store.close()
  }
}
