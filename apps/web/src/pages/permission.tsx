// A device did not open: what happened, what still works, what to do. One page for refused, missing, busy and insecure.
import { useSignal } from '@preact/signals'
import type { JSX } from 'preact'
import type { PreviewTrouble } from '../devices/preview.ts'
import type { MediaKind } from '../devices/media.ts'
import { t } from '../i18n/i18n.ts'
import { PageHeading, useTitle } from '../ui/heading.tsx'
import { Icon } from '../ui/icon.tsx'
import { Shell } from '../ui/shell.tsx'
import { Tabs } from '../ui/tabs.tsx'
import { never } from '../app/never.ts'

type Browser = 'chrome' | 'firefox' | 'safari'

function ownBrowser(): Browser {
  const agent = navigator.userAgent
  if (agent.includes('Firefox/')) return 'firefox'
  return agent.includes('Safari/') && !agent.includes('Chrome/') && !agent.includes('Chromium/')
    ? 'safari'
    : 'chrome'
}

function Steps({ browser }: { browser: Browser }): JSX.Element {
  const m = t().permission
  const steps: Readonly<Record<Browser, readonly string[]>> = {
    chrome: [m.chrome1, m.chrome2, m.last],
    firefox: [m.firefox1, m.firefox2, m.last],
    safari: [m.safari1, m.safari2, m.last],
  }
  return (
    <ol class="nlist">
      {steps[browser].map((step) => (
        <li key={step}>
          <span>{step}</span>
        </li>
      ))}
    </ol>
  )
}

function Drawing(): JSX.Element {
  const m = t().join
  return (
    <figure class="browserbar" aria-hidden="true">
      <div class="tab">
        <i />
        <i />
        <i />
      </div>
      <div class="url">
        <span class="hot">
          <Icon name="gear" size="s" />
        </span>
        <span class="faint">{location.host}</span>
      </div>
      <div class="pop">
        <div>
          <span class="row tight">
            <Icon name="cam" size="s" />
            {m.camera}
          </span>
          <span class="sw" />
        </div>
        <div>
          <span class="row tight">
            <Icon name="mic" size="s" />
            {m.microphone}
          </span>
          <span class="sw" />
        </div>
      </div>
    </figure>
  )
}

interface Words {
  readonly error: string
  readonly heading: string
  readonly lead: string
  readonly retry: string
  readonly without: string
}

function wordsFor({ kind, trouble }: PreviewTrouble): Words {
  const m = t().permission
  const mic = kind === 'mic'
  const without = mic ? m.goOnListening : m.goOnWithout
  const again = t().app.retry
  switch (trouble) {
    case 'denied':
      return {
        error: 'permission_denied',
        heading: mic ? m.headingMic : m.headingCam,
        lead: m.lead,
        retry: again,
        without: m.back,
      }
    case 'none':
      return {
        error: mic ? 'no_microphone' : 'no_camera',
        heading: mic ? m.noMicHeading : m.noCamHeading,
        lead: mic ? m.noMicLead : m.noCamLead,
        retry: m.searchAgain,
        without,
      }
    case 'busy':
      return {
        error: 'device_busy',
        heading: mic ? m.busyMicHeading : m.busyCamHeading,
        lead: m.busyLead,
        retry: again,
        without,
      }
    case 'insecure':
      return {
        error: 'insecure',
        heading: m.insecureHeading,
        lead: m.insecureLead,
        retry: again,
        without: m.back,
      }
    case 'failed':
      return { error: 'device_failed', heading: m.failedHeading, lead: m.failedLead, retry: again, without }
  }
  return never(trouble)
}

/** What the page needs. */
export interface PermissionProps {
  readonly problem: PreviewTrouble
  readonly onRetry: (kind: MediaKind) => void
  readonly onBack: () => void
  /** Joins as a listener, at once. */
  readonly onJoinWithout: () => void
}

/** The page for a device that did not open. */
export function PermissionPage({ problem, onRetry, onBack, onJoinWithout }: PermissionProps): JSX.Element {
  const m = t().permission
  useTitle(m.title)
  const browser = useSignal<Browser>(ownBrowser())
  const words = wordsFor(problem)
  const denied = problem.trouble === 'denied'
  return (
    <Shell main="centre">
      <div class={denied ? 'wait perm' : ''} data-testid="error-page" data-error={words.error}>
        <div class={denied ? 'say' : 'say one'}>
          <div class="stack s2">
            <PageHeading key={words.error} always>
              {words.heading}
            </PageHeading>
            <p class="lead">{words.lead}</p>
          </div>
          {denied ? (
            <Tabs
              label={m.browser}
              current={browser.value}
              onChoose={(next) => (browser.value = next)}
              tabs={[
                { id: 'chrome', name: m.chrome },
                { id: 'firefox', name: m.firefox },
                { id: 'safari', name: m.safari },
              ]}
            >
              <Steps browser={browser.value} />
            </Tabs>
          ) : null}
          <div class="row">
            {problem.trouble === 'insecure' ? null : (
              <button
                type="button"
                class="btn primary large"
                data-testid="permission-retry"
                onClick={() => onRetry(problem.kind)}
              >
                {words.retry}
              </button>
            )}
            <button type="button" class="btn large" data-testid="permission-back" onClick={onBack}>
              {words.without}
            </button>
            {denied ? (
              <button type="button" class="btn large" data-testid="permission-listen" onClick={onJoinWithout}>
                {m.without}
              </button>
            ) : null}
          </div>
          {denied ? <p class="faint t-m">{m.system}</p> : null}
        </div>
        {denied ? <Drawing /> : null}
      </div>
    </Shell>
  )
}
