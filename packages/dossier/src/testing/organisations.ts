// Test code: the six invented organisations, read from the fixtures, and the moment the tests happen at.
import { readFileSync } from 'node:fs'
import { type FactSheet, readFacts } from '../facts/sheet.ts'

/** 23 November 2026, noon UTC: some hours after the probes of the fixtures. */
export const NOW: number = Date.UTC(2026, 10, 23, 12)

export const ORGANISATIONS = [
  'association',
  'law-practice',
  'public-school',
  'protestant-parish',
  'hoster',
  'private-person',
] as const

export type OrganisationName = (typeof ORGANISATIONS)[number]

/** The fixture as JSON text. */
export function fixtureText(name: OrganisationName): string {
  return readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8')
}

/** The fixture as a fact sheet; a fixture that cannot be read is a mistake of the test. */
export function organisation(name: OrganisationName): FactSheet {
  const result = readFacts(fixtureText(name))
  if (!result.ok) throw new Error(JSON.stringify(result.problems))
  return result.sheet
}

/** All organisations that need documents. */
export const WITH_PAPERWORK: readonly OrganisationName[] = ORGANISATIONS.filter(
  (name) => name !== 'private-person',
)
