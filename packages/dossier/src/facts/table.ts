// All facts in the order of the interview, and which features they describe.
import { HOSTING_FACTS, JUDGEMENT } from './hosting.ts'
import { IMPRINT } from './imprint.ts'
import { MEETINGS } from './meetings.ts'
import { ORGANISATION } from './organisation.ts'
import { PROBES, SURROUNDINGS } from './probes.ts'
import { FEATURE_FACTS, RETENTION, SERVER } from './server.ts'
import type { FactSpec } from './spec.ts'
import type { FactId, FactValues } from './values.ts'

/** The table itself: every fact has a row, every row a type. */
export const FACTS: { readonly [K in FactId]: FactSpec<FactValues[K]> } = {
  ...ORGANISATION,
  ...IMPRINT,
  ...MEETINGS,
  ...HOSTING_FACTS,
  ...JUDGEMENT,
  ...FEATURE_FACTS,
  ...SERVER,
  ...RETENTION,
  ...PROBES,
  ...SURROUNDINGS,
}

/** Every id, in the order of the table. */
export const FACT_IDS: readonly FactId[] = Object.keys(FACTS).filter(isFactId)

/** Whether a text is the id of a fact. */
export function isFactId(id: string): id is FactId {
  return Object.hasOwn(FACTS, id)
}
