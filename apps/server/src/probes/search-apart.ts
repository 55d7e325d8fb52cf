// Lets another process search: whoever opens and closes the database's files in the server's own process takes away its locks.
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Hit, Needle } from './search.ts'

const MAIN = fileURLToPath(new URL('search-main.ts', import.meta.url))

const Found = z.object({
  hits: z.array(z.object({ place: z.string(), needle: z.string() })),
  unreadable: z.array(z.string()),
})

/**
 * Searches like `searchPaths`, in a process of its own. POSIX drops all locks of a process on a file as soon as it closes any
 * descriptor of that file (fcntl(2)); SQLite in the server would then lose its log to the next command that closes the database
 * (sqlite.org/howtocorrupt.html, section 2.2).
 */
export async function searchApart(
  paths: readonly string[],
  needles: readonly Needle[],
): Promise<{ hits: readonly Hit[]; unreadable: readonly string[] }> {
  const child = spawn(process.execPath, [MAIN], { stdio: ['pipe', 'pipe', 'ignore'] })
  const { promise: ended, resolve, reject } = Promise.withResolvers<number | null>()
  child.once('error', reject)
  child.once('close', resolve)
  child.stdin.end(
    JSON.stringify({
      paths,
      needles: needles.map(({ name, forms }) => ({
        name,
        forms: forms.map((form) => form.toString('base64')),
      })),
    }),
  )
  const [answer, code] = await Promise.all([text(child.stdout), ended])
  if (code !== 0) throw new Error('the search did not come to its end')
  return Found.parse(JSON.parse(answer))
}
