// The bundle of everything: says what is in it, fetches it, and hands it to the browser as a download.
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import { type ApiError, readError } from '../app/api.ts'
import { errorText } from '../app/error-text.ts'
import { Icon } from '../ui/icon.tsx'
import { alert, say } from '../ui/live.ts'
import { d } from './text.ts'

const UNREACHABLE: ApiError = { code: 'network', message: null, field: null, status: 0 }

/** How long the address of the downloaded bytes stays valid; browsers take them at once (ms). */
const RELEASE_MS = 60_000

function save(bytes: Blob, name: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(bytes)
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), RELEASE_MS)
}

async function download(): Promise<ApiError | null> {
  try {
    const response = await fetch('/api/export', { credentials: 'same-origin', cache: 'no-store' })
    if (!response.ok) return readError(response.status, await response.json().catch(() => null))
    const given = /filename="([^"]+)"/.exec(response.headers.get('content-disposition') ?? '')
    save(await response.blob(), given?.[1] ?? 'runde.zip')
    return null
  } catch {
    return UNREACHABLE
  }
}

/** What is in it, and the button. */
export function Bundle(): JSX.Element {
  const m = d().approval
  const busy = useSignal(false)
  const failure = useSignal<ApiError | null>(null)
  const run = async (): Promise<void> => {
    if (busy.value) return
    busy.value = true
    say(m.bundleBusy)
    failure.value = await download()
    busy.value = false
    if (failure.value === null) say(m.bundleDone)
    else alert(m.bundleFailed)
  }
  return (
    <section class="stack s4" aria-labelledby="bundle" data-testid="bundle">
      <h2 class="h-sect" id="bundle">
        {m.bundle}
      </h2>
      <div class="stack s2 measure">
        <p class="soft">{m.bundleLead}</p>
        <ul class="bullets soft">
          {m.bundleParts.map((part) => (
            <li key={part}>{part}</li>
          ))}
        </ul>
        <p class="faint t-s">{m.bundlePersonal}</p>
      </div>
      {failure.value === null ? null : (
        <div class="note bad" role="alert">
          <Icon name="warn" size="s" />
          <b>{m.bundleFailed}</b>
          <span>{errorText(failure.value)}</span>
        </div>
      )}
      <div class="row">
        <button
          type="button"
          class="btn"
          aria-disabled={busy.value ? true : undefined}
          data-testid="bundle-download"
          data-busy={busy.value}
          onClick={() => void run()}
        >
          <Icon name="download" size="s" />
          {busy.value ? m.bundleBusy : m.bundleAct}
        </button>
      </div>
    </section>
  )
}
