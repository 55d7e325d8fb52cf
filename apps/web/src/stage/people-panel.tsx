// The list of people with their states, the invitation, and the log of events.
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t, time } from '../i18n/i18n.ts'
import type { Meeting, Person } from '../meeting/model.ts'
import { nameOf } from '../meeting/names.ts'
import { initials } from '../meeting/roster.ts'
import { CopyButton } from '../ui/copy-button.tsx'
import { Icon } from '../ui/icon.tsx'
import type { ViewState } from './view-state.ts'

// A downward movement of the finger of this length closes the sheet on phones, in px.
const SWIPE_PX = 60

function Row({ person, state }: { person: Person; state: ViewState }): JSX.Element {
  const m = t().stage
  const name = nameOf(person)
  const pinned = state.pinned.value === person.identity
  return (
    <li data-testid="people-row" data-identity={person.identity} data-mic={person.micOn ? 'on' : 'off'}>
      <span class="ava" style={{ '--h': String(person.hue) }} aria-hidden="true">
        {initials(person.isSelf && person.name === '' ? name : person.name, person.guest)}
      </span>
      <div class="n">
        <b title={name}>{name}</b>
        {person.isSelf && person.name !== '' ? <small>{person.name}</small> : null}
        {person.screen === null ? null : (
          <small>
            <Icon name="screen" size="xs" />
            {m.share}
          </small>
        )}
      </div>
      <div class="st">
        <span class={`sticon ${person.camOn ? '' : 'dim'}`}>
          <Icon name={person.camOn ? 'cam' : 'cam-off'} size="s" />
          <span class="vh">{person.camOn ? m.camIsOn : m.camIsOff}</span>
        </span>
        <span class={`sticon ${person.micOn ? '' : 'red'}`}>
          <Icon name={person.micOn ? 'mic' : 'mic-off'} size="s" />
          <span class="vh">{person.micOn ? m.micIsOn : m.micIsOff}</span>
        </span>
        {person.isSelf ? (
          <span class="nobtn" />
        ) : (
          <button
            type="button"
            class="iconbtn"
            aria-label={pinned ? m.unpin(name) : m.pin(name)}
            aria-pressed={pinned}
            onClick={() => state.togglePin(person.identity)}
          >
            <Icon name="pin" />
          </button>
        )}
      </div>
    </li>
  )
}

function Events({ meeting }: { meeting: Meeting }): JSX.Element | null {
  const log = meeting.notices.log.value
  if (log.length === 0) return null
  return (
    <section class="events" aria-labelledby="events-heading">
      <h3 class="h-group" id="events-heading">
        {t().stage.events}
      </h3>
      <ol class="eventlist">
        {[...log].reverse().map((notice) => (
          <li key={notice.id}>
            <time class="num">{time(notice.at)}</time>
            <span>{notice.text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** The panel. Takes the focus when it opens; `onClose` gives it back. */
export function PeoplePanel({
  meeting,
  state,
  invitation,
  onClose,
}: {
  meeting: Meeting
  state: ViewState
  invitation: string
  onClose: () => void
}): JSX.Element {
  const m = t().stage
  const heading = useRef<HTMLHeadingElement>(null)
  const swipe = useRef<number | null>(null)
  useEffect(() => heading.current?.focus(), [])
  const people = meeting.people.value
  const self = people.filter((person) => person.isSelf)
  const others = people.filter((person) => !person.isSelf)
  return (
    <section class="panel" aria-labelledby="people-heading" data-testid="people-list">
      <div
        class="panelhead"
        onTouchStart={(event) => (swipe.current = event.touches[0]?.clientY ?? null)}
        onTouchEnd={(event) => {
          if (swipe.current !== null && (event.changedTouches[0]?.clientY ?? 0) - swipe.current > SWIPE_PX)
            onClose()
          swipe.current = null
        }}
      >
        <span class="grab" aria-hidden="true" />
        <header>
          <h2 ref={heading} id="people-heading" tabIndex={-1}>
            {m.peopleHeading} <span class="faint num">{people.length}</span>
          </h2>
          <button type="button" class="iconbtn" aria-label={t().app.close} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
      </div>
      <div class="body">
        <ul class="roster">
          {[...self, ...others].map((person) => (
            <Row key={person.identity} person={person} state={state} />
          ))}
        </ul>
        <Events meeting={meeting} />
      </div>
      <footer class="row tight">
        <CopyButton class="btn grow" text={invitation} label={m.invite}>
          {m.invite}
        </CopyButton>
      </footer>
    </section>
  )
}
