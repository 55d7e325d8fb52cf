// What all commands of the `runde` command line share: their arguments, and where their words go.
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import type { ServerParts } from '../start-server.ts'
import { StartFailure } from '../start-failures.ts'

export interface CommandContext {
  env: Readonly<Record<string, string | undefined>>
  /** Writes one line to standard output. */
  print(line: string): void
  /** Loaded only by the command that needs it: it is large. */
  loadParts(): Promise<ServerParts>
}

export type Command = (args: readonly string[], context: CommandContext) => Promise<void>

/** The options of a command by name; a text for `string`, true for `boolean`, undefined when left out. */
export interface Flags {
  text(name: string): string | undefined
  flag(name: string): boolean
}

/** @throws StartFailure for anything that is not among the options */
export function readFlags(args: readonly string[], options: ParseArgsOptionsConfig): Flags {
  let values: Record<string, unknown>
  try {
    ;({ values } = parseArgs({ args: [...args], options, strict: true, allowPositionals: false }))
  } catch (error) {
    const known = Object.keys(options)
      .map((name) => `--${name}`)
      .join(', ')
    throw new StartFailure(
      {
        code: 'usage',
        text: {
          de: `Diese Angaben versteht der Befehl nicht. Er kennt: ${known === '' ? 'keine Angaben' : known}. Mehr zeigt runde --help.`,
          en: `The command does not understand these arguments. It knows: ${known === '' ? 'no arguments' : known}. See runde --help.`,
        },
      },
      error,
    )
  }
  return {
    text(name) {
      const value = values[name]
      return typeof value === 'string' ? value : undefined
    },
    flag: (name) => values[name] === true,
  }
}

/** @throws StartFailure when the option was left out or is empty */
export function required(flags: Flags, name: string): string {
  const value = flags.text(name)
  if (value !== undefined && value.trim() !== '') return value
  throw new StartFailure({
    code: 'usage',
    text: {
      de: `Die Angabe --${name} fehlt. Beispiele zeigt runde --help.`,
      en: `The option --${name} is missing. See runde --help for examples.`,
    },
  })
}
