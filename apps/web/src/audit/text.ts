// The audit's catalogue in the language of the page.
import { lang } from '../i18n/i18n.ts'
import { type AuditText, auditDe } from './text-de.ts'
import { auditEn } from './text-en.ts'

/** Catalogue in use; a component that calls it renders again when the language changes. */
export function a(): AuditText {
  return lang.value === 'de' ? auditDe : auditEn
}
