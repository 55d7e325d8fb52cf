// Decides whether a request may set this installation up and become its first organiser.
import type { ErrorCode } from '@runde/contract'
import { decideName, decideOptionalName } from './text-rules.ts'

/** Shown until the organiser has given the house a name. */
export const DEFAULT_INSTANCE_NAME = 'Runde' as const

export interface SetUpFacts {
  /** True once the installation has an organiser. */
  setUp: boolean
  /** True if the token is the one of a set-up link that has not expired; compared in constant time by the caller. */
  tokenMatches: boolean
  name: string
  instanceName: string | undefined
}

export type SetUpDecision =
  | { kind: 'accept'; name: string; instanceName: string }
  | { kind: 'refuse'; code: ErrorCode; field?: 'name' | 'instanceName' }

/** The link is judged before the fields, so that a stranger learns nothing but that the link is not valid. */
export function decideSetUp(facts: SetUpFacts): SetUpDecision {
  if (facts.setUp) return { kind: 'refuse', code: 'already_set_up' }
  if (!facts.tokenMatches) return { kind: 'refuse', code: 'setup_link_invalid' }
  const name = decideName(facts.name)
  if (!name.ok) return { kind: 'refuse', code: name.code, field: 'name' }
  const instanceName = decideOptionalName(facts.instanceName)
  if (!instanceName.ok) return { kind: 'refuse', code: instanceName.code, field: 'instanceName' }
  return { kind: 'accept', name: name.text, instanceName: instanceName.text ?? DEFAULT_INSTANCE_NAME }
}
