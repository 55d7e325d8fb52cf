// Entry point of a media worker's process: builds the worker from its settings and connects it to the server.
import { faultPlace } from './fault-place.ts'
import { MediaWorker } from './media-worker.ts'
import type { FromWorker, ToWorker } from './worker-protocol.ts'

/** Messages that came before the worker was built. */
const early: ToWorker[] = []
let worker: MediaWorker | undefined

function post(messages: readonly FromWorker[]): void {
  // Without the server nobody needs them, and this process ends.
  if (process.connected) process.send?.(messages, undefined, undefined, () => undefined)
}

async function start(message: Extract<ToWorker, { kind: 'start' }>): Promise<void> {
  const { settings } = message
  try {
    worker = await MediaWorker.start(settings, post)
    post([{ kind: 'ready', sender: worker.sender }])
    for (const waiting of early.splice(0)) worker.handle(waiting)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
    post([{ kind: 'failed', code, udpPort: settings.udpPort }])
    process.disconnect?.()
  }
}

process.on('message', (message: ToWorker) => {
  if (message.kind === 'start') void start(message)
  else if (worker) worker.handle(message)
  else early.push(message)
})

// The server is gone, or lets go of this worker: the port must come free.
process.on('disconnect', () => process.exit())

// Ctrl-C and service managers signal the whole group; the server decides, and says good-bye to everyone first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined)

process.on('SIGUSR2', () => worker?.tellStatistics())

// Messages of errors may hold what clients sent: only the place goes to the log.
process.on('uncaughtException', (error) => {
  const fields = { place: faultPlace(error) }
  const message: FromWorker = { kind: 'log', level: 'error', event: 'worker_crashed', fields }
  if (!process.connected || !process.send) process.exit(1)
  process.send([message], undefined, undefined, () => process.exit(1))
})
