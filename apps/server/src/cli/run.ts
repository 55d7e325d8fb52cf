// Chooses the command, and turns every expected failure into one sentence and exit code 1.
import type { ServerParts } from '../start-server.ts'
import { terminalLanguage } from '../language.ts'
import { nearestName } from '../config/nearest.ts'
import { StartFailure, explainStartFailure } from '../start-failures.ts'
import { VERSION } from '../version.ts'
import { readFlags, type Command } from './command.ts'
import { HELP } from './help.ts'

const start: Command = async (args, context) => {
  readFlags(args, {})
  const { runServer } = await import('../main.ts')
  await runServer(await context.loadParts())
}

const help: Command = (_args, context) => {
  context.print(HELP[terminalLanguage(context.env)])
  return Promise.resolve()
}

const version: Command = (_args, context) => {
  context.print(VERSION)
  return Promise.resolve()
}

/** Each command loads what it needs when it is chosen: the media server's code alone takes a quarter of a second. */
const COMMANDS: Readonly<Record<string, Command>> = {
  start,
  token: async (args, context) => (await import('./token.ts')).token(args, context),
  'meeting create': async (args, context) => (await import('./meeting.ts')).createMeeting(args, context),
  'audit-jitsi': async (args, context) => (await import('./audit-jitsi.ts')).auditJitsi(args, context),
  prove: async (args, context) => (await import('./prove.ts')).prove(args, context),
  dossier: async (args, context) => (await import('./dossier.ts')).writeDossier(args, context),
  debug: async (args, context) => (await import('./debug.ts')).debug(args, context),
  backup: async (args, context) => (await import('./backup.ts')).backup(args, context),
  restore: async (args, context) => (await import('./backup.ts')).restore(args, context),
  surroundings: async (args, context) => (await import('./surroundings.ts')).surroundings(args, context),
  'organiser link': async (args, context) => (await import('./organiser.ts')).organiserLink(args, context),
  '--help': help,
  '-h': help,
  help,
  '--version': version,
}

/** A misspelt command gets a suggestion up to this many letters away. */
const SUGGESTION_LIMIT = 3

/**
 * Runs one command line.
 * @param argv the words after `runde`
 * @param loadParts loads the media server, for `start`
 */
export async function runCli(argv: readonly string[], loadParts: () => Promise<ServerParts>): Promise<void> {
  try {
    const { command, args } = chooseCommand(argv)
    await command(args, {
      env: process.env,
      print: (line) => process.stdout.write(`${line}\n`),
      loadParts,
    })
  } catch (error) {
    process.exitCode = 1
    const kind = error instanceof StartFailure ? error.kind : ({ code: 'internal' } as const)
    // A bug is shown with its place, so that it can be reported; an expected failure with its sentence only.
    if (!(error instanceof StartFailure) && error instanceof Error)
      process.stderr.write(`${error.stack ?? error.name}\n`)
    process.stderr.write(`${explainStartFailure(kind)[terminalLanguage(process.env)]}\n`)
  }
}

function chooseCommand(argv: readonly string[]): { command: Command; args: readonly string[] } {
  for (const words of [2, 1]) {
    const command = COMMANDS[argv.slice(0, words).join(' ')]
    if (command !== undefined && argv.length >= words) return { command, args: argv.slice(words) }
  }
  if (argv.length === 0) return { command: help, args: [] }
  const given = argv
    .filter((word) => !word.startsWith('-'))
    .slice(0, 2)
    .join(' ')
  const suggestion = nearestName(given, Object.keys(COMMANDS), SUGGESTION_LIMIT)
  throw new StartFailure({
    code: 'usage',
    text: {
      de: `Diesen Befehl gibt es nicht. ${suggestion === undefined ? '' : `Meinten Sie runde ${suggestion}? `}Alle Befehle zeigt runde --help.`,
      en: `There is no such command. ${suggestion === undefined ? '' : `Did you mean runde ${suggestion}? `}See runde --help for all commands.`,
    },
  })
}
