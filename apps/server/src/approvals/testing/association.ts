// Lets a test server know what an invented association says about itself.
import { readFileSync } from 'node:fs'
import { asEpochMillis } from '@runde/contract'
import { isFactId } from '@runde/dossier'
import { at, type TestServer } from '../../testing/test-server.ts'

const SHEET = new URL('../../../../../packages/dossier/fixtures/association.json', import.meta.url)

/** States every fact of the fixture and sets the clock to a day on which all of it is fresh. */
export async function stateAssociation(server: TestServer): Promise<void> {
  server.clock.now = asEpochMillis(Date.UTC(2026, 10, 24))
  const sheet: unknown = JSON.parse(readFileSync(SHEET, 'utf8'))
  const facts = at(sheet, 'facts')
  for (const [fact, entry] of Object.entries(typeof facts === 'object' && facts !== null ? facts : {}))
    if (isFactId(fact)) await server.store.facts.set(fact, JSON.stringify(entry), server.clock.now)
}
