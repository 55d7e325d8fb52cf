// The two ways in which Docker's images read a switch: templates by toBool, scripts by a number.

/** Go's strconv.ParseBool. */
const TRUE = new Set(['1', 't', 'T', 'TRUE', 'true', 'True'])
const FALSE = new Set(['0', 'f', 'F', 'FALSE', 'false', 'False'])

/**
 * The program that renders the templates, by release of docker-jitsi-meet: `frep` up to stable-6865, `tpl-1.0` (tpl 1.0 and 1.1)
 * from stable-7001 (2022-03-11), `tpl` (1.2 and later) from stable-9584 (2024-07-02) on.
 */
export type TemplateProgram = 'frep' | 'tpl-1.0' | 'tpl'

/**
 * What `| toBool` makes of a variable. Go's boolean words mean the same to all; tpl takes quotes away first. Of any other text frep
 * makes false, tpl makes true unless it is empty (`no` and `off` are true!), and tpl 1.0 stops with an error: undefined.
 */
export function templateBool(text: string, program: TemplateProgram = 'tpl'): boolean | undefined {
  const word = program === 'frep' ? text : text.replaceAll(/["']/g, '')
  if (TRUE.has(word)) return true
  if (FALSE.has(word)) return false
  if (program === 'tpl-1.0') return undefined
  return program === 'tpl' && word.length > 0
}

/** What `[[ $X -eq 1 ]]` makes of it in the images' scripts: only the number 1; words are variables to the shell, unset ones 0. */
export function shellBool(text: string): boolean {
  const word = text.trim()
  if (!/^[+-]?(?:0[xX][\da-fA-F]+|\d+)$/.test(word)) return false
  const sign = word.startsWith('-') ? -1 : 1
  const digits = word.replace(/^[+-]/, '')
  const octal = /^0\d+$/.test(digits)
  return sign * (octal ? Number.parseInt(digits, 8) : Number(digits)) === 1
}
