// Builds the error answers of the HTTP interface and the exception that carries one through the handlers.
import { ERRORS, errorBody, type ErrorCode } from '@runde/contract'

/** A refusal that a handler raises; the app turns it into an answer from the table. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly field: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, options: { field?: string | undefined; retryAfterSeconds?: number } = {}) {
    super(code)
    this.code = code
    this.field = options.field
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}

/** Status and body of the table's row. */
export function errorResponse(refusal: Refusal): Response {
  const headers = new Headers({ 'cache-control': 'no-store' })
  if (refusal.retryAfterSeconds !== undefined) headers.set('retry-after', String(refusal.retryAfterSeconds))
  return Response.json(errorBody(refusal.code, refusal.field), {
    status: ERRORS[refusal.code].status,
    headers,
  })
}
