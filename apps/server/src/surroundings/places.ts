// Where the programs around the server keep their configuration, and whether this account may read it.
import { accessSync, constants, existsSync, readdirSync } from 'node:fs'

const USUAL: readonly string[] = [
  '/etc/nginx',
  '/etc/caddy',
  '/etc/apache2',
  '/etc/httpd',
  '/etc/turnserver.conf',
  '/etc/coturn/turnserver.conf',
  '/etc/systemd/journald.conf',
  '/etc/systemd/journald.conf.d',
  '/etc/logrotate.conf',
  '/etc/logrotate.d',
]

/** The usual places that exist on this machine. */
export function usualPaths(): readonly string[] {
  return USUAL.filter((path) => existsSync(path))
}

/** A folder that may not be listed looks like an empty one otherwise. */
export function isReadable(path: string): boolean {
  try {
    accessSync(path, constants.R_OK)
    if (existsSync(`${path}/.`)) readdirSync(path)
    return true
  } catch {
    return false
  }
}
