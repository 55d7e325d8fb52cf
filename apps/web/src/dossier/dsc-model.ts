// The data protection centre without a view: what was loaded, what failed, and saving answers one after the other.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Api, ApiError, ApiResult } from '../app/api.ts'
import type { Lang } from '../i18n/i18n.ts'
import type { Answer, AskedQuestion, DscApi, Paperwork, Proof } from './dsc-api.ts'

/** How the last answer fared. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

/** Everything the pages show. Null means not loaded yet. */
export class DscModel {
  readonly account: Signal<string> = signal('')
  readonly paperwork: Signal<Paperwork | null> = signal<Paperwork | null>(null)
  readonly questions: Signal<readonly AskedQuestion[] | null> = signal<readonly AskedQuestion[] | null>(null)
  readonly proofs: Signal<readonly Proof[] | null> = signal<readonly Proof[] | null>(null)
  readonly failure: Signal<ApiError | null> = signal<ApiError | null>(null)
  readonly signedOut: Signal<boolean> = signal(false)
  readonly save: Signal<SaveState> = signal<SaveState>('idle')
  readonly proving: Signal<boolean> = signal(false)
  readonly #session: Pick<Api, 'session'>
  readonly #api: DscApi
  #lang: Lang = 'de'
  /** Answers go out in the order in which they were given. */
  #last: Promise<unknown> = Promise.resolve()

  constructor(session: Pick<Api, 'session'>, api: DscApi) {
    this.#session = session
    this.#api = api
  }

  /** Asks who is signed in, then for everything. A failure keeps what is there. */
  async load(lang: Lang): Promise<void> {
    this.#lang = lang
    const session = await this.#session.session()
    if (!session.ok) return this.#fail(session.error)
    this.account.value = session.value.name
    await this.refresh(lang)
  }

  /** Fetches questions, documents and proofs again. */
  async refresh(lang: Lang = this.#lang): Promise<void> {
    this.#lang = lang
    const [paperwork, questions, proofs] = await Promise.all([
      this.#api.paperwork(lang),
      this.#api.questions(),
      this.#api.proofs(),
    ])
    if (!paperwork.ok) return this.#fail(paperwork.error)
    if (!questions.ok) return this.#fail(questions.error)
    if (!proofs.ok) return this.#fail(proofs.error)
    // A language that was chosen meanwhile has asked again; its answer counts.
    if (lang !== this.#lang) return undefined
    this.failure.value = null
    this.paperwork.value = paperwork.value
    this.questions.value = questions.value.questions
    this.proofs.value = proofs.value.proofs
  }

  /** Saves an answer after all earlier ones, then fetches what follows from it. @returns what went wrong, or null */
  async answer(fact: string, answer: Answer): Promise<ApiError | null> {
    const turn = this.#last.then(async () => await this.#send(fact, answer))
    this.#last = turn
    return await turn
  }

  /** Waits until everything that was answered so far is saved, or has failed. */
  async settled(): Promise<void> {
    await this.#last
  }

  /** A fact the interview does not ask for. */
  async fact(fact: string): Promise<unknown> {
    const result = await this.#api.fact(fact)
    if (result.ok) return result.value.value
    this.#fail(result.error)
    return undefined
  }

  /** Runs all proofs now. @returns what went wrong, or null */
  async prove(): Promise<ApiError | null> {
    this.proving.value = true
    const result = await this.#api.prove()
    this.proving.value = false
    if (!result.ok) return result.error
    await this.refresh()
    return null
  }

  async #send(fact: string, answer: Answer): Promise<ApiError | null> {
    this.save.value = 'saving'
    const result: ApiResult<null> = await this.#api.answer(fact, answer)
    if (!result.ok) {
      this.save.value = 'failed'
      if (result.error.status === 401) this.signedOut.value = true
      return result.error
    }
    await this.refresh()
    this.save.value = 'saved'
    return null
  }

  #fail(error: ApiError): void {
    if (error.code === 'not_signed_in' || error.status === 401) this.signedOut.value = true
    else this.failure.value = error
  }
}
