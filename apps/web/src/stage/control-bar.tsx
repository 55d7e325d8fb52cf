// The bar: microphone, camera, share, more, leave; people at the right. Always there.
import { useRef } from 'preact/hooks'
import type { JSX, RefObject } from 'preact'
import type { DeviceKind } from '../devices/device-list.ts'
import { t } from '../i18n/i18n.ts'
import type { Meeting } from '../meeting/model.ts'
import { Icon } from '../ui/icon.tsx'
import { MenuButton, MenuGroup, MenuItem } from '../ui/menu.tsx'
import { Toolbar } from '../ui/toolbar.tsx'
import type { ViewState } from './view-state.ts'

/** What the bar needs. */
export interface BarProps {
  readonly meeting: Meeting
  readonly state: ViewState
  readonly onLeave: () => void
  readonly onFull: () => void
  readonly full: boolean
}

function DeviceGroup({
  meeting,
  kind,
  label,
}: {
  meeting: Meeting
  kind: DeviceKind
  label: string
}): JSX.Element {
  const m = t().media
  const devices = meeting.devices[kind].value
  const unnamed =
    kind === 'audioinput' ? m.unnamedMic : kind === 'videoinput' ? m.unnamedCam : m.unnamedSpeaker
  const active = meeting.activeDevice(kind)
  const nameless = devices.every(({ name }) => name === '')
  return (
    <MenuGroup label={label}>
      {devices.length === 0 || nameless ? (
        <p class="menunote">{kind !== 'audiooutput' && nameless ? m.afterOn : m.noneFound}</p>
      ) : (
        devices.map((device, index) => (
          <MenuItem
            key={device.id}
            label={device.name === '' ? unnamed(index + 1) : device.name}
            checked={device.id === active || (active === '' && index === 0)}
            onChoose={() => void meeting.chooseDevice(kind, device.id)}
          />
        ))
      )}
    </MenuGroup>
  )
}

// A press of the space bar on the microphone button shorter than this switches, a longer one is talking (ms).
const HOLD_MS = 350

function MicButton({ meeting }: { meeting: Meeting }): JSX.Element {
  const m = t().media
  const on = meeting.micOn.value
  const held = useRef<{ at: number; wasOn: boolean } | null>(null)
  return (
    <button
      type="button"
      class={`call ${on ? '' : 'off'}`}
      aria-label={on ? m.micOff : m.micOn}
      aria-keyshortcuts="M"
      data-testid="btn-mic"
      data-on={on}
      onClick={() => void meeting.setMic(!on)}
      onKeyDown={(event) => {
        if (event.key !== ' ') return
        event.preventDefault()
        if (event.repeat || held.current !== null) return
        held.current = { at: performance.now(), wasOn: on }
        if (!on) void meeting.setMic(true)
      }}
      onKeyUp={(event) => {
        const press = held.current
        if (event.key !== ' ' || press === null) return
        event.preventDefault()
        held.current = null
        if (press.wasOn || performance.now() - press.at >= HOLD_MS) void meeting.setMic(false)
      }}
    >
      <Icon name={on ? 'mic' : 'mic-off'} />
    </button>
  )
}

function CamButton({ meeting }: { meeting: Meeting }): JSX.Element {
  const m = t().media
  const on = meeting.camOn.value
  return (
    <button
      type="button"
      class={`call ${on ? '' : 'off'}`}
      aria-label={on ? m.camOff : m.camOn}
      aria-keyshortcuts="V"
      data-testid="btn-cam"
      data-on={on}
      onClick={() => void meeting.setCam(!on)}
    >
      <Icon name={on ? 'cam' : 'cam-off'} />
    </button>
  )
}

function ShareButton({ meeting }: { meeting: Meeting }): JSX.Element {
  const m = t().stage
  const on = meeting.sharing.value
  return (
    <button
      type="button"
      class={`call wide ${on ? 'active' : ''}`}
      aria-label={on ? m.shareStop : m.share}
      aria-pressed={on}
      aria-keyshortcuts="D"
      data-testid="btn-share"
      onClick={() => void meeting.setShare(!on)}
    >
      <Icon name={on ? 'screen-stop' : 'screen'} />
    </button>
  )
}

function MoreMenu({ meeting, state, onFull, full }: BarProps): JSX.Element {
  const m = t().stage
  const sharing = meeting.sharing.value
  return (
    <MenuButton label={m.more} class="call" button={<Icon name="more" />} testid="btn-more">
      {meeting.canShare ? (
        <div class="phone-row">
          <MenuItem
            icon={sharing ? 'screen-stop' : 'screen'}
            label={sharing ? m.shareStop : m.share}
            onChoose={() => void meeting.setShare(!sharing)}
          />
        </div>
      ) : null}
      <MenuItem
        icon={state.view.value === 'grid' ? 'focus-view' : 'grid'}
        label={state.view.value === 'grid' ? m.viewSpeaker : m.viewGrid}
        shortcut="W"
        onChoose={() => state.toggleView()}
      />
      {document.fullscreenEnabled ? (
        <MenuItem icon="full" label={full ? m.fullOff : m.full} shortcut="F" onChoose={onFull} />
      ) : null}
      {state.selfHidden.value ? (
        <MenuItem icon="eye-off" label={m.showSelf} onChoose={() => (state.selfHidden.value = false)} />
      ) : null}
      <hr />
      <MenuItem icon="gear" label={m.settings} onChoose={() => (state.dialog.value = 'settings')} />
      <MenuItem icon="info" label={m.shortcuts} shortcut="?" onChoose={() => (state.dialog.value = 'keys')} />
    </MenuButton>
  )
}

/** The controls. */
export function ControlBar(props: BarProps & { barRef: RefObject<HTMLDivElement | null> }): JSX.Element {
  const { meeting } = props
  const m = t()
  return (
    <Toolbar label={m.stage.toolbar} class="ctrl" barRef={props.barRef}>
      <div class="split">
        <MicButton meeting={meeting} />
        <MenuButton label={m.media.micChooser} class="more" button={<Icon name="up" size="xs" />}>
          <DeviceGroup meeting={meeting} kind="audioinput" label={m.join.microphone} />
          {meeting.devices.audiooutput.value.length === 0 ? null : (
            <DeviceGroup meeting={meeting} kind="audiooutput" label={m.join.speaker} />
          )}
        </MenuButton>
      </div>
      <div class="split">
        <CamButton meeting={meeting} />
        <MenuButton label={m.media.camChooser} class="more" button={<Icon name="up" size="xs" />}>
          <DeviceGroup meeting={meeting} kind="videoinput" label={m.join.camera} />
        </MenuButton>
      </div>
      {meeting.canShare ? <ShareButton meeting={meeting} /> : null}
      <MoreMenu {...props} />
      <span class="gap" />
      <button
        type="button"
        class="call leave"
        aria-label={m.stage.leave}
        data-testid="btn-leave"
        onClick={props.onLeave}
      >
        <Icon name="leave" />
        <b>{m.stage.leave}</b>
      </button>
    </Toolbar>
  )
}

/** The button for the list of people. */
export function PeopleButton({
  count,
  state,
  buttonRef,
}: {
  count: number
  state: ViewState
  buttonRef: RefObject<HTMLButtonElement | null>
}): JSX.Element {
  const open = state.peopleOpen.value
  return (
    <button
      ref={buttonRef}
      type="button"
      class={`call ${open ? 'active' : ''}`}
      aria-label={t().stage.people(count)}
      aria-expanded={open}
      aria-keyshortcuts="P"
      data-testid="btn-people"
      onClick={() => (state.peopleOpen.value = !open)}
    >
      <Icon name="people" />
      <span class="badge count" aria-hidden="true">
        {count}
      </span>
    </button>
  )
}
