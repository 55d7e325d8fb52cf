// What the columns of the diagnostic mode and of the proofs of deletion are for.
import type { Bilingual } from '@runde/contract'
import { AS_LONG_AS_INSTALLED, column, type StoredColumn } from './stored-column.ts'

const UNTIL_DIAGNOSIS_ENDS: Bilingual = {
  de: 'bis zum Ende der Diagnose, höchstens 72 Stunden',
  en: 'until the diagnosis ends, 72 hours at most',
}

export const DIAGNOSTIC_COLUMNS: readonly StoredColumn[] = [
  column(
    'diagnostic_mode',
    'id',
    false,
    {
      de: 'hält fest, dass es nur eine Diagnose zugleich gibt',
      en: 'makes sure there is one diagnosis at a time only',
    },
    UNTIL_DIAGNOSIS_ENDS,
  ),
  column(
    'diagnostic_mode',
    'since',
    false,
    { de: 'zeigt, seit wann die Diagnose läuft', en: 'shows since when the diagnosis runs' },
    UNTIL_DIAGNOSIS_ENDS,
  ),
  column(
    'diagnostic_mode',
    'until',
    false,
    { de: 'beendet die Diagnose von selbst', en: 'ends the diagnosis by itself' },
    UNTIL_DIAGNOSIS_ENDS,
  ),
  column(
    'diagnostic_mode',
    'purpose',
    true,
    { de: 'wozu die Diagnose dient; freier Text', en: 'what the diagnosis is for; free text' },
    UNTIL_DIAGNOSIS_ENDS,
  ),
  column(
    'deletions',
    'id',
    false,
    { de: 'ordnet die Löschnachweise', en: 'orders the proofs of deletion' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'class',
    false,
    { de: 'welche Art von Daten gelöscht wurde', en: 'which class of data was deleted' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'entries',
    false,
    { de: 'wie viele Einträge gelöscht wurden', en: 'how many entries were deleted' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'first_at',
    false,
    { de: 'von wann der älteste gelöschte Eintrag war', en: 'when the oldest deleted entry was made' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'last_at',
    false,
    { de: 'von wann der neueste gelöschte Eintrag war', en: 'when the newest deleted entry was made' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'deleted_at',
    false,
    { de: 'wann gelöscht wurde', en: 'when it was deleted' },
    AS_LONG_AS_INSTALLED,
  ),
  column(
    'deletions',
    'hash',
    false,
    {
      de: 'verkettet die Nachweise, damit Änderungen auffallen',
      en: 'chains the proofs so that changes are noticed',
    },
    AS_LONG_AS_INSTALLED,
  ),
]
