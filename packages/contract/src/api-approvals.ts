// The requests of approvals, comments and reading links; the answers are described in apps/server/src/approvals/routes.ts.
import * as z from 'zod/mini'

/** Approves what was read: `edition` is the document's edition in `language`. */
export interface ApproveRequest {
  language: 'de' | 'en'
  edition: string
  /** ISO date on which to look again. */
  reviewOn?: string
}

/** `answers` is the id of the comment that begins the thread; left out, the comment begins one. */
export interface CommentRequest {
  text: string
  answers?: number
}

/** Calls a thread settled, or opens it again. */
export interface SettleRequest {
  settled: boolean
}

/** `days` until the link ends, 1 to 90. */
export interface AuthorityLinkRequest {
  note: string
  days: number
}

/** Opens a reading link: `token` is its fragment. */
export interface AuthorityRequest {
  token: string
  language: 'de' | 'en'
}

const language: z.ZodMiniType<'de' | 'en'> = z.enum(['de', 'en'])

export const ApproveRequest: z.ZodMiniType<ApproveRequest> = z.strictObject({
  language,
  edition: z.string(),
  reviewOn: z.exactOptional(z.iso.date()),
})

export const CommentRequest: z.ZodMiniType<CommentRequest> = z.strictObject({
  text: z.string(),
  answers: z.exactOptional(z.int()),
})

export const SettleRequest: z.ZodMiniType<SettleRequest> = z.strictObject({ settled: z.boolean() })

export const AuthorityLinkRequest: z.ZodMiniType<AuthorityLinkRequest> = z.strictObject({
  note: z.string(),
  days: z.int().check(z.minimum(1), z.maximum(90)),
})

export const AuthorityRequest: z.ZodMiniType<AuthorityRequest> = z.strictObject({
  token: z.string(),
  language,
})
