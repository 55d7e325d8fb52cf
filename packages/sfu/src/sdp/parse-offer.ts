// Transforms the text of a client's offer into a typed model, or says why it is refused (RFC 8866, RFC 8829, RFC 9143).
import { MAX_LINE_CHARS, MAX_OFFER_CHARS, MAX_OFFER_LINES, MAX_SECTIONS } from './limits.ts'
import type { Offer, OfferErrorCode, OfferedSection, ParsedOffer } from './offer-model.ts'
import { closeSection, newDraft, openSection, readAttribute } from './parse-section.ts'
import type { DraftSection } from './parse-section.ts'

/** Anything below space except CR LF pairs and single LFs, or DEL: SDP is printable text, and an answer repeats parts of it. */
// oxlint-disable-next-line eslint/no-control-regex -- control characters are exactly what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0009\u000b\u000c\u000e-\u001f\u007f]|\r(?!\n)/

/**
 * Reads an offer. Unknown or damaged attributes are ignored as RFC 8866 section 5 asks; what would make an answer
 * ambiguous (damaged m= line, missing or doubled mid) or exceeds a limit refuses the whole text.
 * Never throws; takes time linear in the text.
 */
export function parseOffer(sdp: string): ParsedOffer {
  if (sdp.length > MAX_OFFER_CHARS) return { ok: false, code: 'too-large' }
  if (!sdp.startsWith('v=0')) return { ok: false, code: 'not-sdp' }
  if (CONTROL_CHARACTER.test(sdp)) return { ok: false, code: 'control-character' }
  const reader = new OfferReader()
  let lines = 0
  for (let start = 0; start < sdp.length;) {
    const feed = sdp.indexOf('\n', start)
    const next = feed < 0 ? sdp.length : feed
    const end = next > start && sdp.charCodeAt(next - 1) === 13 ? next - 1 : next
    lines += 1
    if (lines > MAX_OFFER_LINES) return { ok: false, code: 'too-many-lines' }
    if (end - start > MAX_LINE_CHARS) return { ok: false, code: 'line-too-long' }
    const code = reader.line(sdp.slice(start, end))
    if (code !== undefined) return { ok: false, code }
    start = next + 1
  }
  return reader.finish()
}

/** Walks the lines: session level first, then one draft at a time. */
class OfferReader {
  readonly #session: DraftSection = newDraft()
  readonly #sections: OfferedSection[] = []
  #draft: DraftSection | undefined
  #bundle: readonly string[] = []
  #allowMixed = false

  line(line: string): OfferErrorCode | undefined {
    if (line.startsWith('m=')) return this.#open(line.slice(2))
    if (!line.startsWith('a=')) return undefined
    const attribute = line.slice(2)
    if (attribute === 'extmap-allow-mixed') this.#allowMixed = true
    if (this.#draft !== undefined) return readAttribute(this.#draft, attribute)
    if (attribute.startsWith('group:BUNDLE ')) {
      this.#bundle = attribute
        .slice('group:BUNDLE '.length)
        .split(' ', MAX_SECTIONS)
        .filter((mid) => mid !== '')
      return undefined
    }
    return readAttribute(this.#session, attribute)
  }

  finish(): ParsedOffer {
    this.#close()
    const mids = new Set<string>()
    for (const section of this.#sections) {
      // A section the client has given up (port 0) needs no name, all others are told apart by it.
      if (section.mid === '' && (section.port !== 0 || section.bundleOnly))
        return { ok: false, code: 'missing-mid' }
      if (section.mid !== '' && mids.has(section.mid)) return { ok: false, code: 'duplicate-mid' }
      mids.add(section.mid)
    }
    const offer: Offer = {
      bundle: this.#bundle,
      extmapAllowMixed: this.#allowMixed,
      sections: this.#sections,
    }
    return { ok: true, offer }
  }

  #open(value: string): OfferErrorCode | undefined {
    this.#close()
    if (this.#sections.length >= MAX_SECTIONS) return 'too-many-sections'
    this.#draft = openSection(value, this.#session)
    return this.#draft === undefined ? 'malformed-media-line' : undefined
  }

  #close(): void {
    if (this.#draft === undefined) return
    this.#sections.push(closeSection(this.#draft, this.#sections.length, this.#session))
    this.#draft = undefined
  }
}
