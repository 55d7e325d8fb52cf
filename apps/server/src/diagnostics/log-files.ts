// The files of the diagnostic log: where they lie, how they are deleted, and the proof that they are gone.
import { randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, rename, rm, rmdir } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type EpochMillis, asEpochMillis } from '@runde/contract'
import type { DiagnosticMode, Store } from '@runde/store'
import * as z from 'zod/mini'

/** Class of these data in the proofs of deletion, as the deletion concept names it. */
export const DELETION_CLASS = 'debugLog'

/** Where all of them lie, in the data folder. */
export function logFolder(dataFolder: string): string {
  return join(dataFolder, 'diagnostics')
}

/** The file of the mode that began then. */
export function logFile(dataFolder: string, mode: Pick<DiagnosticMode, 'since'>): string {
  return join(logFolder(dataFolder), `${mode.since}.jsonl`)
}

/** Names of files that no mode in force writes: none may stay. */
export async function leftoverFiles(
  dataFolder: string,
  mode: DiagnosticMode | undefined,
  now: EpochMillis,
): Promise<readonly string[]> {
  const current = mode !== undefined && mode.until > now ? logFile(dataFolder, mode) : undefined
  const names = await namesIn(logFolder(dataFolder))
  return names.map((name) => join(logFolder(dataFolder), name)).filter((file) => file !== current)
}

/**
 * Deletes what no mode in force writes, writes the proof down and forgets the mode if it has expired. May be called by the
 * server and by a command at once: each file is deleted and proven by one of them.
 * @returns number of files
 */
export async function purgeLogs(
  dataFolder: string,
  store: Pick<Store, 'diagnostics' | 'deletions'>,
  now: EpochMillis,
): Promise<number> {
  const mode = await store.diagnostics.current()
  let files = 0
  for (const file of await leftoverFiles(dataFolder, mode, now)) {
    const taken = await take(file)
    if (taken === undefined) continue
    const { entries, firstAt, lastAt } = await summary(taken)
    await rm(taken, { force: true })
    await store.deletions.add({ class: DELETION_CLASS, entries, firstAt, lastAt, deletedAt: now })
    files++
  }
  if (mode !== undefined && mode.until <= now) await store.diagnostics.end(mode.since)
  // Empty now, unless a new mode has begun; then it stays.
  if (files > 0) await rmdir(logFolder(dataFolder)).catch(() => undefined)
  return files
}

/** Under its new name the file belongs to whoever renamed it; undefined when somebody else was faster. */
async function take(file: string): Promise<string | undefined> {
  const taken = `${file}.${randomBytes(6).toString('hex')}`
  try {
    await rename(file, taken)
    return taken
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return (await readdir(folder)).toSorted()
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
}

interface Summary {
  entries: number
  firstAt: EpochMillis | null
  lastAt: EpochMillis | null
}

const Timed = z.object({ time: z.iso.datetime() })

/** How many lines there are, and from when; a line that was cut off by a crash counts, but has no time. */
async function summary(file: string): Promise<Summary> {
  const found: Summary = { entries: 0, firstAt: null, lastAt: null }
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY })
  for await (const line of lines) {
    if (line === '') continue
    found.entries++
    const time = timeOf(line)
    if (time === undefined) continue
    found.firstAt ??= time
    found.lastAt = time
  }
  return found
}

function timeOf(line: string): EpochMillis | undefined {
  try {
    const parsed = Timed.safeParse(JSON.parse(line))
    return parsed.success ? asEpochMillis(Date.parse(parsed.data.time)) : undefined
  } catch {
    return undefined
  }
}
