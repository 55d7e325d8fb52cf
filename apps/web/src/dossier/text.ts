// The catalogue of documents and data protection centre in the language of the page.
import type { Bilingual } from '@runde/contract'
import { lang } from '../i18n/i18n.ts'
import { type ApprovalText, approvalDe } from './approval-de.ts'
import { approvalEn } from './approval-en.ts'
import { type DscText, dscDe } from './text-de.ts'
import { dscEn } from './text-en.ts'

const german = { ...dscDe, approval: approvalDe }
const english = { ...dscEn, approval: approvalEn }

/** Catalogue in use; a component that calls it renders again when the language changes. */
export function d(): DscText & { readonly approval: ApprovalText } {
  return lang.value === 'de' ? german : english
}

/** A text of the server in the language of the page. */
export function said(text: Bilingual): string {
  return text[lang.value]
}

/** The same, beginning with a capital letter: the server's words stand inside sentences too. */
export function Said(text: Bilingual): string {
  return capital(said(text))
}

/** With a capital letter at the start. */
export function capital(text: string): string {
  return text.slice(0, 1).toLocaleUpperCase(lang.value) + text.slice(1)
}
