// The providers and how their checks stand.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { checkProcessor } from '@runde/dossier/writers'
import { isObject } from '../app/api.ts'
import { day } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { checkDraft, checkValue } from './check-draft.ts'
import type { DscModel } from './dsc-model.ts'
import { nameOf, toDraft } from './record-forms.ts'
import { d, said } from './text.ts'

/** The fact that holds all checks. */
export const CHECKS = 'hosting.checks'

/** A provider as the pages name it. */
export interface ProviderEntry {
  readonly id: string
  readonly name: string
  readonly service: string
}

/** The providers that were stated. */
export function providersOf(model: DscModel): ProviderEntry[] {
  const value = model.questions.value?.find(({ fact }) => fact === 'hosting.providers')?.value
  const list = Array.isArray(value) ? value : []
  return list.map((each) => {
    const draft = toDraft('provider', each)
    return {
      id: draft.texts['id'] ?? '',
      name: nameOf('provider', draft),
      service: draft.texts['service'] ?? '',
    }
  })
}

/** All stored checks, as they came. */
export function useChecks(model: DscModel): readonly unknown[] | null {
  const checks = useSignal<readonly unknown[] | null>(null)
  useEffect(() => {
    let gone = false
    const load = async (): Promise<void> => {
      const value = await model.fact(CHECKS)
      if (!gone) checks.value = Array.isArray(value) ? value : []
    }
    void load()
    return () => {
      gone = true
    }
  }, [model])
  return checks.value
}

/** The check of one provider. */
export function checkOf(checks: readonly unknown[], provider: string): unknown {
  return checks.find((each) => isObject(each) && each['provider'] === provider)
}

/** The page behind `/desk/dsc/providers`. */
export function Providers({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const providers = providersOf(model)
  const checks = useChecks(model)
  if (providers.length === 0)
    return (
      <div class="stack s6" data-testid="providers">
        <div class="stack s2">
          <h2 class="h-sect">{m.providersNone}</h2>
          <p class="soft measure">{m.providersNoneLead}</p>
        </div>
        <a class="btn primary startself" href="/desk/dsc/interview#hosting.providers">
          {m.providersNoneAct}
        </a>
      </div>
    )
  return (
    <div class="stack s6" data-testid="providers">
      <p class="soft measure">{m.providersLead}</p>
      <ul class="docs">
        {providers.map((provider) => (
          <Row key={provider.id} provider={provider} check={checkOf(checks ?? [], provider.id)} />
        ))}
      </ul>
      <a class="inline-tap startself" href="/desk/dsc/interview#hosting.providers">
        {m.providerEdit}
      </a>
    </div>
  )
}

function Row({ provider, check }: { provider: ProviderEntry; check: unknown }): JSX.Element {
  const m = d()
  const path = `/desk/dsc/providers/${provider.id}`
  const draft = checkDraft(check)
  const verdict = check === undefined ? null : checkProcessor(checkValue(provider.id, draft))
  const look = verdict === null ? 'no' : verdict.use ? 'ok' : 'no'
  return (
    <li data-testid="provider-row">
      <span class={look}>
        <Icon name={verdict === null ? 'plus' : verdict.use ? 'check' : 'warn'} />
      </span>
      <div>
        <h2>
          <a href={path}>{provider.name}</a>
        </h2>
        <p>
          {verdict === null
            ? provider.service
            : verdict.use
              ? m.checkUse
              : `${m.checkNot}: ${verdict.reasons
                  .slice(0, 2)
                  .map((reason) => said(reason))
                  .join(', ')}${verdict.reasons.length > 2 ? ' …' : ''}`}
        </p>
      </div>
      <p class="when">
        {verdict === null ? (
          m.checkNever
        ) : (
          <>
            {m.checkedOn(day(new Date(draft.date)))}
            <br />
            {m.checkNextOn(day(new Date(draft.nextDate)))}
          </>
        )}
      </p>
      <a class={`btn ${verdict === null ? 'primary' : ''}`} href={path} data-testid="provider-check">
        {verdict === null ? m.checkStart : m.checkGo}
      </a>
    </li>
  )
}
