// Files that a meeting could have been recorded into: those of the data folder, and those the server's processes have open.
import { readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { ServerConfig } from '@runde/server/proving'

/** Bytes of each file by its path. */
type Files = ReadonlyMap<string, number>

/** The database writes down a session or a proof; some seconds of audio and video are more than that, bytes. */
const QUIET_BYTES = 262_144

/** Files of the server as they are now; undefined where its processes cannot be looked at. */
export function serverFiles({
  port,
  dataFolder,
}: Pick<ServerConfig, 'port' | 'dataFolder'>): Files | undefined {
  const processes = serverProcesses(port)
  const open = processes.map(openFiles)
  if (processes.length === 0 || open.includes(undefined)) return undefined
  return new Map([...filesBelow(dataFolder), ...open.flatMap((files) => files ?? [])])
}

/** Files that are new or have grown by more than the database's own notes. */
export function tracesSince(before: Files, after: Files): readonly string[] {
  return [...after]
    .filter(([path, size]) => size - (before.get(path) ?? 0) > QUIET_BYTES)
    .map(([path]) => path)
}

function filesBelow(folder: string): [string, number][] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, sizeOf(path)])
}

function sizeOf(path: string): number {
  try {
    return statSync(path).size
  } catch {
    // Gone since it was listed.
    return 0
  }
}

/** The process that listens on the port, and those it has started (proc(5)). */
function serverProcesses(port: number): readonly string[] {
  const inodes = listeningInodes(port)
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const family = new Set(all.filter((pid) => socketsOf(pid).some((inode) => inodes.has(inode))))
  for (const pid of all) if (family.has(parentOf(pid))) family.add(pid)
  return [...family]
}

/** TCP_LISTEN of include/net/tcp_states.h. */
const LISTEN = '0A'

function listeningInodes(port: number): ReadonlySet<string> {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const lines = ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((file) => readOrNothing(file).split('\n'))
  return new Set(
    lines.flatMap((line) => {
      const [, local = '', , state = '', , , , , , inode = ''] = line.trim().split(/\s+/)
      return state === LISTEN && local.endsWith(wanted) ? [inode] : []
    }),
  )
}

function socketsOf(pid: string): readonly string[] {
  return (linksOf(pid) ?? []).flatMap((link) => {
    const inode = /^socket:\[(\d+)\]$/.exec(link)?.[1]
    return inode === undefined ? [] : [inode]
  })
}

/** Open files with their sizes; undefined where this account may not look. */
function openFiles(pid: string): [string, number][] | undefined {
  return linksOf(pid)
    ?.filter((link) => link.startsWith('/') && !link.startsWith('/dev/'))
    .map((path) => [path, sizeOf(path)])
}

function linksOf(pid: string): readonly string[] | undefined {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => linkOrNothing(`/proc/${pid}/fd/${fd}`))
  } catch {
    return undefined
  }
}

function linkOrNothing(path: string): string {
  try {
    return readlinkSync(path)
  } catch {
    return ''
  }
}

function parentOf(pid: string): string {
  // pid (name) state ppid; the name may hold blanks and parentheses.
  return (
    readOrNothing(`/proc/${pid}/stat`)
      .replace(/^.*\) /s, '')
      .split(' ')[1] ?? ''
  )
}

function readOrNothing(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}
