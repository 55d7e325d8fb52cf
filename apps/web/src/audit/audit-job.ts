// The page's side of the worker: starts it before it is needed, asks it to examine, ends it when somebody cancels.
import type { Comparison, Language, SkippedFile } from '@runde/jitsi-audit'
import type { AuditDetails, Examined, ExportKind, FromWorker, NamedFile, ToWorker } from './protocol.ts'

/** How an examination ended. */
export type Outcome =
  | { readonly kind: 'examined'; readonly result: Examined }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'cancelled' }

export interface JobProgress {
  reading(done: number): void
  examining(files: number): void
}

/** One worker at a time; it is loaded when the page opens, so that examining needs no network. */
export class AuditJob {
  #worker: Worker
  #ready = Promise.withResolvers<void>()
  #wait: { finish(outcome: Outcome): void; progress: JobProgress } | undefined
  readonly #exports = new Map<ExportKind, (text: string) => void>()
  #compared: ((comparison: Comparison | undefined) => void) | undefined

  constructor() {
    this.#worker = this.#start()
  }

  /** Settles when the worker has been loaded: from then on examining needs no network. */
  async ready(): Promise<void> {
    await this.#ready.promise
  }

  /** Examines files; an examination that still runs is cancelled. */
  async examine(
    files: readonly NamedFile[],
    skipped: readonly SkippedFile[],
    details: AuditDetails,
    progress: JobProgress,
  ): Promise<Outcome> {
    this.cancel()
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const wait = { finish: resolve, progress }
    this.#wait = wait
    await this.#ready.promise
    // Cancelled before the worker was there.
    if (this.#wait === wait) this.#send({ kind: 'examine', files, skipped, details })
    return await promise
  }

  /** The result in a format; made on this device. */
  async export(format: ExportKind, language: Language): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#exports.set(format, resolve)
    this.#send({ kind: 'export', format, language })
    return await promise
  }

  /** Compares with the JSON of an earlier run; undefined if the text is none. */
  async compare(earlier: string): Promise<Comparison | undefined> {
    const { promise, resolve } = Promise.withResolvers<Comparison | undefined>()
    this.#compared = resolve
    this.#send({ kind: 'compare', earlier })
    return await promise
  }

  /** Ends a running examination at once: a thread that computes hears no message. */
  cancel(): void {
    if (this.#wait === undefined) return
    this.#finish({ kind: 'cancelled' })
    this.#worker.terminate()
    this.#worker = this.#start()
  }

  dispose(): void {
    this.#finish({ kind: 'cancelled' })
    this.#worker.terminate()
  }

  #start(): Worker {
    this.#ready = Promise.withResolvers()
    const worker = new Worker(new URL('./audit-worker.ts', import.meta.url), { type: 'module' })
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#hear(event.data))
    worker.addEventListener('error', () => {
      this.#ready.resolve()
      this.#finish({ kind: 'failed' })
    })
    return worker
  }

  #send(message: ToWorker): void {
    this.#worker.postMessage(message)
  }

  #finish(outcome: Outcome): void {
    const wait = this.#wait
    this.#wait = undefined
    wait?.finish(outcome)
  }

  #hear(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.#ready.resolve()
        return
      case 'reading':
        this.#wait?.progress.reading(message.done)
        return
      case 'examining':
        this.#wait?.progress.examining(message.files)
        return
      case 'examined':
      case 'nothing':
      case 'failed':
        this.#finish(message)
        return
      case 'exported':
        this.#exports.get(message.format)?.(message.text)
        this.#exports.delete(message.format)
        return
      case 'compared':
        this.#compared?.(message.comparison)
        this.#compared = undefined
    }
  }
}
