// Which sites of a web server lead to this installation; what other sites log is not its business.

/** How this installation is found in another program's configuration. */
export interface Own {
  /** Host of the public address. */
  readonly host: string
  /** Port that a proxy passes on to. */
  readonly port: number
}

/** One site, server block or virtual host. */
export interface Site {
  readonly names: readonly string[]
  /** Addresses that it passes requests on to. */
  readonly targets: readonly string[]
}

/** The sites that lead here; all of them if none can be told to, or nothing is known about this installation. */
export function ownSites<S extends Site>(sites: readonly S[], own: Own | undefined): readonly S[] {
  if (own === undefined) return sites
  const found = sites.filter(
    ({ names, targets }) =>
      names.some((name) => hostOf(name) === own.host) || targets.some((target) => leadsTo(target, own.port)),
  )
  return found.length > 0 ? found : sites
}

/** Host of `https://host:443/path`, `host:443`, `host`. */
function hostOf(name: string): string {
  return name
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[:/].*$/, '')
    .toLowerCase()
}

/** Whether an address of this machine with that port is meant. */
function leadsTo(target: string, port: number): boolean {
  const found =
    /^(?:[a-z0-9]+:\/\/)?(?:localhost|127\.[\d.]+|\[::1\]|\[::\]|0\.0\.0\.0)?:(\d{1,5})(?:\/|$)/i.exec(target)
  return found !== null && Number(found[1]) === port
}
