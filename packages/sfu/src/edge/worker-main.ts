// Entry point of a media worker's thread: builds the worker from its settings and connects it to the main thread.
import { parentPort, workerData } from 'node:worker_threads'
import { MediaWorker } from './media-worker.ts'
import type { FromWorker, ToWorker, WorkerSettings } from './worker-protocol.ts'

const port = parentPort
if (!port) throw new Error('worker-main.ts runs as a worker thread only')

const post = (message: FromWorker): void => port.postMessage(message)
const settings = workerData as WorkerSettings

try {
  const worker = await MediaWorker.start(settings, post)
  port.on('message', (message: ToWorker) => worker.handle(message))
  post({ kind: 'ready' })
} catch (error) {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'UNKNOWN'
  post({ kind: 'failed', code, udpPort: settings.udpPort })
}
