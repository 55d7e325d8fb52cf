// The banner of the diagnostic mode: on every page of the desk while it runs, with its time, its purpose, and what is recorded.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { call, isObject } from '../app/api.ts'
import { may } from '../app/me.ts'
import { day, time } from '../i18n/i18n.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import { f } from './desk-text.ts'

interface Diagnosis {
  readonly since: string
  readonly until: string
  readonly purpose: string
}

/** Kept between pages, so that the banner does not come and go with each of them. */
const running: Signal<Diagnosis | null> = signal<Diagnosis | null>(null)

// It is switched on and off elsewhere, at the console; a minute late is soon enough (ms).
const LOOK_MS = 60_000

const COMMAND = 'npx runde debug --off'

function readDiagnosis(json: unknown): Diagnosis | null {
  const active = isObject(json) ? json['active'] : null
  if (!isObject(active)) return null
  const { since, until, purpose } = active
  return typeof since === 'string' && typeof until === 'string' && typeof purpose === 'string'
    ? { since, until, purpose }
    : null
}

async function look(): Promise<void> {
  const result = await call('GET', '/diagnostics', null, readDiagnosis)
  if (result.ok) running.value = result.value
}

function moment(iso: string): string {
  const date = new Date(iso)
  return `${day(date)}, ${time(date)}`
}

/** The banner, or nothing. Asks again every {@link LOOK_MS} while the page is in view. */
export function DiagnosisBanner(): JSX.Element | null {
  const allowed = may('diagnostics')
  useEffect(() => {
    if (!allowed) return undefined
    void look()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [allowed])
  const found = running.value
  if (!allowed || found === null) return null
  const m = f()
  return (
    <section class="note warn diagnosis noprint" aria-label={m.diagnosis} data-testid="diagnosis-banner">
      <Icon name="warn" size="s" />
      <p>
        <b>{m.diagnosis}</b> {m.diagnosisTime(moment(found.since), moment(found.until))}{' '}
        {m.diagnosisPurpose(found.purpose)}
      </p>
      <details>
        <summary>{m.details}</summary>
        <p>{m.diagnosisWhat}</p>
        <p>{m.diagnosisAfter}</p>
        <p class="row tight">
          {m.diagnosisOff} <code class="mono">{COMMAND}</code>
          <CopyButton text={COMMAND} label={m.copyCommand} class="iconbtn" />
        </p>
      </details>
    </section>
  )
}
