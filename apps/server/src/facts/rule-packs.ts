// The rule packs of this installation: the ones delivered, changed by the files in the folder `rule-packs` of the data.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DEFAULT_PACKS, type Language, type RulePack, readPacks } from '@runde/dossier'
import { StartFailure } from '../start-failures.ts'

/** All packs of all Länder would have some hundred kilobytes. */
const PACKS_MAX_BYTES = 2_000_000

/** Read in the order of their names, each on top of the one before. @throws StartFailure when a file has errors */
export function installedPacks(dataFolder: string): readonly RulePack[] {
  const folder = join(dataFolder, 'rule-packs')
  let names: string[]
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'))
  } catch {
    return DEFAULT_PACKS
  }
  return names.sort().reduce((packs, name) => withPackFile(join(folder, name), packs), DEFAULT_PACKS)
}

/** The packs with those of one file in their place. @throws StartFailure naming every place that is wrong */
export function withPackFile(file: string, packs: readonly RulePack[] = DEFAULT_PACKS): readonly RulePack[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    throw wrong(`Die Datei ${file} lässt sich nicht lesen.`, `The file ${file} cannot be read.`, error)
  }
  if (text.length > PACKS_MAX_BYTES) {
    throw wrong(`Die Datei ${file} ist zu groß für Regeln.`, `The file ${file} is too large for rules.`)
  }
  const result = readPacks(text, packs)
  if (result.ok) return result.packs
  const list = (language: Language): string =>
    result.problems.map(({ place, message }) => `${place}: ${message[language]}`).join('\n')
  throw wrong(
    `Die Regeln in ${file} haben Fehler.\n${list('de')}`,
    `The rules in ${file} have errors.\n${list('en')}`,
  )
}

function wrong(de: string, en: string, cause?: unknown): StartFailure {
  return new StartFailure({ code: 'usage', text: { de, en } }, cause)
}
