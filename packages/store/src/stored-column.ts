// The form in which a column is declared (columns.ts and its parts).
import type { Bilingual } from '@runde/contract'

/** One column of the database. */
export interface StoredColumn {
  table: string
  column: string
  /** Whether the value is about a person: a name, something a person wrote, or a key that leads to one. */
  personal: boolean
  purpose: Bilingual
  kept: Bilingual
}

/** The period of what belongs to the installation itself. */
export const AS_LONG_AS_INSTALLED: Bilingual = {
  de: 'solange der Server betrieben wird',
  en: 'as long as the server is operated',
}

/** The period of everything that belongs to an account. */
export const UNTIL_ORGANISER_DELETED: Bilingual = {
  de: 'bis das Konto gelöscht wird',
  en: 'until the account is deleted',
}

/** Declares one column. */
export function column(
  table: string,
  name: string,
  personal: boolean,
  purpose: Bilingual,
  kept: Bilingual,
): StoredColumn {
  return { table, column: name, personal, purpose, kept }
}
