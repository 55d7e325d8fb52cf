// Decides for each document whether its newest approval still holds, and what has changed since.
import type { Role } from '@runde/contract'
import type { DossierDocument, Language, SentenceChange } from '@runde/dossier'
import type { Comment, Snapshot } from '@runde/store'
import type { ServerContext } from '../context.ts'
import type { DossierService } from '../facts/dossier-service.ts'
import { changesSince, thaw } from './frozen.ts'

/** An approval as the page shows it. */
export interface ApprovedView {
  number: number
  at: string
  by: string
  roles: readonly Role[]
  reviewOn: string | null
  /** The day has come on which somebody wanted to look again. */
  reviewDue: boolean
  /** Hash of the approval before it in the chain. */
  previous: string
  hash: string
}

/** One document and its newest approval. */
export interface Standing {
  document: string
  title: string
  blockers: number
  state: 'none' | 'current' | 'stale' | 'gone'
  approved: ApprovedView | null
  differences: readonly SentenceChange[]
  thread: readonly Comment[]
}

export function approvedView(snapshot: Snapshot, now: number): ApprovedView {
  const { number, approvedAt, approverName, approverRoles, reviewOn, previous, hash } = snapshot
  return {
    number,
    at: new Date(approvedAt).toISOString(),
    by: approverName,
    roles: approverRoles,
    reviewOn,
    reviewDue: reviewOn !== null && reviewOn <= new Date(now).toISOString().slice(0, 10),
    previous,
    hash,
  }
}

/** All documents that are made now, and those that were approved and are not made any more. */
export async function standings(
  server: ServerContext,
  documents: DossierService,
  language: Language,
  snapshots: readonly Snapshot[],
): Promise<readonly Standing[]> {
  const present = (await documents.documents(language)).documents
  const comments = await server.store.comments.all()
  const newest = new Map(snapshots.map((snapshot) => [snapshot.document, snapshot]))
  const ids = new Set([...present.map(({ id }) => id), ...newest.keys()])
  return [...ids].map((id) =>
    standingOf({
      id,
      present: present.find((each) => each.id === id),
      snapshot: newest.get(id),
      thread: comments.filter(({ document }) => document === id),
      language,
      now: server.now(),
    }),
  )
}

function standingOf(known: {
  id: string
  present: DossierDocument | undefined
  snapshot: Snapshot | undefined
  thread: readonly Comment[]
  language: Language
  now: number
}): Standing {
  const { id, present, snapshot, thread, language, now } = known
  const before = snapshot === undefined ? undefined : thaw(snapshot.content)[language]
  const differences = before === undefined ? [] : changesSince(before, present)
  return {
    document: id,
    title: (present ?? before)?.title ?? '',
    blockers: present?.blockers ?? 0,
    state: stateOf(present, before, differences),
    approved: snapshot === undefined ? null : approvedView(snapshot, now),
    differences,
    thread,
  }
}

function stateOf(
  present: DossierDocument | undefined,
  before: DossierDocument | undefined,
  differences: readonly SentenceChange[],
): Standing['state'] {
  if (before === undefined) return 'none'
  if (present === undefined) return 'gone'
  return differences.length > 0 || present.title !== before.title ? 'stale' : 'current'
}
