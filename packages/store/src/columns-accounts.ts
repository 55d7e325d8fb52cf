// Declares the columns of passwords, passkeys and invitations (see columns.ts).
import type { Bilingual } from '@runde/contract'
import { UNTIL_ORGANISER_DELETED, column, type StoredColumn } from './stored-column.ts'

const UNTIL_PASSWORD_REMOVED: Bilingual = {
  de: 'bis das Passwort geändert, entfernt oder das Konto gelöscht wird',
  en: 'until the password is changed, removed, or the account deleted',
}
const UNTIL_PASSKEY_REMOVED: Bilingual = {
  de: 'bis der Passkey entfernt oder das Konto gelöscht wird',
  en: 'until the passkey is removed or the account deleted',
}
const UNTIL_INVITATION_USED: Bilingual = {
  de: 'bis zur Benutzung, höchstens 7 Tage',
  en: 'until it is used, 7 days at most',
}

const UNTIL_SESSION_ENDS: Bilingual = {
  de: 'bis zur Abmeldung, höchstens 30 Tage nach der letzten Benutzung',
  en: 'until signing out, 30 days after the last use at most',
}

/** What later versions added to accounts and sessions. */
export function accountColumns(): StoredColumn[] {
  return [
    column(
      'organisers',
      'roles',
      true,
      { de: 'sagt, was das Konto darf', en: 'says what the account may do' },
      UNTIL_ORGANISER_DELETED,
    ),
    column(
      'organisers',
      'name_key',
      true,
      {
        de: 'findet das Konto, wenn der Name bei der Anmeldung anders geschrieben wird',
        en: 'finds the account when the name is spelt differently at sign-in',
      },
      UNTIL_ORGANISER_DELETED,
    ),
    column(
      'organisers',
      'second_factor',
      true,
      {
        de: 'merkt, ob nach dem Passwort ein Passkey verlangt wird',
        en: 'remembers whether a passkey is asked for after the password',
      },
      UNTIL_ORGANISER_DELETED,
    ),
    column(
      'sessions',
      'used_on',
      true,
      {
        de: 'Tag der letzten Benutzung, damit eine fremde Anmeldung auffällt; ohne Uhrzeit',
        en: 'day of the last use, so that a foreign session is noticed; without the time',
      },
      UNTIL_SESSION_ENDS,
    ),
  ]
}

/** Passwords and passkeys. */
export function credentialColumns(): StoredColumn[] {
  const password = (name: string, de: string, en: string): StoredColumn =>
    column('passwords', name, true, { de, en }, UNTIL_PASSWORD_REMOVED)
  const passkey = (name: string, de: string, en: string): StoredColumn =>
    column('passkeys', name, true, { de, en }, UNTIL_PASSKEY_REMOVED)
  return [
    column(
      'passwords',
      'organiser_id',
      true,
      { de: 'das Konto, zu dem das Passwort gehört', en: 'the account the password belongs to' },
      UNTIL_ORGANISER_DELETED,
    ),
    password(
      'hash',
      'prüft das Passwort; nur ein Argon2id-Hash',
      'checks the password; an Argon2id hash only',
    ),
    password(
      'changed_at',
      'zeigt, seit wann das Passwort gilt',
      'shows since when the password has been in use',
    ),
    passkey('id', 'erkennt einen Passkey wieder', 'recognises a passkey'),
    passkey('organiser_id', 'das Konto, zu dem der Passkey gehört', 'the account the passkey belongs to'),
    passkey(
      'public_key',
      'prüft die Unterschrift des Passkeys; der geheime Teil bleibt beim Menschen',
      'checks the signature of the passkey; the secret part stays with the person',
    ),
    passkey('sign_count', 'bemerkt einen kopierten Passkey', 'notices a copied passkey'),
    passkey(
      'label',
      'unterscheidet mehrere Passkeys; freier Text',
      'tells several passkeys apart; free text',
    ),
    passkey('created_at', 'zeigt, seit wann es den Passkey gibt', 'shows since when the passkey exists'),
    passkey('used_on', 'Tag der letzten Benutzung, ohne Uhrzeit', 'day of the last use, without the time'),
  ]
}

/** Links that make accounts. */
export function invitationColumns(): StoredColumn[] {
  const invitation = (name: string, de: string, en: string): StoredColumn =>
    column('invitations', name, false, { de, en }, UNTIL_INVITATION_USED)
  return [
    invitation(
      'token_hash',
      'erkennt eine Einladung wieder; nur die Prüfsumme',
      'recognises an invitation; the hash only',
    ),
    invitation('roles', 'sagt, was das neue Konto darf', 'says what the new account may do'),
    invitation('created_at', 'zeigt, wann die Einladung gemacht wurde', 'shows when it was made'),
    invitation('expires_at', 'macht die Einladung von selbst ungültig', 'makes it invalid by itself'),
  ]
}
