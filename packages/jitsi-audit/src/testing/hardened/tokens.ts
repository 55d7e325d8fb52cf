// The installation from packages once more, with tokens instead of accounts: another way to let nobody in unasked.
import { STRONG } from '../samples.ts'
import { HARDENED_DEBIAN } from './debian.ts'

const HOST = 'etc/prosody/conf.d/meet.example.org.cfg.lua'
const FOCUS = 'etc/jitsi/jicofo/jicofo.conf'

export const HARDENED_TOKENS: Readonly<Record<string, string>> = {
  ...HARDENED_DEBIAN,
  [HOST]: (HARDENED_DEBIAN[HOST] ?? '')
    .replace(
      'VirtualHost "meet.example.org"\n    authentication = "internal_hashed"',
      `VirtualHost "meet.example.org"
    authentication = "token"
    app_id = "meet"
    app_secret = "${STRONG.tokens}"
    allow_empty_token = false
    enable_domain_verification = true`,
    )
    .replace('"lobby_autostart";', '"lobby_autostart"; "token_verification";'),
  [FOCUS]: (HARDENED_DEBIAN[FOCUS] ?? '').replace('type = XMPP', 'type = JWT'),
}
