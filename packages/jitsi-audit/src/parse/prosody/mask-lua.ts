// Makes a template of a Lua file parsable Lua of the same length: gaps become strings full of MASK, control tags become spaces.
import { type Tag, CLOSES, CONTROL, MASK, OPENS, Regions, tagsOf } from '../common/placeholder.ts'

/** The name that a rendered template's one-letter placeholder gets outside of quotes; no configuration has a variable of this name. */
export const GAP_NAME = '_'

export interface MaskedLua {
  readonly text: string
  /** Parts whose presence depends on a condition that nobody evaluated. */
  readonly conditional: readonly (readonly [number, number])[]
  /** Offsets at which a template inserts whole statements of its own. */
  readonly inserted: readonly number[]
}

/** What a template prints, as opposed to the Lua table within a table that looks alike. */
const PRINTS = [
  /^[-~]?\s*[$.]/,
  /\|/,
  /^[-~]?\s*[A-Za-z_]\w*(?:\.\w+|\[[^[\]]*\])*(?:\([^()]*\))?\s*[-~]?$/,
  /^[-~]?\s*[A-Za-z_]\w*\s+["'$.A-Za-z(]/,
  /\sif\s[^=]*\selse\s/,
]

/** Masks a Lua text; what is in comments stays as it is. */
export function maskLua(text: string): MaskedLua {
  const tags = [...tagsOf(text)].filter((tag) => isTemplate(tag))
  if (tags.length === 0 && !text.includes(MASK)) return { text, conditional: [], inserted: [] }
  return new LuaMasker(text, tags).run()
}

function isTemplate(tag: Tag): boolean {
  if (tag.mark !== '{' || CONTROL.test(tag.inside)) return true
  return PRINTS.some((one) => one.test(tag.inside))
}

class LuaMasker {
  readonly #text: string
  readonly #tags: readonly Tag[]
  readonly #regions = new Regions()
  readonly #inserted: number[] = []
  #next = 0
  #at = 0
  #out = ''
  #copied = 0
  /** Open brackets, the last character of code, and whether this line had any. */
  #depth = 0
  #last = ''
  #lineHasCode = false

  constructor(text: string, tags: readonly Tag[]) {
    this.#text = text
    this.#tags = tags
  }

  run(): MaskedLua {
    while (this.#at < this.#text.length) this.#step()
    return {
      text: this.#out + this.#text.slice(this.#copied),
      conditional: this.#regions.finish(this.#text.length),
      inserted: this.#inserted,
    }
  }

  #step(): void {
    const tag = this.#tagHere()
    if (tag !== undefined) {
      this.#codeTag(tag)
      return
    }
    const one = this.#text[this.#at] ?? ''
    if (one === '-' && this.#text.startsWith('--', this.#at)) this.#comment()
    else if (one === '"' || one === "'") this.#quoted(one)
    else if (one === '[' && this.#longEnd() !== undefined) this.#long()
    else if (one === MASK) this.#gap()
    else this.#code(one)
  }

  #code(one: string): void {
    if (one === '\n') this.#lineHasCode = false
    else if (one !== ' ' && one !== '\t' && one !== '\r') {
      this.#lineHasCode = true
      this.#last = one
      if (one === '{' || one === '(') this.#depth += 1
      else if ((one === '}' || one === ')') && this.#depth > 0) this.#depth -= 1
    }
    this.#at += 1
  }

  /** A placeholder outside of quotes: a value or a key, or statements that nobody knows. */
  #gap(): void {
    const start = this.#at
    const statement = this.#depth === 0 && !this.#lineHasCode && !['=', '.', ','].includes(this.#last)
    const end = statement && this.#following(start + 1) === '=' ? this.#endOfLine(start) : start + 1
    if (statement) this.#inserted.push(start)
    this.#out += this.#text.slice(this.#copied, start)
    this.#out += statement ? ' '.repeat(end - start) : GAP_NAME
    this.#copied = end
    this.#at = end
    if (statement) return
    this.#last = GAP_NAME
    this.#lineHasCode = true
  }

  /** The tag that starts here, if one does; tags that were passed in a comment are dropped. */
  #tagHere(): Tag | undefined {
    while ((this.#tags[this.#next]?.start ?? Number.POSITIVE_INFINITY) < this.#at) this.#next += 1
    const tag = this.#tags[this.#next]
    return tag?.start === this.#at ? tag : undefined
  }

  #codeTag(tag: Tag): void {
    const length = tag.end - tag.start
    if (tag.mark !== '{' || CONTROL.test(tag.inside)) {
      this.#controlTag(tag)
      return
    }
    const following = this.#following(tag.end)
    if (this.#depth === 0 && !this.#lineHasCode && !['=', '.', ','].includes(this.#last)) {
      this.#inserted.push(tag.start)
      // `{{ key }} = value` goes as a whole.
      const end = following === '=' ? this.#endOfLine(tag.end) : tag.end
      this.#replace({ ...tag, end }, ' '.repeat(end - tag.start))
      return
    }
    this.#replace(tag, this.#literal(length, following))
    this.#last = '"'
    this.#lineHasCode = true
  }

  #controlTag(tag: Tag): void {
    const end = this.#last === '=' ? this.#endOfValue(tag) : undefined
    if (end === undefined) {
      this.#regions.see(tag)
      this.#replace(tag, ' '.repeat(tag.end - tag.start))
      return
    }
    this.#replace({ ...tag, end }, `"${MASK.repeat(end - tag.start - 2)}"`)
    this.#last = '"'
  }

  /** `{% if x %}true{% else %}false{% endif %}` as a value on one line: the end of its last tag. */
  #endOfValue(tag: Tag): number | undefined {
    const line = this.#endOfLine(tag.end)
    let depth = 0
    for (let index = this.#next; index < this.#tags.length; index += 1) {
      const one = this.#tags[index]
      if (one === undefined || one.end > line) return undefined
      if (OPENS.test(one.inside)) depth += 1
      else if (CLOSES.test(one.inside)) depth -= 1
      if (depth === 0) return one === tag ? undefined : one.end
    }
    return undefined
  }

  /** A text of the given length in the place of a tag: a key, an entry without separator behind it, or a plain value. */
  #literal(length: number, following: string): string {
    if (this.#depth > 0 && following === '=' && this.#last !== '=') return `["${MASK.repeat(length - 4)}"]`
    const separated = this.#depth === 0 || [',', ';', '}', '.', ')', '='].includes(following)
    return separated ? `"${MASK.repeat(length - 2)}"` : `"${MASK.repeat(length - 3)}",`
  }

  #endOfLine(from: number): number {
    const end = this.#text.indexOf('\n', from)
    return end === -1 ? this.#text.length : end
  }

  #following(from: number): string {
    let at = from
    while (at < this.#text.length && ' \t\r\n'.includes(this.#text[at] ?? '')) at += 1
    return this.#text[at] ?? ''
  }

  #replace(tag: Tag, by: string): void {
    this.#out += this.#text.slice(this.#copied, tag.start) + by
    this.#copied = tag.end
    this.#at = tag.end
    this.#next += 1
  }

  #quoted(quote: string): void {
    this.#at += 1
    while (this.#at < this.#text.length) {
      const tag = this.#tagHere()
      if (tag !== undefined) {
        this.#replace(tag, MASK.repeat(tag.end - tag.start))
        continue
      }
      const one = this.#text[this.#at]
      this.#at += one === '\\' ? 2 : 1
      if (one === quote || one === '\n') break
    }
    this.#last = '"'
    this.#lineHasCode = true
  }

  /** End of the long bracket that opens here; undefined when it is a plain `[`. */
  #longEnd(): number | undefined {
    let at = this.#at + 1
    while (this.#text[at] === '=') at += 1
    if (this.#text[at] !== '[') return undefined
    const close = `]${'='.repeat(at - this.#at - 1)}]`
    const end = this.#text.indexOf(close, at + 1)
    return end === -1 ? this.#text.length : end + close.length
  }

  #long(): void {
    this.#at = this.#longEnd() ?? this.#text.length
    this.#last = '"'
    this.#lineHasCode = true
  }

  #comment(): void {
    this.#at += 2
    const end = this.#text[this.#at] === '[' ? this.#longEnd() : undefined
    if (end !== undefined) {
      this.#at = end
      return
    }
    const line = this.#text.indexOf('\n', this.#at)
    this.#at = line === -1 ? this.#text.length : line
  }
}
