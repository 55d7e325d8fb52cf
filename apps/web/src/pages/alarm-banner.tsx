// The alarm on every page of the desk: promises that a test has refuted, until a later test finds them kept again.
import { signal } from '@preact/signals'
import type { Signal } from '@preact/signals'
import type { Bilingual } from '@runde/contract'
import { useEffect } from 'preact/hooks'
import type { JSX } from 'preact'
import { call, isObject } from '../app/api.ts'
import { may } from '../app/me.ts'
import { day, lang, time } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'
import { f } from './desk-text.ts'

interface Alarm {
  readonly id: string
  readonly label: Bilingual
  readonly at: string
}

/** Kept between pages, so that the banner does not come and go with each of them. */
const ringing: Signal<readonly Alarm[]> = signal<readonly Alarm[]>([])

// Tests run once a day and when somebody starts them; a minute late is soon enough (ms).
const LOOK_MS = 60_000

function readAlarm(json: unknown): Alarm | null {
  if (!isObject(json)) return null
  const { id, label, at } = json
  if (typeof id !== 'string' || typeof at !== 'string' || !isObject(label)) return null
  const { de, en } = label
  return typeof de === 'string' && typeof en === 'string' ? { id, label: { de, en }, at } : null
}

function readAlarms(json: unknown): readonly Alarm[] {
  const list: unknown = isObject(json) ? json['alarms'] : null
  return Array.isArray(list) ? list.map(readAlarm).filter((alarm) => alarm !== null) : []
}

async function look(): Promise<void> {
  const result = await call('GET', '/proofs/alarms', null, readAlarms)
  if (result.ok) ringing.value = result.value
}

/** The banner, or nothing. Asks again every {@link LOOK_MS} while the page is in view. */
export function AlarmBanner(): JSX.Element | null {
  const allowed = may('alarms')
  useEffect(() => {
    if (!allowed) return undefined
    void look()
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void look()
    }, LOOK_MS)
    return () => clearInterval(timer)
  }, [allowed])
  if (!allowed || ringing.value.length === 0) return null
  const m = f()
  return (
    <section class="note bad noprint" aria-label={m.alarm} data-testid="alarm-banner">
      <Icon name="warn" size="s" />
      <p>
        <b>{m.alarm}</b>{' '}
        {ringing.value
          .map(({ label, at }) => `${label[lang.value]} (${day(new Date(at))}, ${time(new Date(at))})`)
          .join('; ')}
        . {m.alarmMeans} <a href="/desk/dsc/proofs">{m.alarmLook}</a>
      </p>
    </section>
  )
}
