// Names the route of a request without anything that was in its path: ids, tokens and names stay out of the diagnostic log.

/** One route of the interface, as hono lists it. */
export interface KnownRoute {
  readonly path: string
}

/** What a path belongs to that no route names: pages of meetings, files of the web client, and whatever strangers try. */
const PAGE = '(page)'
const FILE = '(file)'
const OTHER = '(other)'

/** Paths longer than this are nobody's route. */
const MAX_LENGTH = 2000

/** Paths of the media server; what follows them is not written. */
const MEDIA: readonly (readonly [RegExp, string])[] = [
  [/^\/rtc(?:\/v1)?\/validate$/, '/rtc/validate'],
  [/^\/rtc(?:\/|$)/, '/rtc'],
  [/^\/twirp\//, '/twirp/:service/:method'],
]

/**
 * The template of the route, such as `/api/meetings/:id`, or a word for the kind of path.
 * @param target what the request line names: path and query
 */
export type RouteTemplate = (target: string | undefined) => string

export function createRouteTemplate(routes: readonly KnownRoute[]): RouteTemplate {
  const templates = [...new Set(routes.map(({ path }) => path))]
    .filter((path) => !path.includes('*'))
    // Without a variable part first: `/api/meetings/new` is not the meeting called new.
    .toSorted((one, other) => variables(one) - variables(other))
    .map((path) => ({ path, parts: path.split('/') }))
  return (target = '') => {
    const path = target.split(/[?#]/, 1)[0] ?? ''
    if (!path.startsWith('/') || path.length > MAX_LENGTH) return OTHER
    const media = MEDIA.find(([pattern]) => pattern.test(path))
    if (media !== undefined) return media[1]
    const given = path.split('/')
    const known = templates.find(({ parts }) => matches(parts, given))
    if (known !== undefined) return known.path
    if (path.startsWith('/api/')) return OTHER
    return given.at(-1)?.includes('.') === true ? FILE : PAGE
  }
}

function variables(path: string): number {
  return path.split('/').filter((part) => part.startsWith(':')).length
}

function matches(parts: readonly string[], given: readonly string[]): boolean {
  return (
    parts.length === given.length &&
    parts.every((part, index) => part.startsWith(':') || part === given[index])
  )
}
