// What is stored of approvals: frozen snapshots in a chain, comments, and reading links, as the repositories offer it.
import type { EpochMillis, OrganiserId, Role } from '@runde/contract'
import type { TokenHash } from './token.ts'

/** One approval of one document. */
export interface Approval {
  document: string
  /** Canonical JSON of what was approved. */
  content: string
  approverName: string
  approverRoles: readonly Role[]
  approvedAt: EpochMillis
  /** ISO date on which somebody wants to look again; null: none. */
  reviewOn: string | null
}

/** An approval in its place in the chain; numbers begin at 1 and have no gaps. */
export interface Snapshot extends Approval {
  number: number
  /** Hash of the snapshot before; 64 zeros for the first. */
  previous: string
  /** SHA-256 over all of the above, in hexadecimal. */
  hash: string
}

export interface SnapshotRepository {
  add(approval: Approval): Promise<Snapshot>
  /** Oldest first. */
  all(): Promise<readonly Snapshot[]>
  find(number: number): Promise<Snapshot | undefined>
}

export interface Comment {
  id: number
  document: string
  /** Null when the account is gone; the name stays. */
  authorId: OrganiserId | null
  authorName: string
  text: string
  writtenAt: EpochMillis
  /** The comment this one answers; null: it begins a thread. */
  answers: number | null
  /** Who called the thread settled, and when; null: open. */
  settled: { at: EpochMillis; by: string } | null
}

export interface CommentRepository {
  add(comment: Omit<Comment, 'id' | 'settled'>): Promise<void>
  find(id: number): Promise<Comment | undefined>
  /** Settles the thread that begins with this comment, or opens it again (null). */
  settle(id: number, settled: Comment['settled']): Promise<void>
  /** Oldest first. */
  all(): Promise<readonly Comment[]>
  /** False if there is none or somebody else wrote it. Its answers stay and begin threads of their own. */
  delete(id: number, authorId: OrganiserId): Promise<boolean>
}

export interface AuthorityLink {
  tokenHash: TokenHash
  /** For whom or what it was made, in the maker's words. */
  note: string
  createdAt: EpochMillis
  expiresAt: EpochMillis
}

export interface AuthorityLinkRepository {
  /** `content` is what the link opens, as of its making. */
  add(link: AuthorityLink, content: string): Promise<void>
  /** What the link opens; undefined if it is unknown, revoked or expired. */
  open(tokenHash: TokenHash, now: EpochMillis): Promise<(AuthorityLink & { content: string }) | undefined>
  /** Those that have not expired, newest first. */
  list(now: EpochMillis): Promise<readonly AuthorityLink[]>
  delete(tokenHash: TokenHash): Promise<boolean>
}
