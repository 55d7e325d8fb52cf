// What the main thread notices of a worker: that it is ready, that it failed to start, that it is lost.
import { describe, expect, it } from 'vitest'
import { silentLog } from './log.ts'
import { WorkerLink, type WorkerLinkOptions } from './worker-link.ts'

const settings = { udpPort: 1, bindAddresses: [], announcedAddresses: [], keys: [] }

function link(program: string, options: Partial<WorkerLinkOptions> = {}): WorkerLink {
  return new WorkerLink({
    settings,
    log: silentLog,
    onSignal: () => undefined,
    onFrames: () => undefined,
    onEvent: () => undefined,
    onCrash: () => undefined,
    program: new URL(`data:text/javascript,${encodeURIComponent(program)}`),
    ...options,
  })
}

const READY = "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'ready' });"

describe('WorkerLink', () => {
  it('is ready when the worker says so, and closes in an orderly way without a crash', async () => {
    let crashes = 0
    const worker = link(
      `${READY} parentPort.on('message', (m) => m.kind === 'close' && parentPort.postMessage({ kind: 'closed' }))`,
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
      "import { parentPort } from 'node:worker_threads'; parentPort.postMessage({ kind: 'failed', code: 'EACCES', udpPort: 7 })"
    await expect(link(failed).ready()).rejects.toMatchObject({ code: 'EACCES', udpPort: 7 })
    await expect(link('export {}').ready()).rejects.toMatchObject({ code: 'EXITED' })
  })

  it('tells of a crash, and fails the calls that were under way', async () => {
    const lines: string[] = []
    let lost: () => void = () => undefined
    const crashed = new Promise<void>((resolve) => (lost = resolve))
    const worker = link(`${READY} parentPort.on('message', () => { throw new Error('broken') })`, {
      onCrash: () => lost(),
      log: (_level, event) => lines.push(event),
    })
    await worker.ready()
    await expect(worker.call('ListRooms', new Uint8Array())).rejects.toMatchObject({ code: 'unavailable' })
    await crashed
    expect(lines).toEqual(['worker_crashed'])
  })
})
