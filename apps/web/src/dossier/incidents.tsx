// The register of breaches: filled in here, printed as part of the breach sheet.
import { useSignal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import type { ApiError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { FieldError } from '../ui/field.tsx'
import { Icon } from '../ui/icon.tsx'
import { say } from '../ui/live.ts'
import type { DscModel } from './dsc-model.ts'
import { RecordList } from './record-editor.tsx'
import { type Draft, toDraft, toValue } from './record-forms.ts'
import { d } from './text.ts'

const REGISTER = 'incident.register'

/** The page behind `/desk/dsc/incidents`. */
export function IncidentsPage({ model }: { model: DscModel }): JSX.Element {
  const m = d()
  const entries = useSignal<readonly Draft[] | null>(null)
  const failure = useSignal<ApiError | null>(null)
  useEffect(() => {
    let gone = false
    const load = async (): Promise<void> => {
      const value = await model.fact(REGISTER)
      if (!gone) entries.value = Array.isArray(value) ? value.map((each) => toDraft('incident', each)) : []
    }
    void load()
    return () => {
      gone = true
    }
  }, [model])
  const save = async (next: readonly Draft[]): Promise<boolean> => {
    const value = next.map((draft) => toValue('incident', draft)).flatMap((e) => (e.ok ? [e.value] : []))
    failure.value = await model.answer(REGISTER, { value })
    if (failure.value !== null) return false
    entries.value = next
    say(m.saved)
    return true
  }
  const list = entries.value
  return (
    <div class="stack s6" data-testid="incidents">
      <p class="soft measure">{m.incidentsLead}</p>
      {list === null ? (
        <div class="greyrow" />
      ) : (
        <>
          {list.length === 0 ? <h2 class="h-sect">{m.incidentsNone}</h2> : null}
          <RecordList kind="incident" entries={list} onChange={save} />
        </>
      )}
      {failure.value === null ? null : (
        <div class="field" role="alert">
          <FieldError>{errorText(failure.value)}</FieldError>
        </div>
      )}
      <a class="inline-tap startself" href="/desk/dsc/documents/breach">
        <Icon name="file" size="s" />
        {m.incidentsSheet}
      </a>
    </div>
  )
}
