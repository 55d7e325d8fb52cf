// The headers every answer carries: what a page of ours may load, use and reveal.

/** Everything comes from the own origin; 'self' covers wss: of the same host and port (CSP 3, section 6.7.2.8). */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "manifest-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/** What a meeting needs is allowed to our own pages; the rest is allowed to nobody, also not to us. */
const PERMISSIONS_POLICY = [
  'camera=(self)',
  'microphone=(self)',
  'display-capture=(self)',
  'fullscreen=(self)',
  'accelerometer=()',
  'bluetooth=()',
  'browsing-topics=()',
  'geolocation=()',
  'gyroscope=()',
  'hid=()',
  'idle-detection=()',
  'local-fonts=()',
  'magnetometer=()',
  'midi=()',
  'payment=()',
  'serial=()',
  'usb=()',
  'xr-spatial-tracking=()',
].join(', ')

/** One year, as browsers' preload rules ask for; other hosts of the same domain are not our business. */
const STRICT_TRANSPORT_SECURITY = 'max-age=31536000'

/** Name and value of each header; `https`: browsers reach this server encrypted. */
export function securityHeaders(https: boolean): ReadonlyArray<readonly [string, string]> {
  const headers: [string, string][] = [
    ['content-security-policy', CONTENT_SECURITY_POLICY],
    ['permissions-policy', PERMISSIONS_POLICY],
    ['referrer-policy', 'no-referrer'],
    ['x-content-type-options', 'nosniff'],
    ['cross-origin-opener-policy', 'same-origin'],
    ['cross-origin-resource-policy', 'same-origin'],
  ]
  if (https) headers.push(['strict-transport-security', STRICT_TRANSPORT_SECURITY])
  return headers
}
