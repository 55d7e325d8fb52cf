// Chooses the language for people at the terminal.
import type { Bilingual } from '@runde/contract'

export type Language = keyof Bilingual

/** German if the environment asks for it (POSIX: LC_ALL before LC_MESSAGES before LANG), English otherwise. */
export function terminalLanguage(env: Readonly<Record<string, string | undefined>>): Language {
  const wanted = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find(
    (value) => value !== undefined && value !== '',
  )
  return wanted?.toLowerCase().startsWith('de') === true ? 'de' : 'en'
}
