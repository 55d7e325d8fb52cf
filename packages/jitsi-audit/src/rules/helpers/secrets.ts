// Judges passwords and keys without ever giving one back.

/** What is wrong with a secret. `strong` says only that it is long and no known sample. */
type SecretStrength = 'empty' | 'sample' | 'short' | 'strong'

/** Service passwords shorter than this can be tried out; the generators of Jitsi's own packages write 16 and more (8 in the bridge's of Debian). */
const PASSWORD_MIN = 16

/** RFC 7518, 3.2: a key for HS256 has at least 256 bits. */
export const HMAC_KEY_MIN = 32

/** Words from documentation and example files, and what people type instead of a password. */
const SAMPLES: readonly RegExp[] = [
  /^(?:pass(?:w(?:or|0r)?d)?|passw0rd|changeme|change_me|secret|s3cr3?[et37]+|geheim|passwort|admin|root|test|jitsi|meet|example|sample|default|none|null|todo|foobar|qwert[yz]|letmein)\d*!?$/i,
  /^(?:my|your|mein|dein|ihr)[-_ ]?.{0,40}(?:secret|password|passwort|key|token)s?$/i,
  /^(?:change|replace|insert|enter)[-_ ]?(?:me|this|your|my|it|here).{0,40}$|^(?:put|set|add|use|change|replace|insert|enter)[-_ ].{0,40}$/i,
  /^[<[{%].{0,80}[>\]}%]$|<<.{0,60}>>/,
  /^(?:x{3,80}|\*{3,80}|\.{3,80}|1?23456\d{0,10}|0{3,80}|abc\d{0,10})$/i,
  /(?:app_?secret|_password|_secret)_?(?:here|example|sample)?$/i,
  /^(?:verystrong|supersecret|topsecret|supergeheim|notsosecret|strongpassword|secretpassword|focuspassword|jvbpassword|turnpassword|turnsecret)\w{0,12}$|^(?:north|logen)$/i,
]

/** Judges one secret; `shortest` in characters. */
export function secretStrength(secret: string, shortest: number = PASSWORD_MIN): SecretStrength {
  const bare = secret.trim()
  if (bare === '') return 'empty'
  if (bare.length <= 100 && SAMPLES.some((sample) => sample.test(bare))) return 'sample'
  if (new Set(bare).size <= 2) return 'sample'
  return bare.length < shortest ? 'short' : 'strong'
}

/** Texts that ask whoever installs the set to put something of their own in. */
const TO_FILL =
  /<<.{0,60}>>|^[<[{].{0,80}[>\]}]$|(?:update|replace|change|fill|insert|enter)[-_ ]?(?:this|me|in|it|here|your)\b|^your[-_ ]?(?:secret|password|key)/i

/** Whether the text is a gap to be filled, not a password; of files in use nobody can say that. */
export function isToFill(secret: string): boolean {
  return secret.length <= 200 && TO_FILL.test(secret.trim())
}

/** Whether a key or variable of this name holds a secret; names of files, users and lifetimes do not. */
export function isSecretName(name: string): boolean {
  return (
    /(?:pass(?:word|wd)?|secret|credentials?|bindpw|api_?key|private_?key|auth_?token)s?$/i.test(name) &&
    !/(?:_file|path|enable|disable|require|lifetime|ttl)/i.test(name)
  )
}
