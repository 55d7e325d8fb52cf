// One thing large: a shared screen (never cropped, nothing over it) or a person; the others in a strip.
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import { t } from '../i18n/i18n.ts'
import type { Person } from '../meeting/model.ts'
import { nameOf } from '../meeting/names.ts'
import { Icon } from '../ui/icon.tsx'
import { stripOf } from './strip.ts'
import { TileGroup } from './tile-group.tsx'
import { Picture, Tile } from './tile.tsx'
import { useSize } from './use-size.ts'
import type { ViewState } from './view-state.ts'

function toggleFull(element: HTMLElement | null): void {
  if (document.fullscreenElement === null) void element?.requestFullscreen()
  else void document.exitFullscreen()
}

function Screen({ person, onStop }: { person: Person; onStop: () => void }): JSX.Element {
  const m = t().stage
  const sheet = useRef<HTMLDivElement>(null)
  const name = nameOf(person)
  if (person.isSelf) {
    return (
      <div class="sheet own" data-testid="share-stage" data-identity={person.identity}>
        <div class="ownshare">
          <Icon name="screen" />
          <h2>{m.youShare}</h2>
          <p>{m.youShareLead}</p>
          <button type="button" class="btn primary large" onClick={onStop}>
            <Icon name="screen-stop" size="s" />
            {m.shareStop}
          </button>
        </div>
      </div>
    )
  }
  return (
    <div class="sheet" ref={sheet} data-testid="share-stage" data-identity={person.identity}>
      <div class="bar">
        <Icon name="screen" size="s" />
        <span>{m.sharing(name)}</span>
        <button type="button" class="iconbtn" aria-label={m.full} onClick={() => toggleFull(sheet.current)}>
          <Icon name="full" />
        </button>
      </div>
      <div class="pic">
        {person.screen === null ? null : (
          <Picture source={person.screen} class="screen" label={m.sharedScreen(name)} />
        )}
      </div>
    </div>
  )
}

/** The large thing and the strip. `onVisible` gets the identities whose camera picture is in view. */
export function FocusView(props: {
  main: Person
  what: 'screen' | 'person'
  strip: readonly Person[]
  state: ViewState
  frozen: boolean
  onVisible: (identities: readonly string[]) => void
  onStopShare: () => void
}): JSX.Element {
  const { main, what, strip, state, frozen } = props
  const m = t().stage
  const box = useRef<HTMLDivElement>(null)
  const size = useSize(box)
  const { w, fit } = stripOf(size)
  const room = strip.length <= fit ? strip.length : Math.max(1, fit - 1)
  const shown = size.width === 0 ? [] : strip.slice(0, room)
  const hidden = strip.length - room
  const visible = [...shown.map(({ identity }) => identity), ...(what === 'person' ? [main.identity] : [])]
  useEffect(() => props.onVisible(visible), [visible.join('\n')])
  return (
    <div class={`share ${what}`}>
      {what === 'screen' ? (
        <Screen person={main} onStop={props.onStopShare} />
      ) : (
        <TileGroup class="mainperson">
          <Tile key={main.identity} person={main} state={state} frozen={frozen} />
        </TileGroup>
      )}
      <div class="stripbox" ref={box}>
        <TileGroup class="strip">
          {shown.map((person) => (
            <div key={person.identity} class="slot" style={{ inlineSize: `${w}px` }}>
              <Tile person={person} state={state} frozen={frozen}>
                {person.screen !== null && person !== main ? (
                  <div class="tr">
                    <span class="pill">
                      <Icon name="screen" size="xs" />
                    </span>
                  </div>
                ) : null}
              </Tile>
            </div>
          ))}
          {hidden > 0 && size.width > 0 ? (
            <button
              type="button"
              class="moretile"
              style={{ inlineSize: `${w}px` }}
              aria-label={m.morePeopleLabel(hidden)}
              onClick={() => (state.peopleOpen.value = true)}
            >
              {m.morePeople(hidden)}
            </button>
          ) : null}
        </TileGroup>
      </div>
    </div>
  )
}
