// Asks the browser for passkeys, with its own reading and writing of JSON (WebAuthn level 3, sections 5.1.8 to 5.1.10).

/** Whether this browser has passkeys and speaks their JSON forms; pages without encryption have none. */
export function passkeysWork(): boolean {
  return 'PublicKeyCredential' in globalThis && 'parseCreationOptionsFromJSON' in PublicKeyCredential
}

/** Makes a passkey. Null: the person or the device declined. */
export async function createPasskey(options: object): Promise<unknown> {
  try {
    const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(creation(options))
    return jsonOf(await navigator.credentials.create({ publicKey }))
  } catch {
    return null
  }
}

/** Signs a challenge with a passkey. Null: the person or the device declined. */
export async function askPasskey(options: object): Promise<unknown> {
  try {
    const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(request(options))
    return jsonOf(await navigator.credentials.get({ publicKey }))
  } catch {
    return null
  }
}

function jsonOf(credential: Credential | null): unknown {
  return credential instanceof PublicKeyCredential ? credential.toJSON() : null
}

/** The browser checks the form itself and throws for another one. */
function creation(options: object): PublicKeyCredentialCreationOptionsJSON {
  return options as PublicKeyCredentialCreationOptionsJSON
}

function request(options: object): PublicKeyCredentialRequestOptionsJSON {
  return options as PublicKeyCredentialRequestOptionsJSON
}
