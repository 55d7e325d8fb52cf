// One person's tile: picture or seat, name, states, and the actions that appear with focus or pointer.
import { useEffect, useRef } from 'preact/hooks'
import { memo } from './memo.ts'
import type { ComponentChildren, JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import type { Person, VideoSource } from '../meeting/model.ts'
import { nameOf } from '../meeting/names.ts'
import { initials } from '../meeting/roster.ts'
import type { Box } from '../meeting/grid.ts'
import { Icon } from '../ui/icon.tsx'
import type { ViewState } from './view-state.ts'

/** Plays a picture in a video element. */
export function Picture({
  source,
  class: className,
  label,
}: {
  source: VideoSource
  class: string
  label?: string
}): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    const element = video.current
    if (element === null) return undefined
    source.attach(element)
    return () => source.detach(element)
  }, [source])
  return (
    <video
      ref={video}
      class={className}
      autoplay
      playsInline
      muted
      aria-label={label}
      aria-hidden={label === undefined ? true : undefined}
      tabIndex={-1}
    />
  )
}

function labelOf(person: Person): string {
  const m = t().stage
  const states = [
    nameOf(person),
    person.micOn ? null : m.micIsOff,
    person.camOn ? null : m.camIsOff,
    person.weak ? m.weak : null,
  ]
  return states.filter((state) => state !== null).join(', ')
}

function Actions({ person, state }: { person: Person; state: ViewState }): JSX.Element | null {
  const m = t().stage
  const name = nameOf(person)
  const pinned = state.pinned.value === person.identity
  return (
    <div class="acts">
      {person.isSelf ? (
        <button
          type="button"
          class="call"
          tabIndex={-1}
          aria-label={m.hideSelf}
          onClick={() => (state.selfHidden.value = true)}
        >
          <Icon name="eye-off" />
        </button>
      ) : null}
      <button
        type="button"
        class={`call ${pinned ? 'active' : ''}`}
        tabIndex={-1}
        aria-label={pinned ? m.unpin(name) : m.pin(name)}
        aria-pressed={pinned}
        onClick={() => state.togglePin(person.identity)}
      >
        <Icon name="pin" />
      </button>
    </div>
  )
}

/** What a tile needs. Without `box` the surrounding layout places it. */
export interface TileProps {
  readonly person: Person
  readonly state: ViewState
  readonly frozen: boolean
  readonly box?: Box | undefined
  readonly extra?: string
  /** Said after the name and states. */
  readonly hint?: string
  readonly actions?: boolean
  readonly children?: ComponentChildren
}

// The seat stays below the picture, so that nobody is a black box before the first frame has come.
function TileView({ person, state, frozen, box, extra, hint, actions, children }: TileProps): JSX.Element {
  const classes = [
    'tile',
    'seat',
    person.isSelf ? 'self' : '',
    person.speaking ? 'speaks' : '',
    frozen ? 'frozen' : '',
    extra ?? '',
  ]
  const place =
    box === undefined
      ? {}
      : { transform: `translate(${box.x}px, ${box.y}px)`, inlineSize: `${box.w}px`, blockSize: `${box.h}px` }
  return (
    <article
      class={classes.filter((name) => name !== '').join(' ')}
      style={{ '--h': String(person.hue), ...place }}
      tabIndex={-1}
      aria-label={hint === undefined ? labelOf(person) : `${labelOf(person)}. ${hint}`}
      data-testid="tile"
      data-identity={person.identity}
      data-speaking={person.speaking}
      data-mic={person.micOn ? 'on' : 'off'}
      data-cam={person.camOn ? 'on' : 'off'}
    >
      <span class="disc" aria-hidden="true">
        {initials(person.isSelf && person.name === '' ? nameOf(person) : person.name, person.guest)}
      </span>
      {person.video === null ? null : <Picture source={person.video} class="scene" />}
      {person.weak ? (
        <div class="tr">
          <span class="pill">
            <Icon name="signal" size="xs" />
          </span>
        </div>
      ) : null}
      {children}
      <div class="nm">
        {person.micOn ? null : <Icon name="mic-off" size="xs" />}
        <span>{nameOf(person)}</span>
      </div>
      {actions === false ? null : <Actions person={person} state={state} />}
    </article>
  )
}

/** One person's tile. Draws again only when the person or the place changed. */
export const Tile: (props: TileProps) => JSX.Element = memo(TileView)
