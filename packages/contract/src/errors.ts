// The one table of errors a person can see: code, HTTP status, and what happened and what to do in both languages.
import { ACCOUNT_ERRORS, type AccountErrorCode } from './errors-accounts.ts'

/** A sentence for people, in both languages of the house. */
export interface Bilingual {
  de: string
  en: string
}

/** One row: `status` is the HTTP status; the texts carry no code, the page shows it apart. */
export interface ErrorEntry extends Bilingual {
  status: number
}

/** Every code the HTTP interface can answer with. Codes are stable; texts may change. */
export type ErrorCode =
  | 'bad_request'
  | 'not_signed_in'
  | 'cross_site'
  | 'setup_link_invalid'
  | 'sign_in_link_invalid'
  | 'not_found'
  | 'meeting_not_found'
  | 'method_not_allowed'
  | 'already_set_up'
  | 'meeting_limit'
  | 'meeting_ended'
  | 'body_too_large'
  | 'not_json'
  | 'name_missing'
  | 'name_too_long'
  | 'name_not_allowed'
  | 'title_missing'
  | 'title_too_long'
  | 'title_not_allowed'
  | 'too_many_requests'
  | 'internal'
  | 'media_unavailable'
  | 'answer_unfit'
  | 'pdf_unavailable'
  | AccountErrorCode

/** The table itself. Texts say what happened, what still works and what to do. */
export const ERRORS: Readonly<Record<ErrorCode, ErrorEntry>> = {
  bad_request: {
    status: 400,
    de: 'Diese Anfrage war für den Server nicht lesbar; es wurde nichts geändert. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
    en: 'The server could not read this request; nothing was changed. Please reload the page and try again.',
  },
  not_signed_in: {
    status: 401,
    de: 'Sie sind nicht angemeldet. Einer Besprechung können Sie trotzdem beitreten; zum Verwalten öffnen Sie bitte einen Anmeldelink.',
    en: 'You are not signed in. You can still join a meeting; to manage meetings, please open a sign-in link.',
  },
  cross_site: {
    status: 403,
    de: 'Diese Anfrage kam von einer fremden Seite und wurde nicht ausgeführt. Bitte öffnen Sie Runde direkt und versuchen Sie es dort noch einmal.',
    en: 'This request came from a foreign page and was not carried out. Please open Runde directly and try again there.',
  },
  setup_link_invalid: {
    status: 403,
    de: 'Dieser Einrichtungslink gilt nicht mehr: Er wurde benutzt, ersetzt oder ist abgelaufen. Einen neuen zeigt auf dem Server der Befehl: npx runde organiser link',
    en: 'This set-up link is no longer valid: it was used, replaced, or has expired. For a new one, run this on the server: npx runde organiser link',
  },
  sign_in_link_invalid: {
    status: 403,
    de: 'Dieser Anmeldelink gilt nicht mehr: Er wurde benutzt oder ist abgelaufen. Einen neuen zeigt auf dem Server der Befehl: npx runde organiser link',
    en: 'This sign-in link is no longer valid: it was used or has expired. For a new one, run this on the server: npx runde organiser link',
  },
  not_found: {
    status: 404,
    de: 'Diese Adresse gibt es hier nicht. Bitte prüfen Sie, ob der Link vollständig ist.',
    en: 'There is nothing at this address. Please check that the link is complete.',
  },
  meeting_not_found: {
    status: 404,
    de: 'Diese Besprechung gibt es nicht (mehr). Bitte prüfen Sie den Link oder fragen Sie die Person, die Sie eingeladen hat.',
    en: 'This meeting does not exist (any more). Please check the link or ask the person who invited you.',
  },
  method_not_allowed: {
    status: 405,
    de: 'Diese Adresse kennt die gewünschte Handlung nicht; es wurde nichts geändert. Bitte laden Sie die Seite neu.',
    en: 'This address does not know the requested action; nothing was changed. Please reload the page.',
  },
  already_set_up: {
    status: 409,
    de: 'Dieser Server ist schon eingerichtet; es wurde nichts geändert. Zum Anmelden zeigt auf dem Server der Befehl einen Link: npx runde organiser link',
    en: 'This server is already set up; nothing was changed. To sign in, get a link by running this on the server: npx runde organiser link',
  },
  meeting_limit: {
    status: 409,
    de: 'Es sind so viele Besprechungen angelegt, wie dieser Server fasst; die vorhandenen laufen weiter. Bitte löschen Sie zuerst eine, die Sie nicht mehr brauchen.',
    en: 'This server holds as many meetings as it can; the existing ones keep working. Please delete one you no longer need first.',
  },
  meeting_ended: {
    status: 410,
    de: 'Diese Besprechung ist beendet. Wenn sie weitergehen soll, kann die Person, die eingeladen hat, sie wieder öffnen.',
    en: 'This meeting has ended. If it should go on, the person who invited you can open it again.',
  },
  body_too_large: {
    status: 413,
    de: 'Diese Eingabe ist zu groß; es wurde nichts geändert. Bitte kürzen Sie sie.',
    en: 'This input is too large; nothing was changed. Please shorten it.',
  },
  not_json: {
    status: 415,
    de: 'Diese Anfrage war für den Server nicht lesbar, weil sie kein JSON enthält; es wurde nichts geändert. Bitte laden Sie die Seite neu und versuchen Sie es noch einmal.',
    en: 'The server could not read this request because it is not JSON; nothing was changed. Please reload the page and try again.',
  },
  name_missing: {
    status: 422,
    de: 'Der Name fehlt. Bitte tragen Sie ein, wie Sie angezeigt werden möchten.',
    en: 'The name is missing. Please enter how you would like to be shown.',
  },
  name_too_long: {
    status: 422,
    de: 'Dieser Name ist zu lang. Bitte kürzen Sie ihn auf höchstens 64 Zeichen.',
    en: 'This name is too long. Please shorten it to 64 characters at most.',
  },
  name_not_allowed: {
    status: 422,
    de: 'Dieser Name enthält Zeichen, die sich nicht anzeigen lassen. Bitte geben Sie ihn mit der Tastatur neu ein.',
    en: 'This name contains characters that cannot be shown. Please type it again on the keyboard.',
  },
  title_missing: {
    status: 422,
    de: 'Der Titel fehlt. Bitte tragen Sie ein, worum es in der Besprechung geht.',
    en: 'The title is missing. Please enter what the meeting is about.',
  },
  title_too_long: {
    status: 422,
    de: 'Dieser Titel ist zu lang. Bitte kürzen Sie ihn auf höchstens 120 Zeichen.',
    en: 'This title is too long. Please shorten it to 120 characters at most.',
  },
  title_not_allowed: {
    status: 422,
    de: 'Dieser Titel enthält Zeichen, die sich nicht anzeigen lassen. Bitte geben Sie ihn mit der Tastatur neu ein.',
    en: 'This title contains characters that cannot be shown. Please type it again on the keyboard.',
  },
  too_many_requests: {
    status: 429,
    de: 'Gerade kommen sehr viele Anfragen an; laufende Besprechungen sind davon nicht betroffen. Bitte versuchen Sie es in ein paar Sekunden noch einmal.',
    en: 'Very many requests are arriving right now; running meetings are not affected. Please try again in a few seconds.',
  },
  internal: {
    status: 500,
    de: 'Auf dem Server ist etwas schiefgegangen; laufende Besprechungen gehen weiter. Bitte versuchen Sie es noch einmal, und sagen Sie der Betreuung Bescheid, wenn es wieder geschieht.',
    en: 'Something went wrong on the server; running meetings go on. Please try again, and tell the administrator if it happens again.',
  },
  media_unavailable: {
    status: 500,
    de: 'Der Server kann gerade keinen Raum öffnen; Ihre Eingaben bleiben erhalten. Bitte versuchen Sie es in einer Minute noch einmal.',
    en: 'The server cannot open a room right now; what you entered is kept. Please try again in a minute.',
  },
  answer_unfit: {
    status: 422,
    de: 'Diese Antwort passt nicht zur Frage und wurde nicht gespeichert; die bisherige gilt weiter. Bitte prüfen Sie die Angabe.',
    en: 'This answer does not fit the question and was not saved; the previous one still holds. Please check it.',
  },
  pdf_unavailable: {
    status: 501,
    de: 'Auf diesem Server lässt sich kein PDF erzeugen, weil der Satzbaustein für seine Plattform fehlt. HTML, Word und Markdown stehen bereit.',
    en: 'This server cannot make a PDF, because the typesetting component for its platform is missing. HTML, Word and Markdown are available.',
  },
  ...ACCOUNT_ERRORS,
}

/** The body of every answer that is not a success; `field` names the input the message belongs to. */
export interface ErrorBody {
  error: {
    code: string
    message: Bilingual
    field?: string
  }
}

/** Builds the answer's body for a code. */
export function errorBody(code: ErrorCode, field?: string): ErrorBody {
  const { de, en } = ERRORS[code]
  const message: Bilingual = { de, en }
  return { error: field === undefined ? { code, message } : { code, message, field } }
}
