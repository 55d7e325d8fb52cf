// Whether nginx hands out a folder, and whether somebody has to sign in for it.
import type { Installation, NginxScope } from '../../core/installation.ts'
import { servers, stockNginx } from '../c/web-server.ts'

/** `open`: served to anybody; `closed`: only with sign-in or to named addresses; `no`: not served; `unknown`: nginx is not in the set. */
export function hasLocation(installation: Installation, path: RegExp): 'open' | 'closed' | 'no' | 'unknown' {
  // The image's own nginx serves its static folders, transcripts among them.
  if (stockNginx(installation) !== undefined) return 'open'
  const found = installation.nginx.scopes.filter(
    ({ kind, args }) => kind === 'location' && args.some((one) => path.test(one)),
  )
  if (found.length > 0) return found.every(isClosed) ? 'closed' : 'open'
  if (installation.nginx.completeness === 'absent') return 'unknown'
  return servers(installation).length > 0 ? 'no' : 'unknown'
}

function isClosed({ effective }: NginxScope): boolean {
  if ((effective.get('auth_basic') ?? []).some(({ args }) => args[0] !== 'off')) return true
  if (effective.has('auth_request') || effective.has('internal')) return true
  if ((effective.get('return') ?? []).some(({ args }) => /^4\d\d$/.test(args[0] ?? ''))) return true
  return (effective.get('deny') ?? []).some(({ args }) => args[0] === 'all')
}
