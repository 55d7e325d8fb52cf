// Says one sentence in the language of the terminal.

const german = (process.env['LC_ALL'] || process.env['LC_MESSAGES'] || process.env['LANG'] || '')
  .toLowerCase()
  .startsWith('de')

export function say(de: string, en: string): void {
  process.stdout.write(`${german ? de : en}\n`)
}
