// The data protection centre without a view: what was loaded, what failed, and saving answers one after the other.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { PAGE_RIGHTS, type PageName } from '@runde/contract'
import type { Api, ApiError, ApiResult } from '../app/api.ts'
import type { Lang } from '../i18n/i18n.ts'
import type { Approvals } from './approvals-api.ts'
import type { Answer, AskedQuestion, DscApi, Paperwork, Proof } from './dsc-api.ts'
import type { Foreseen } from './look-ahead.tsx'

/** How the last answer fared. */
export type SaveState = 'idle' | 'saving' | 'saved' | 'failed'

/** For an account that may not see them. */
const NO_QUESTIONS: ApiResult<{ readonly questions: readonly AskedQuestion[] }> = {
  ok: true,
  value: { questions: [] },
}
const NO_APPROVALS: ApiResult<null> = { ok: true, value: null }

/** Everything the pages show. Null means not loaded yet. */
export class DscModel {
  readonly account: Signal<string> = signal('')
  readonly paperwork: Signal<Paperwork | null> = signal<Paperwork | null>(null)
  readonly questions: Signal<readonly AskedQuestion[] | null> = signal<readonly AskedQuestion[] | null>(null)
  readonly proofs: Signal<readonly Proof[] | null> = signal<readonly Proof[] | null>(null)
  readonly approvals: Signal<Approvals | null> = signal<Approvals | null>(null)
  readonly failure: Signal<ApiError | null> = signal<ApiError | null>(null)
  readonly signedOut: Signal<boolean> = signal(false)
  readonly save: Signal<SaveState> = signal<SaveState>('idle')
  readonly proving: Signal<boolean> = signal(false)
  readonly #session: Pick<Api, 'session'>
  readonly #api: DscApi
  #lang: Lang = 'de'
  #may: readonly string[] = []
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
    this.#may = session.value.may
    // Whoever may not even see the list is told so by the frame.
    if (this.#mayOpen('dsc')) await this.refresh(lang)
  }

  /** Fetches documents and proofs again, and questions and approvals for whom they are. */
  async refresh(lang: Lang = this.#lang): Promise<void> {
    this.#lang = lang
    const [paperwork, questions, proofs, approvals] = await Promise.all([
      this.#api.paperwork(lang),
      this.#mayOpen('interview') ? this.#api.questions() : NO_QUESTIONS,
      this.#api.proofs(),
      this.#mayOpen('approvals') ? this.#api.approvals(lang) : NO_APPROVALS,
    ])
    if (!paperwork.ok) return this.#fail(paperwork.error)
    if (!questions.ok) return this.#fail(questions.error)
    if (!proofs.ok) return this.#fail(proofs.error)
    if (!approvals.ok) return this.#fail(approvals.error)
    // A language that was chosen meanwhile has asked again; its answer counts.
    if (lang !== this.#lang) return undefined
    this.failure.value = null
    this.paperwork.value = paperwork.value
    this.questions.value = questions.value.questions
    this.proofs.value = proofs.value.proofs
    this.approvals.value = approvals.value
  }

  /**
   * What an answer would change in documents whose approval still holds; null when it changes none. An answer that the
   * server would refuse is refused when it is given.
   */
  async foresee(fact: string, answer: Answer): Promise<Foreseen | null> {
    const entries = this.approvals.value?.approvals ?? []
    const current = new Set(entries.filter(({ state }) => state === 'current').map((each) => each.document))
    if (current.size === 0) return null
    // What was answered before comes before.
    await this.#last
    const result = await this.#api.preview(fact, answer, this.#lang)
    if (!result.ok) return null
    const { changes } = result.value
    const approved = changes.filter(({ document }) => current.has(document))
    return approved.length === 0 ? null : { approved, others: changes.length - approved.length }
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

  #mayOpen(page: PageName): boolean {
    return this.#may.includes(PAGE_RIGHTS[page])
  }

  #fail(error: ApiError): void {
    if (error.code === 'not_signed_in' || error.status === 401) this.signedOut.value = true
    else this.failure.value = error
  }
}
