// The invented organisations of packages/dossier, for tests of the pages.
import { type FactSheet, readFacts } from '@runde/dossier'

const files = import.meta.glob<string>('../../../../../packages/dossier/fixtures/*.json', {
  query: '?raw',
  import: 'default',
  eager: true,
})

/** Facts of one organisation, for instance `association`. */
export function sheetOf(name: string): FactSheet {
  const text = Object.entries(files).find(([path]) => path.endsWith(`/${name}.json`))?.[1]
  const read = readFacts(text ?? '')
  if (!read.ok) throw new Error(`no such organisation: ${name}`)
  return read.sheet
}
