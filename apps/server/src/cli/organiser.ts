// `runde organiser link`: prints a one-time link to sign in (with `--name` for that account), or to set the installation up if nobody has yet.
import { randomBytes } from 'node:crypto'
import { asEpochMillis } from '@runde/contract'
import { loadConfig } from '../config/load.ts'
import { openStore } from '../data-folder.ts'
import { StartFailure } from '../start-failures.ts'
import { makeSetUpLink, makeSignInLink, type LinkMaker } from '../one-time-links.ts'
import { readFlags, type Command } from './command.ts'

/** The name is not repeated: what is printed may be kept in a terminal's history. */
const NO_SUCH_ACCOUNT = {
  de: 'Ein Konto mit diesem Namen gibt es nicht. Die Namen stehen im Browser unter „Personen“.',
  en: 'There is no account with this name. The names are in the browser under "People".',
}

export const organiserLink: Command = async (args, context) => {
  const name = readFlags(args, { name: { type: 'string' } }).text('name')
  const { config } = loadConfig(context.env)
  const store = await openStore(config.dataFolder)
  try {
    const maker: LinkMaker = {
      store,
      publicUrl: config.publicUrl,
      now: asEpochMillis(Date.now()),
      random: randomBytes,
    }
    const link = (await makeSignInLink(maker, name)) ?? (await makeSetUpLink(maker))
    if (link === undefined) throw new StartFailure({ code: 'usage', text: NO_SUCH_ACCOUNT })
    context.print(link.reveal())
  } finally {
    await store.close()
  }
}
