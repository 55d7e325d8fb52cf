// How a person is called in the language in use.
import { t } from '../i18n/i18n.ts'
import type { Person } from './model.ts'

/** Name for tiles, lists and announcements: the given one, "You", or "Guest 2". */
export function nameOf(person: Pick<Person, 'name' | 'guest' | 'isSelf'>): string {
  if (person.isSelf) return t().stage.you
  return person.name === '' ? `${t().join.guest} ${person.guest}` : person.name
}
