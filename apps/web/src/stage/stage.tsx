// The meeting: the picture of the group, the bar, the panel, the keys. Draws any `Meeting`, a real or a made-up one.
import { useComputed, useSignal } from '@preact/signals'
import { useEffect, useMemo, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import '../styles/stage-all.css'
import { instance } from '../app/instance.ts'
import { t, time } from '../i18n/i18n.ts'
import type { Connection, Meeting } from '../meeting/model.ts'
import { useTitle } from '../ui/heading.tsx'
import { alert } from '../ui/live.ts'
import { SkipLink } from '../ui/shell.tsx'
import { ControlBar, PeopleButton } from './control-bar.tsx'
import { KeysDialog, SettingsDialog } from './dialogs.tsx'
import { FocusView } from './focus-view.tsx'
import { GridView } from './grid-view.tsx'
import { AloneCard, LostBanner, SoundBanner, Toasts } from './notice-views.tsx'
import { PeoplePanel } from './people-panel.tsx'
import { useKeys } from './use-keys.ts'
import { useTileFocus } from './use-tile-focus.ts'
import { ViewState } from './view-state.ts'

/** What the stage needs. */
export interface StageProps {
  readonly meeting: Meeting
  readonly title: string
  /** Link for inviting others. */
  readonly link: string
  /** Gives up the running connection and connects anew. */
  readonly onRestart: () => void
  readonly onLeave: () => void
  /** Layout to begin with; a test shows the stage in states that a person would reach by pressing. */
  readonly state?: ViewState
}

// The clock shows minutes, and a long speaker on another page comes into view within a second (ms).
const CLOCK_MS = 10_000
const SEATS_MS = 500

function connectionText(connection: Connection): string {
  const m = t().stage
  if (connection === 'connected') return m.connected
  return connection === 'connecting' ? m.connecting : m.reconnecting
}

function Info({ title, connection }: { title: string; connection: Connection }): JSX.Element {
  const now = useSignal(new Date())
  useEffect(() => {
    const timer = setInterval(() => (now.value = new Date()), CLOCK_MS)
    return () => clearInterval(timer)
  }, [])
  return (
    <header class="info">
      <div class="what">
        <h1 title={title}>{title}</h1>
        <span class="num">
          <time>{time(now.value)}</time>
          <span class="conn" data-testid="connection-state" data-state={connection}>
            {connectionText(connection)}
          </span>
        </span>
      </div>
    </header>
  )
}

function useFull(): { full: boolean; toggle: () => void } {
  const full = useSignal(document.fullscreenElement !== null)
  useEffect(() => {
    const read = (): void => {
      full.value = document.fullscreenElement !== null
    }
    document.addEventListener('fullscreenchange', read)
    return () => document.removeEventListener('fullscreenchange', read)
  }, [])
  const toggle = (): void => {
    if (document.fullscreenElement === null) void document.documentElement.requestFullscreen().catch(() => {})
    else void document.exitFullscreen()
  }
  return { full: full.value, toggle }
}

/** Keeps the view's state in step with the people, and tells the meeting whose picture is in view. */
function useSeats(meeting: Meeting, state: ViewState): (identities: readonly string[]) => void {
  const visible = useRef<ReadonlySet<string>>(new Set())
  const people = meeting.people.value
  useMemo(() => state.handlePeople(people, performance.now()), [people])
  useEffect(() => {
    const timer = setInterval(() => state.handleTime(visible.current, performance.now()), SEATS_MS)
    return () => clearInterval(timer)
  }, [state])
  return (identities) => {
    visible.current = new Set(identities)
    meeting.watch(visible.current)
  }
}

/** The meeting. */
export function Stage(props: StageProps): JSX.Element {
  const { meeting, title } = props
  useTitle(title)
  const state = useMemo(() => props.state ?? new ViewState(meeting), [meeting])
  const onVisible = useSeats(meeting, state)
  const bar = useRef<HTMLDivElement>(null)
  const view = useRef<HTMLDivElement>(null)
  const peopleButton = useRef<HTMLButtonElement>(null)
  const { full, toggle: onFull } = useFull()
  const connection = meeting.connection.value
  const frozen = connection === 'reconnecting'
  const layout = state.layout.value
  const count = useComputed(() => meeting.people.value.length)
  const invitation = t().desk.invitation(instance.value?.name ?? '', title, props.link)
  const closePanel = (): void => {
    state.peopleOpen.value = false
    peopleButton.current?.focus()
  }
  useTileFocus(view, layout.kind === 'grid' ? 'grid' : `${layout.what} ${layout.main.identity}`)
  useKeys({ meeting, state, bar, onFull, closePanel })
  useEffect(() => {
    bar.current?.querySelector<HTMLElement>('[data-testid="btn-mic"]')?.focus()
    alert(t().say.inRound(meeting.people.value.length, meeting.micOn.value, meeting.camOn.value))
  }, [])
  return (
    <>
      <SkipLink />
      <main id="main" tabIndex={-1} class={`stage ${state.peopleOpen.value ? 'has-panel' : ''}`}>
        <Info title={title} connection={connection} />
        <div class="view" ref={view}>
          {layout.kind === 'grid' ? (
            <GridView
              tiles={layout.tiles}
              pip={layout.pip}
              state={state}
              frozen={frozen}
              onVisible={onVisible}
            />
          ) : (
            <FocusView
              {...layout}
              state={state}
              frozen={frozen}
              onVisible={onVisible}
              onStopShare={() => void meeting.setShare(false)}
            />
          )}
          {count.value === 1 && connection === 'connected' && layout.kind === 'grid' ? (
            <AloneCard link={props.link} invitation={invitation} />
          ) : null}
          {state.peopleOpen.value ? (
            <PeoplePanel meeting={meeting} state={state} invitation={invitation} onClose={closePanel} />
          ) : null}
          {frozen ? <LostBanner onRestart={props.onRestart} /> : null}
          {meeting.soundBlocked.value && !frozen ? (
            <SoundBanner onStart={() => void meeting.startSound()} />
          ) : null}
          <Toasts meeting={meeting} />
        </div>
        <ControlBar
          meeting={meeting}
          state={state}
          onLeave={props.onLeave}
          onFull={onFull}
          full={full}
          barRef={bar}
        />
        <div class="side">
          <PeopleButton count={count.value} state={state} buttonRef={peopleButton} />
        </div>
        {state.dialog.value === 'keys' ? <KeysDialog onClose={() => (state.dialog.value = null)} /> : null}
        {state.dialog.value === 'settings' ? (
          <SettingsDialog meeting={meeting} onClose={() => (state.dialog.value = null)} />
        ) : null}
      </main>
    </>
  )
}
