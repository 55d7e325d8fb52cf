// Reads the JSON body of a request: bounded, of the right type, of the right shape.
import { BODY_MAX_BYTES } from '@runde/contract'
import type { Context } from 'hono'
import { Refusal } from './answers.ts'

/** A schema of the contract, as far as it is needed here. */
export interface BodySchema<T> {
  safeParse(value: unknown): { success: true; data: T } | { success: false }
}

/**
 * @param limit of the body in bytes
 * @throws Refusal when the body is too large, no JSON, or of another shape
 */
export async function readBody<T>(
  context: Context,
  schema: BodySchema<T>,
  limit: number = BODY_MAX_BYTES,
): Promise<T> {
  const type = context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase()
  // A foreign page can send forms and plain text without asking first, but not JSON (Fetch, CORS-safelisted types).
  if (type !== 'application/json') throw new Refusal('not_json')
  const bytes = await readBounded(context.req.raw, limit)
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    throw new Refusal('bad_request')
  }
  const parsed = schema.safeParse(value)
  if (!parsed.success) throw new Refusal('bad_request')
  return parsed.data
}

async function readBounded(request: Request, limit: number): Promise<Uint8Array> {
  if (Number(request.headers.get('content-length') ?? 0) > limit) throw new Refusal('body_too_large')
  const chunks: Uint8Array[] = []
  let size = 0
  if (request.body === null) return Buffer.alloc(0)
  try {
    for await (const chunk of request.body) {
      size += chunk.length
      if (size > limit) throw new Refusal('body_too_large')
      chunks.push(chunk)
    }
  } catch (error) {
    // The only other way a body ends early is that the sender went away.
    throw error instanceof Refusal ? error : new Refusal('bad_request')
  }
  return Buffer.concat(chunks)
}
