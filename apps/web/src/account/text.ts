// The catalogue of accounts in the language of the page.
import { lang } from '../i18n/i18n.ts'
import { type AccountText, accountDe } from './text-de.ts'
import { accountEn } from './text-en.ts'

/** Catalogue in use; a component that calls it renders again when the language changes. */
export function a(): AccountText {
  return lang.value === 'de' ? accountDe : accountEn
}
