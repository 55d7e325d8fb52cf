// What every stored column is for and how long it is kept: the source for the paperwork, tested against the tables.
import type { Bilingual } from '@runde/contract'
import { accountColumns, credentialColumns, invitationColumns } from './columns-accounts.ts'
import { approvalColumns } from './columns-approvals.ts'
import { DIAGNOSTIC_COLUMNS } from './columns-diagnostics.ts'
import { AS_LONG_AS_INSTALLED, UNTIL_ORGANISER_DELETED, column, type StoredColumn } from './stored-column.ts'

const UNTIL_SESSION_ENDS: Bilingual = {
  de: 'bis zur Abmeldung, höchstens 30 Tage nach der letzten Benutzung',
  en: 'until signing out, 30 days after the last use at most',
}
const UNTIL_LINK_USED: Bilingual = {
  de: 'bis zur Benutzung, höchstens 24 Stunden',
  en: 'until it is used, 24 hours at most',
}
const UNTIL_MEETING_DELETED: Bilingual = {
  de: 'bis die Besprechung gelöscht wird',
  en: 'until the meeting is deleted',
}
const UNTIL_STATED_ANEW: Bilingual = {
  de: 'bis die Angabe geändert oder gelöscht wird',
  en: 'until the statement is changed or deleted',
}
const PROBE_HISTORY: Bilingual = { de: '400 Tage', en: '400 days' }

/** Every column there is. No table has a column for a network address, and none may get one. */
export const STORED_COLUMNS: readonly StoredColumn[] = [
  column(
    'organisers',
    'id',
    true,
    { de: 'unterscheidet die Konten', en: 'tells accounts apart' },
    UNTIL_ORGANISER_DELETED,
  ),
  column(
    'organisers',
    'name',
    true,
    { de: 'zeigt, wer eine Besprechung veranstaltet', en: 'shows who organises a meeting' },
    UNTIL_ORGANISER_DELETED,
  ),
  column(
    'organisers',
    'created_at',
    true,
    { de: 'zeigt, seit wann es das Konto gibt', en: 'shows since when the account exists' },
    UNTIL_ORGANISER_DELETED,
  ),
  column(
    'sessions',
    'token_hash',
    true,
    {
      de: 'erkennt einen angemeldeten Browser wieder; nur die Prüfsumme',
      en: 'recognises a signed-in browser; the hash only',
    },
    UNTIL_SESSION_ENDS,
  ),
  column(
    'sessions',
    'organiser_id',
    true,
    { de: 'ordnet die Anmeldung einem Konto zu', en: 'assigns the session to an account' },
    UNTIL_SESSION_ENDS,
  ),
  column(
    'sessions',
    'created_at',
    true,
    { de: 'zeigt, seit wann die Anmeldung besteht', en: 'shows since when the session exists' },
    UNTIL_SESSION_ENDS,
  ),
  column(
    'sessions',
    'expires_at',
    true,
    { de: 'beendet die Anmeldung von selbst', en: 'ends the session by itself' },
    UNTIL_SESSION_ENDS,
  ),
  column(
    'one_time_links',
    'token_hash',
    false,
    {
      de: 'erkennt einen Einmal-Link wieder; nur die Prüfsumme',
      en: 'recognises a one-time link; the hash only',
    },
    UNTIL_LINK_USED,
  ),
  column(
    'one_time_links',
    'purpose',
    false,
    { de: 'Einrichtung oder Anmeldung', en: 'set-up or sign-in' },
    UNTIL_LINK_USED,
  ),
  column(
    'one_time_links',
    'organiser_id',
    true,
    { de: 'das Konto, für das ein Anmeldelink gilt', en: 'the account a sign-in link is for' },
    UNTIL_LINK_USED,
  ),
  column(
    'one_time_links',
    'created_at',
    false,
    { de: 'zeigt, wann der Link gemacht wurde', en: 'shows when the link was made' },
    UNTIL_LINK_USED,
  ),
  column(
    'one_time_links',
    'expires_at',
    false,
    { de: 'macht den Link von selbst ungültig', en: 'makes the link invalid by itself' },
    UNTIL_LINK_USED,
  ),
  column(
    'meetings',
    'id',
    false,
    { de: 'Kennung der Besprechung, Teil des Links', en: 'id of the meeting, part of the link' },
    UNTIL_MEETING_DELETED,
  ),
  column(
    'meetings',
    'organiser_id',
    true,
    { de: 'das Konto, dem die Besprechung gehört', en: 'the account the meeting belongs to' },
    UNTIL_MEETING_DELETED,
  ),
  column(
    'meetings',
    'title',
    true,
    {
      de: 'zeigt vor dem Beitreten, worum es geht; freier Text',
      en: 'shows before joining what it is about; free text',
    },
    UNTIL_MEETING_DELETED,
  ),
  column(
    'meetings',
    'created_at',
    false,
    { de: 'ordnet die Liste der Besprechungen', en: 'orders the list of meetings' },
    UNTIL_MEETING_DELETED,
  ),
  column(
    'meetings',
    'ended_at',
    false,
    { de: 'merkt, dass niemand mehr beitreten darf', en: 'remembers that nobody may join any more' },
    UNTIL_MEETING_DELETED,
  ),
  column(
    'settings',
    'name',
    false,
    { de: 'Name einer Einstellung', en: 'name of a setting' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'settings',
    'value',
    false,
    {
      de: 'Wert der Einstellung, etwa der Name des Hauses',
      en: 'value of the setting, such as the name of the house',
    },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'key_pairs',
    'id',
    false,
    { de: 'hält fest, dass es nur ein Schlüsselpaar gibt', en: 'makes sure there is one key pair only' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'key_pairs',
    'api_key',
    false,
    { de: 'Name des Schlüssels für den Medienserver', en: 'name of the key for the media server' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'key_pairs',
    'api_secret',
    false,
    {
      de: 'unterschreibt die Zutrittsmarken zum Medienserver',
      en: 'signs the access tokens for the media server',
    },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'key_pairs',
    'created_at',
    false,
    { de: 'zeigt, wie alt das Schlüsselpaar ist', en: 'shows how old the key pair is' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'migrations',
    'name',
    false,
    {
      de: 'merkt, welche Umbauten der Datenbank erledigt sind',
      en: 'remembers which changes of the database are done',
    },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'migrations',
    'timestamp',
    false,
    { de: 'Zeitpunkt des Umbaus', en: 'time of the change' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'migration_lock',
    'id',
    false,
    { de: 'verhindert zwei Umbauten zugleich', en: 'prevents two changes at once' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'migration_lock',
    'is_locked',
    false,
    { de: 'verhindert zwei Umbauten zugleich', en: 'prevents two changes at once' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'stated_facts',
    'fact',
    false,
    { de: 'Name einer Angabe für die Unterlagen', en: 'name of a statement for the documents' },
    UNTIL_STATED_ANEW,
  ),
  column(
    'stated_facts',
    'entry',
    true,
    {
      de: 'die Angabe selbst, etwa Name und Anschrift der Organisation oder ein Ansprechpartner',
      en: 'the statement itself, such as name and address of the organisation or a contact',
    },
    UNTIL_STATED_ANEW,
  ),
  column(
    'stated_facts',
    'stated_at',
    false,
    { de: 'zeigt, von wann die Angabe ist', en: 'shows when it was stated' },
    UNTIL_STATED_ANEW,
  ),
  column(
    'probe_runs',
    'id',
    false,
    { de: 'ordnet die Prüfläufe', en: 'orders the runs of the probes' },
    PROBE_HISTORY,
  ),
  column('probe_runs', 'probe', false, { de: 'welcher Prüflauf', en: 'which probe' }, PROBE_HISTORY),
  column('probe_runs', 'ran_at', false, { de: 'wann er stattfand', en: 'when it ran' }, PROBE_HISTORY),
  column(
    'probe_runs',
    'result',
    false,
    { de: 'was gemessen wurde: eine Zahl oder ja/nein', en: 'what was measured: a number or yes/no' },
    PROBE_HISTORY,
  ),
  column(
    'probe_runs',
    'passed',
    false,
    { de: 'ob er bestanden ist', en: 'whether it passed' },
    PROBE_HISTORY,
  ),
  ...DIAGNOSTIC_COLUMNS,
  ...accountColumns(),
  ...credentialColumns(),
  ...invitationColumns(),
  ...approvalColumns(),
]
