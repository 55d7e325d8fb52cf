// Names articles of law in full, in German as they are kept in a rule and in English for the report.

/** Short forms as the rule table uses them: `5(1)c`, `25(2)`, `44`. */
const SHORT = /^(\d+)(?:\((\d+)\))?([a-z])?$/

/**
 * `5(1)c` becomes `DSGVO Art. 5 Abs. 1 lit. c`; anything else (`TDDDG § 25`, `StGB § 201`, `DDG § 5`) stays as it is.
 * Throws on a short form with a typing error, because rules are written by us.
 */
export function articles(...short: readonly string[]): readonly string[] {
  return short.map((one) => {
    if (/^[A-Z]/.test(one)) return one
    const match = SHORT.exec(one)
    if (match === null) throw new Error(`not an article: ${one}`)
    const [, article, paragraph, letter] = match
    return [
      `DSGVO Art. ${article}`,
      ...(paragraph === undefined ? [] : [`Abs. ${paragraph}`]),
      ...(letter === undefined ? [] : [`lit. ${letter}`]),
    ].join(' ')
  })
}

/** `DSGVO Art. 5 Abs. 1 lit. c` becomes `GDPR Art. 5(1)(c)`; German statutes keep their name, with `s.` for the section. */
export function articleInEnglish(article: string): string {
  return article
    .replace(/^DSGVO /, 'GDPR ')
    .replace(/ Abs\. (\d+)/, '($1)')
    .replace(/ lit\. ([a-z])/, '($1)')
    .replace(/ § ?(\d+)/, ' s. $1')
}
