// Reads what the browser says about a ceremony (WebAuthn level 3, section 5.8.1): its kind, its challenge, its page.

export interface ClientData {
  type: string
  challenge: string
  origin: string
  crossOrigin: boolean
}

/** Real ones have 150 to 400 bytes. */
const MAX_BYTES = 4096

/** Undefined when the bytes are not such a JSON object; unknown members are ignored, as the section asks. */
export function readClientData(bytes: Uint8Array): ClientData | undefined {
  if (bytes.length > MAX_BYTES) return undefined
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null) return undefined
  const { type, challenge, origin, crossOrigin } = memberOf(value)
  if (typeof type !== 'string' || typeof challenge !== 'string' || typeof origin !== 'string')
    return undefined
  return { type, challenge, origin, crossOrigin: crossOrigin !== undefined && crossOrigin !== false }
}

function memberOf(value: object): Record<keyof ClientData, unknown> {
  const own = (name: keyof ClientData): unknown =>
    Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
  return {
    type: own('type'),
    challenge: own('challenge'),
    origin: own('origin'),
    crossOrigin: own('crossOrigin'),
  }
}
