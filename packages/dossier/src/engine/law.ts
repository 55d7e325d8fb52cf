// Cites the law in both languages; churches cite their own law, section by section, instead of the GDPR.
import type { Bilingual } from '@runde/contract'
import { both } from './bilingual.ts'

/** `gdpr`: an article of the GDPR, written `13(1)(a)`, translated for churches. `fixed`: any other norm, as it is. */
export type LawRef = { code: 'gdpr'; ref: string } | { code: 'fixed'; text: Bilingual }

/** The data protection law an organisation lives under. */
export interface Regime {
  id: 'gdpr' | 'dsg-ekd' | 'kdg'
  /** Short name as it follows a number, for instance "DSGVO". */
  short: Bilingual
  name: Bilingual
  /** For churches: section of their law by article of the GDPR. Articles that are missing have no counterpart. */
  sections?: Readonly<Record<string, string>>
}

export const GDPR: Regime = {
  id: 'gdpr',
  short: both('DSGVO', 'GDPR'),
  name: both('Datenschutz-Grundverordnung (DSGVO)', 'General Data Protection Regulation (GDPR)'),
}

/** An article of the GDPR: `art('13(1)(a)')`. */
export function art(ref: string): LawRef {
  return { code: 'gdpr', ref }
}

/** A norm of another law: `norm('§ 25 TDDDG', 'section 25 TDDDG')`. */
export function norm(de: string, en: string): LawRef {
  return { code: 'fixed', text: both(de, en) }
}

/** The citation in both languages, or undefined where the regime has no such rule. */
export function cite(regime: Regime, law: LawRef): Bilingual | undefined {
  if (law.code === 'fixed') return law.text
  const [article = '', ...parts] = law.ref.split(/[()]+/).filter((part) => part !== '')
  if (regime.sections === undefined) {
    const german = parts.map((part) => (/^\d+$/.test(part) ? `Abs. ${part}` : `Buchst. ${part}`))
    const english = parts.map((part) => `(${part})`).join('')
    return both(
      ['Art.', article, ...german, regime.short.de].join(' '),
      `Art. ${article}${english} ${regime.short.en}`,
    )
  }
  const section = regime.sections[article]
  return section === undefined
    ? undefined
    : both(`§ ${section} ${regime.short.de}`, `section ${section} ${regime.short.en}`)
}

/** Several citations, without repetitions: "Art. 6 Abs. 1 Buchst. b und Art. 9 DSGVO" stay separate citations. */
export function citeAll(regime: Regime, laws: readonly LawRef[]): Bilingual[] {
  const found = laws.map((law) => cite(regime, law)).filter((text) => text !== undefined)
  return found.filter((text, index) => found.findIndex(({ de }) => de === text.de) === index)
}
