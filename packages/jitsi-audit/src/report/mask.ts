// Takes secrets out of everything that is shown: by the name of the key, by the form of the text, and by values the parsers know.

/** What stands in place of a secret. */
export const MASK = '…'

/** Longer lines are cut before anything looks at them: minified files have lines of megabytes. */
const LINE_MAX_LENGTH = 400

/** Shorter values are words such as `token` or numbers; hiding every occurrence of them would hide the text. */
const KNOWN_MIN_LENGTH = 6

/** Values remembered for hiding; real sets have some dozens. */
const KNOWN_MAX = 2000

/** Names of settings whose values are secrets. */
const SECRET_NAME =
  /secret|passw(?:or)?d|passphrase|\bpwd\b|_pass\b|token(?!_)|credential|api_?-?key|app_?-?key|auth_?-?key|sdk_?-?key|access_?-?key|private_?-?key|_key\b|dsn\b|salt\b/i

/** `name = value`, `"name": value`, `name value` of properties files; the value up to the next blank, comma or quote. */
const ASSIGNMENT =
  /([\w.\-[\]'"]{1,80})(\s{0,8}(?:=>|[:=])\s{0,8})("(?:[^"\\]|\\.){0,300}"?|'(?:[^'\\]|\\.){0,300}'?|[^\s,;}#"']{1,300})/g

/** Values that say nothing secret: flags, small numbers, names of variables and templates. */
const HARMLESS =
  /^["']?(?:|true|false|null|none|nil|yes|no|on|off|\d{1,6}|\$\{?\w+(?::?-)?\}?|\{\{.*|\[\[.*|__\w+__|<[\w .-]+>|\[|\{|\(|function|async)["']?$/i

/** User name and password in an address. */
const USERINFO = /(\/\/)[^\s/@'"]{1,200}@/g

/** A command that takes a password as its third word. */
const REGISTER =
  /(prosodyctl\s{1,4}(?:--\S{1,60}\s{1,4}){0,4}register\s{1,4}\S{1,120}\s{1,4}\S{1,120}\s{1,4})\S{1,200}/g

/** coturn's static user: `user=name:password`. */
const TURN_USER = /^(\s{0,40}user\s{0,8}=\s{0,8}[^:\s]{1,100}:)\S{1,300}/

/** Three parts of a JSON web token, or a long run of letters and digits that nobody typed. */
const JWT = /\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]{0,})?/g
const RANDOM_RUN = /[A-Za-z0-9+]{24,}={0,2}/g

/** One line of a PEM block or of base64. */
const BASE64_LINE = /^\s*[A-Za-z0-9+/]{40,}={0,2}\s*$/

// oxlint-disable-next-line no-control-regex -- control characters are what is taken out
const CONTROL = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2066-\u2069\uFEFF]/g

/** Takes out what could steer a terminal or turn the direction of writing; tabs become two blanks. */
export function plain(text: string): string {
  return text.replaceAll('\t', '  ').replace(CONTROL, '')
}

/** True for the name of a setting that holds a secret. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name)
}

/** Hides secrets in lines and sentences; knows the values that were found under secret names. */
export class Masker {
  readonly #known: readonly string[]

  /** @param known values of secrets anywhere in the set */
  constructor(known: Iterable<string> = []) {
    const values = new Set<string>()
    for (const value of known) {
      if (values.size >= KNOWN_MAX) break
      if (value.length >= KNOWN_MIN_LENGTH && !HARMLESS.test(value)) values.add(value)
    }
    // Longest first, so that a secret that contains another one vanishes whole.
    this.#known = [...values].sort((a, b) => b.length - a.length)
  }

  /** One line of a file as it may be shown. */
  line(text: string): string {
    const cut = text.length > LINE_MAX_LENGTH ? `${text.slice(0, LINE_MAX_LENGTH)} ...` : text
    if (BASE64_LINE.test(cut)) return MASK
    return plain(
      this.sentence(cut)
        .replace(ASSIGNMENT, hideAssignment)
        .replace(TURN_USER, `$1${MASK}`)
        .replace(REGISTER, `$1${MASK}`)
        .replace(RANDOM_RUN, hideRandom),
    )
  }

  /** A sentence for people: values that are known as secrets, tokens and user names in addresses are hidden. */
  sentence(text: string): string {
    let hidden = text
    for (const value of this.#known) if (hidden.includes(value)) hidden = hidden.replaceAll(value, MASK)
    return hidden.replace(USERINFO, `$1${MASK}@`).replace(JWT, MASK)
  }

  /** True if the line holds something that would be hidden. */
  hides(text: string): boolean {
    return text.length > LINE_MAX_LENGTH || this.line(text) !== plain(text)
  }
}

function hideAssignment(whole: string, name: string, sign: string, value: string): string {
  if (!SECRET_NAME.test(name) || HARMLESS.test(value)) return whole
  const quote = value.startsWith('"') || value.startsWith("'") ? (value[0] ?? '') : ''
  return `${name}${sign}${quote}${MASK}${quote}`
}

/** A run of letters only is a word in camel case; digits all along it are a random value. */
function hideRandom(run: string): string {
  const digits = run.replace(/\D/g, '').length
  return digits >= 4 && /[A-Za-z]/.test(run) ? MASK : run
}
