// What the main thread notices of a worker: that it is ready, that it failed to start, that it is lost.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { silentLog } from './log.ts'
import { WorkerLink, type WorkerLinkOptions } from './worker-link.ts'

const settings = { udpPort: 1, bindAddresses: [], announcedAddresses: [], keys: [], sender: 'auto' as const }

const folder = mkdtempSync(join(tmpdir(), 'runde-worker-'))
afterAll(() => rmSync(folder, { recursive: true }))
let programs = 0

/** A file with a program, as forking wants it. */
function file(program: string): URL {
  const path = join(folder, `${programs++}.mjs`)
  writeFileSync(path, program)
  return pathToFileURL(path)
}

function link(program: string, options: Partial<WorkerLinkOptions> = {}): WorkerLink {
  return new WorkerLink({
    settings,
    log: silentLog,
    onSignal: () => undefined,
    onFrames: () => undefined,
    onEvent: () => undefined,
    onCrash: () => undefined,
    program: file(program),
    ...options,
  })
}

const READY =
  "process.send([{ kind: 'ready', sender: 'typescript' }]); process.on('disconnect', () => process.exit());"

describe('WorkerLink', () => {
  it('is ready when the worker says so, and closes in an orderly way without a crash', async () => {
    let crashes = 0
    const worker = link(
      `${READY} process.on('message', (m) => m.kind === 'close' && process.send([{ kind: 'closed' }]))`,
      { onCrash: () => crashes++ },
    )
    await worker.ready()
    await worker.close(1_000)
    expect(crashes).toBe(0)
  })

  it('ends a worker that does not answer its close', async () => {
    const worker = link(`${READY} setInterval(() => undefined, 1000)`)
    await worker.ready()
    await expect(worker.close(50)).resolves.toBeUndefined()
  })

  it('rejects when the worker cannot open its port, or ends before it is ready', async () => {
    const failed =
      "process.on('message', () => process.exit()); process.send([{ kind: 'failed', code: 'EACCES', udpPort: 7 }])"
    await expect(link(failed).ready()).rejects.toMatchObject({ code: 'EACCES', udpPort: 7 })
    await expect(link('export {}').ready()).rejects.toMatchObject({ code: 'EXITED' })
  })

  it.each([
    ['throws', "throw new Error('broken')", []],
    ['is killed', "process.kill(process.pid, 'SIGKILL')", ['worker_killed']],
    ['aborts', 'process.abort()', ['worker_killed']],
  ])('tells of a worker that %s, and fails the calls that were under way', async (_how, end, said) => {
    const lines: string[] = []
    let lost: () => void = () => undefined
    const crashed = new Promise<void>((resolve) => (lost = resolve))
    const worker = link(`${READY} process.on('message', (m) => { if (m.kind === 'call') ${end} })`, {
      onCrash: () => lost(),
      log: (_level, event) => lines.push(event),
    })
    await worker.ready()
    await expect(worker.call('ListRooms', new Uint8Array())).rejects.toMatchObject({ code: 'unavailable' })
    await crashed
    expect(lines).toEqual(said)
    worker.post({ kind: 'close' })
  })
})
