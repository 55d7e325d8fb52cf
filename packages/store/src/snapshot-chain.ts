// The chain of approvals: each hash covers its snapshot and the hash before it, so that none can be changed or taken out unnoticed.
import { createHash } from 'node:crypto'
import type { Approval, Snapshot } from './approval-store.ts'

/** What the first snapshot names as the one before it. */
export const CHAIN_START: string = '0'.repeat(64)

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex')
}

/** Puts an approval behind the snapshot `last`. */
export function chain(approval: Approval, last: Pick<Snapshot, 'number' | 'hash'> | undefined): Snapshot {
  const number = (last?.number ?? 0) + 1
  const previous = last?.hash ?? CHAIN_START
  return { ...approval, number, previous, hash: snapshotHash({ ...approval, number, previous }) }
}

/** SHA-256 of the JSON of everything a snapshot says, in the order of the columns; the content as its own SHA-256. */
export function snapshotHash(snapshot: Omit<Snapshot, 'hash'>): string {
  const { number, document, content, approverName, approverRoles, approvedAt, reviewOn, previous } = snapshot
  return sha256(
    JSON.stringify([
      previous,
      number,
      document,
      sha256(content),
      approverName,
      approverRoles,
      approvedAt,
      reviewOn,
    ]),
  )
}

/**
 * Number of the first snapshot that does not fit its place, or undefined when the chain is whole. What was cut off at
 * the end cannot be seen from the chain itself: an export that names the last hash shows it.
 */
export function brokenSnapshot(snapshots: readonly Snapshot[]): number | undefined {
  let previous = CHAIN_START
  for (const [index, snapshot] of snapshots.entries()) {
    const number = index + 1
    const fits =
      snapshot.number === number && snapshot.previous === previous && snapshot.hash === snapshotHash(snapshot)
    if (!fits) return number
    previous = snapshot.hash
  }
  return undefined
}
