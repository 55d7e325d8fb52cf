// Turns addresses into pages and keeps the address bar in step; the fragment carries one-time tokens and never leaves the browser.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { isMeetingId } from '@runde/contract'
import type { MeetingId } from '@runde/contract'

/** A page of the client. */
export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'setup'; readonly token: string }
  | { readonly page: 'signin'; readonly token: string }
  | { readonly page: 'desk' }
  | { readonly page: 'desk-new' }
  | { readonly page: 'jitsi' }
  | { readonly page: 'meeting'; readonly id: MeetingId }
  | { readonly page: 'not-found' }

/**
 * Page behind an address.
 * @param path path with leading slash, a trailing slash is ignored
 * @param hash fragment with or without `#`
 */
export function parseRoute(path: string, hash: string): Route {
  const clean = path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path
  const token = hash.startsWith('#') ? hash.slice(1) : hash
  switch (clean) {
    case '/':
      return { page: 'start' }
    case '/setup':
      return { page: 'setup', token }
    case '/signin':
      return { page: 'signin', token }
    case '/desk':
      return { page: 'desk' }
    case '/desk/new':
      return { page: 'desk-new' }
    case '/jitsi':
      return { page: 'jitsi' }
    default: {
      const id = clean.slice(1)
      return isMeetingId(id) ? { page: 'meeting', id } : { page: 'not-found' }
    }
  }
}

/** Page on show. */
export const route: Signal<Route> = signal<Route>({ page: 'start' })

function read(): void {
  route.value = parseRoute(location.pathname, location.hash)
}

/**
 * Shows another page and adds it to the history.
 * @param replace takes the place of the page that is left: for addresses with a one-time token, which is used up
 */
export function go(path: string, replace = false): void {
  if (replace) history.replaceState(null, '', path)
  else history.pushState(null, '', path)
  read()
  scrollTo(0, 0)
}

function onClick(event: MouseEvent): void {
  if (
    event.defaultPrevented ||
    event.button !== 0 ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return
  if (!(event.target instanceof Element)) return
  const link = event.target.closest('a')
  if (link === null || link.target !== '' || link.hasAttribute('download') || link.origin !== location.origin)
    return
  // A plain jump inside the page (the skip link) is the browser's own business.
  if (link.pathname === location.pathname && link.hash !== '') return
  event.preventDefault()
  go(link.pathname + link.hash)
}

/** Starts following links, back and forward. Call once at start. */
export function startRouter(): void {
  read()
  addEventListener('popstate', read)
  addEventListener('hashchange', read)
  document.addEventListener('click', onClick)
}
