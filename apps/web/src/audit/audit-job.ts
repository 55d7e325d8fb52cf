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

/**
 * A worker is loaded when the page opens, so that examining needs no network. The one that made the result on show is kept
 * until the next result is there: a cancelled examination costs nobody the reports of the one before.
 */
export class AuditJob {
  /** Examines next, or is examining. */
  #next: Started
  /** Holds the files of the result on show. */
  #shown: Started | undefined
  /** Could not be loaded, or broke. */
  #broken: Started | undefined
  #wait: { finish(outcome: Outcome): void; progress: JobProgress } | undefined
  readonly #exports = new Map<ExportKind, (text: string) => void>()
  #compared: ((comparison: Comparison | undefined) => void) | undefined

  constructor() {
    this.#next = this.#start()
  }

  /** Settles when the worker has been loaded: from then on examining needs no network. */
  async ready(): Promise<void> {
    await this.#next.ready.promise
  }

  /** Loads a worker for the next examination, if there is none that is fresh. */
  prepare(): void {
    if (this.#next === this.#shown || this.#next === this.#broken) this.#next = this.#start()
  }

  /** Examines files; an examination that still runs is cancelled. */
  async examine(
    files: readonly NamedFile[],
    skipped: readonly SkippedFile[],
    details: AuditDetails,
    progress: JobProgress,
  ): Promise<Outcome> {
    this.cancel()
    this.prepare()
    const { promise, resolve } = Promise.withResolvers<Outcome>()
    const wait = { finish: resolve, progress }
    this.#wait = wait
    const started = this.#next
    await started.ready.promise
    // Cancelled before the worker was there.
    if (this.#wait === wait) send(started, { kind: 'examine', files, skipped, details })
    return await promise
  }

  /** The result in a format; made on this device. */
  async export(format: ExportKind, language: Language): Promise<string> {
    const { promise, resolve } = Promise.withResolvers<string>()
    this.#exports.set(format, resolve)
    this.#askShown({ kind: 'export', format, language })
    return await promise
  }

  /** Compares with the JSON of an earlier run; undefined if the text is none. */
  async compare(earlier: string): Promise<Comparison | undefined> {
    const { promise, resolve } = Promise.withResolvers<Comparison | undefined>()
    this.#compared = resolve
    this.#askShown({ kind: 'compare', earlier })
    return await promise
  }

  /** Ends a running examination at once: a thread that computes hears no message. */
  cancel(): void {
    if (this.#wait === undefined) return
    this.#finish({ kind: 'cancelled' })
    this.#next.worker.terminate()
    this.#next = this.#start()
  }

  dispose(): void {
    this.#finish({ kind: 'cancelled' })
    this.#next.worker.terminate()
    this.#shown?.worker.terminate()
  }

  #start(): Started {
    const worker = new Worker(new URL('./audit-worker.ts', import.meta.url), { type: 'module' })
    const started = { worker, ready: Promise.withResolvers<void>() }
    worker.addEventListener('message', (event: MessageEvent<FromWorker>) => this.#hear(event.data, started))
    worker.addEventListener('error', () => {
      started.ready.resolve()
      if (started !== this.#next) return
      this.#broken = started
      this.#finish({ kind: 'failed' })
    })
    return started
  }

  #askShown(message: ToWorker): void {
    if (this.#shown !== undefined) send(this.#shown, message)
  }

  #finish(outcome: Outcome): void {
    const wait = this.#wait
    this.#wait = undefined
    wait?.finish(outcome)
  }

  #hear(message: FromWorker, from: Started): void {
    switch (message.kind) {
      case 'ready':
        from.ready.resolve()
        return
      case 'reading':
        this.#wait?.progress.reading(message.done)
        return
      case 'examining':
        this.#wait?.progress.examining(message.files)
        return
      case 'examined':
        if (this.#shown !== from) this.#shown?.worker.terminate()
        this.#shown = from
        this.#finish(message)
        return
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

interface Started {
  readonly worker: Worker
  readonly ready: PromiseWithResolvers<void>
}

function send({ worker }: Started, message: ToWorker): void {
  worker.postMessage(message)
}
