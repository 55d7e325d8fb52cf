// Chooses the sentence for a failed call: the server's own in the language in use, else one of the client's.
import { lang, t } from '../i18n/i18n.ts'
import type { ApiError } from './api.ts'

/** Sentence for people. Never contains a code. */
export function errorText(error: ApiError): string {
  if (error.code === 'network') return t().errors.network
  if (error.code === 'media_unreachable') return t().errors.media
  return error.message === null ? t().errors.unknown : error.message[lang.value]
}
