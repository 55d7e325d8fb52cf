// Mints LiveKit access tokens with the server's own key pair and the privacy type around what is in them.
import { hide, type EpochMillis, type Pii, type Private } from '@runde/contract'
import { mintAccessToken as mint, type VideoGrant } from '@runde/sfu'
import type { KeyPair } from '@runde/store'

export interface AccessToken {
  identity: string
  /** Shown to the others; it is kept nowhere else. */
  name: Pii | undefined
  grant: VideoGrant
  /** How long the token may be used to connect, in seconds. */
  ttlSeconds: number
}

/** Signs the token; `now` is the time it is made. */
export function mintAccessToken(pair: KeyPair, token: AccessToken, now: EpochMillis): Private<string> {
  const { identity, name, grant, ttlSeconds } = token
  return hide(
    mint(
      { identity, video: grant, ...(name === undefined ? {} : { name: name.reveal() }) },
      { apiKey: pair.key, secret: pair.secret.reveal(), lifetimeSeconds: ttlSeconds, now },
    ),
  )
}
