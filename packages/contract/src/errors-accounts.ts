// The errors of accounts, roles and approvals: a part of the table in errors.ts.

/** Codes of this part. */
export type AccountErrorCode =
  | 'not_allowed'
  | 'sign_in_failed'
  | 'sign_in_again'
  | 'passkey_refused'
  | 'passkey_known'
  | 'second_factor_unready'
  | 'second_factor_owed'
  | 'second_factor_first'
  | 'last_passkey'
  | 'password_short'
  | 'password_long'
  | 'password_is_name'
  | 'password_wrong'
  | 'name_taken'
  | 'invitation_invalid'
  | 'roles_missing'
  | 'last_organiser'
  | 'document_blocked'
  | 'edition_changed'
  | 'comment_unfit'
  | 'authority_link_invalid'

export const ACCOUNT_ERRORS: Readonly<Record<AccountErrorCode, { status: number; de: string; en: string }>> =
  {
    sign_in_failed: {
      status: 401,
      de: 'Name und Passwort passen nicht zusammen. Bitte prüfen Sie beides, oder melden Sie sich mit einem Passkey oder einem Anmeldelink an.',
      en: 'Name and password do not match. Please check both, or sign in with a passkey or a sign-in link.',
    },
    not_allowed: {
      status: 403,
      de: 'Dafür hat Ihr Konto nicht die nötige Rolle; es wurde nichts geändert. Eine Person, die veranstaltet, kann Ihnen die Rolle geben.',
      en: 'Your account does not have the role for this; nothing was changed. An organiser can give you the role.',
    },
    sign_in_again: {
      status: 403,
      de: 'Damit niemand an einem offen gelassenen Browser Ihre Anmeldung ändert, geht das nur kurz nach dem Anmelden. Bitte melden Sie sich neu an.',
      en: 'So that nobody changes your sign-in at a browser left open, this works only shortly after signing in. Please sign in again.',
    },
    passkey_refused: {
      status: 403,
      de: 'Dieser Passkey wurde nicht angenommen; es wurde nichts geändert. Bitte versuchen Sie es noch einmal, oder nehmen Sie einen anderen Weg.',
      en: 'This passkey was not accepted; nothing was changed. Please try again, or use another way.',
    },
    invitation_invalid: {
      status: 403,
      de: 'Diese Einladung gilt nicht mehr: Sie wurde benutzt, zurückgezogen oder ist abgelaufen. Bitte lassen Sie sich eine neue geben.',
      en: 'This invitation is no longer valid: it was used, withdrawn, or has expired. Please ask for a new one.',
    },
    authority_link_invalid: {
      status: 403,
      de: 'Dieser Leselink gilt nicht mehr: Er wurde zurückgezogen oder ist abgelaufen. Bitte lassen Sie sich einen neuen geben.',
      en: 'This reading link is no longer valid: it was withdrawn or has expired. Please ask for a new one.',
    },
    passkey_known: {
      status: 409,
      de: 'Dieser Passkey ist schon eingetragen; es wurde nichts geändert. Bitte nehmen Sie einen anderen.',
      en: 'This passkey is registered already; nothing was changed. Please use another one.',
    },
    second_factor_unready: {
      status: 409,
      de: 'Dafür braucht Ihr Konto ein Passwort und mindestens einen Passkey; es wurde nichts geändert. Bitte richten Sie zuerst beides ein.',
      en: 'For this your account needs a password and at least one passkey; nothing was changed. Please set up both first.',
    },
    second_factor_owed: {
      status: 403,
      de: 'Auf diesem Server ist ein zweiter Faktor Pflicht, und Ihr Konto hat noch keinen. Bitte legen Sie unter „Mein Konto“ einen Passkey an; danach geht alles wie gewohnt.',
      en: 'On this server a second factor is mandatory, and your account has none yet. Please create a passkey under “My account”; after that everything works as usual.',
    },
    second_factor_first: {
      status: 409,
      de: 'Damit Sie sich nicht selbst aussperren, braucht zuerst Ihr eigenes Konto einen Passkey; es wurde nichts geändert. Bitte legen Sie unter „Mein Konto“ einen an.',
      en: 'So that you do not lock yourself out, your own account needs a passkey first; nothing was changed. Please create one under “My account”.',
    },
    last_passkey: {
      status: 409,
      de: 'Auf diesem Server ist ein zweiter Faktor Pflicht, und das ist Ihr letzter Passkey; es wurde nichts geändert. Bitte legen Sie zuerst einen neuen an.',
      en: 'On this server a second factor is mandatory, and this is your last passkey; nothing was changed. Please create a new one first.',
    },
    name_taken: {
      status: 409,
      de: 'Diesen Namen hat hier schon ein anderes Konto. Bitte ergänzen Sie Ihren Namen, damit man Sie unterscheiden kann.',
      en: 'Another account here has this name already. Please add to your name so that people can tell you apart.',
    },
    last_organiser: {
      status: 409,
      de: 'Das ist das letzte Konto, das veranstalten darf; es wurde nichts geändert. Bitte geben Sie diese Rolle zuerst einem anderen Konto.',
      en: 'This is the last account that may organise; nothing was changed. Please give this role to another account first.',
    },
    document_blocked: {
      status: 409,
      de: 'In diesem Dokument fehlt noch Nötiges, deshalb lässt es sich nicht freigeben. Bitte klären Sie zuerst die offenen Punkte.',
      en: 'Something necessary is still missing in this document, so it cannot be approved. Please settle the open points first.',
    },
    edition_changed: {
      status: 409,
      de: 'Dieses Dokument hat sich geändert, seit Sie es geöffnet haben; es wurde nichts freigegeben. Bitte lesen Sie die neue Fassung.',
      en: 'This document has changed since you opened it; nothing was approved. Please read the new edition.',
    },
    password_wrong: {
      status: 422,
      de: 'Das bisherige Passwort stimmt nicht; es wurde nichts geändert. Bitte geben Sie es noch einmal ein.',
      en: 'The present password is not right; nothing was changed. Please enter it again.',
    },
    password_short: {
      status: 422,
      de: 'Dieses Passwort ist zu kurz. Bitte nehmen Sie mindestens 12 Zeichen, zum Beispiel vier zufällige Wörter.',
      en: 'This password is too short. Please use at least 12 characters, for example four random words.',
    },
    password_long: {
      status: 422,
      de: 'Dieses Passwort ist zu lang. Bitte nehmen Sie höchstens 256 Zeichen.',
      en: 'This password is too long. Please use 256 characters at most.',
    },
    password_is_name: {
      status: 422,
      de: 'Dieses Passwort besteht fast nur aus Ihrem Namen und ist leicht zu erraten. Bitte nehmen Sie ein anderes.',
      en: 'This password is little more than your name and easy to guess. Please use another one.',
    },
    roles_missing: {
      status: 422,
      de: 'Die Rolle fehlt. Bitte wählen Sie mindestens eine.',
      en: 'The role is missing. Please choose at least one.',
    },
    comment_unfit: {
      status: 422,
      de: 'Diese Anmerkung ist leer, zu lang oder enthält Zeichen, die sich nicht anzeigen lassen. Erlaubt sind bis zu 2000 Zeichen.',
      en: 'This comment is empty, too long, or contains characters that cannot be shown. Up to 2000 characters are allowed.',
    },
  }
