// Turns addresses into pages and keeps the address bar in step; the fragment carries one-time tokens and never leaves the browser.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { isMeetingId } from '@runde/contract'
import type { MeetingId } from '@runde/contract'

/** A page of the data protection centre. */
export type DscView =
  | { readonly at: 'overview' }
  | { readonly at: 'interview'; readonly fact: string }
  | { readonly at: 'providers' }
  | { readonly at: 'provider'; readonly id: string }
  | { readonly at: 'proofs' }
  | { readonly at: 'incidents' }
  | { readonly at: 'approvals' }
  | { readonly at: 'approval'; readonly id: string }
  | { readonly at: 'snapshot'; readonly id: string; readonly number: number }
  | { readonly at: 'document'; readonly id: string }

/** A page of the client. */
export type Route =
  | { readonly page: 'start' }
  | { readonly page: 'setup'; readonly token: string }
  | { readonly page: 'signin'; readonly token: string }
  | { readonly page: 'desk' }
  | { readonly page: 'desk-new' }
  | { readonly page: 'account' }
  | { readonly page: 'people' }
  | { readonly page: 'invitation'; readonly token: string }
  | { readonly page: 'authority'; readonly token: string }
  | { readonly page: 'jitsi' }
  | { readonly page: 'dsc'; readonly view: DscView }
  | { readonly page: 'privacy' }
  | { readonly page: 'imprint' }
  | { readonly page: 'accessibility' }
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
    case '/desk/account':
      return { page: 'account' }
    case '/desk/people':
      return { page: 'people' }
    case '/invitation':
      return { page: 'invitation', token }
    case '/authority':
      return { page: 'authority', token }
    case '/jitsi':
      return { page: 'jitsi' }
    case '/datenschutz':
    case '/privacy':
      return { page: 'privacy' }
    case '/impressum':
    case '/imprint':
      return { page: 'imprint' }
    case '/barrierefreiheit':
    case '/accessibility':
      return { page: 'accessibility' }
    default: {
      const view = parseDsc(clean, token)
      if (view !== null) return { page: 'dsc', view }
      const id = clean.slice(1)
      return isMeetingId(id) ? { page: 'meeting', id } : { page: 'not-found' }
    }
  }
}

// Ids of documents and providers: what packages/dossier makes them of.
const DSC_ID = /^[a-z0-9-]{1,64}$/

// Numbers of approvals, counted from 1.
const SNAPSHOT = /^[1-9]\d{0,8}$/

/** Page of the data protection centre behind an address; the fragment names the question of the interview. */
function parseDsc(path: string, fragment: string): DscView | null {
  const [root, desk, dsc, part, id = '', number, ...rest] = path.split('/')
  if (root !== '' || desk !== 'desk' || dsc !== 'dsc' || rest.length > 0) return null
  if (number !== undefined) {
    if (part !== 'approvals' || !DSC_ID.test(id) || !SNAPSHOT.test(number)) return null
    return { at: 'snapshot', id, number: Number(number) }
  }
  if (id === '') {
    switch (part) {
      case undefined:
        return { at: 'overview' }
      case 'interview':
        return { at: 'interview', fact: fragment }
      case 'providers':
      case 'proofs':
      case 'incidents':
      case 'approvals':
        return { at: part }
      default:
        return null
    }
  }
  if (!DSC_ID.test(id)) return null
  if (part === 'documents') return { at: 'document', id }
  if (part === 'approvals') return { at: 'approval', id }
  return part === 'providers' ? { at: 'provider', id } : null
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
