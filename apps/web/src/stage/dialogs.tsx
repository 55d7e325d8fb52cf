// The two dialogs of the stage: keyboard shortcuts, and devices with appearance.
import type { JSX } from 'preact'
import { chooseSingleKeys, singleKeys } from '../app/prefs.ts'
import type { Device, DeviceKind } from '../devices/device-list.ts'
import { playTestSound } from '../devices/test-sound.ts'
import { t } from '../i18n/i18n.ts'
import type { Meeting } from '../meeting/model.ts'
import { Dialog } from '../ui/dialog.tsx'
import { LangSwitch, SchemeChoice } from '../ui/shell.tsx'

/** All keys, and the switch for single ones. */
export function KeysDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const m = t().keys
  const rows: readonly (readonly [string, string])[] = [
    ['M', m.mic],
    [m.space, m.talk],
    ['V', m.cam],
    ['D', m.share],
    ['P', m.people],
    ['W', m.view],
    ['F', m.full],
    ['F2', m.bar],
    [m.arrows, m.arrowsDo],
    ['?', m.help],
    ['Esc', m.esc],
  ]
  return (
    <Dialog heading={m.heading} onClose={onClose}>
      <div class="stack">
        <p class="soft t-m">{m.lead}</p>
        <dl class="keylist">
          {rows.map(([key, what]) => (
            <div key={key}>
              <dt>
                <span class="key">{key}</span>
              </dt>
              <dd>{what}</dd>
            </div>
          ))}
        </dl>
        <label class="switch">
          <b>{m.enabled}</b>
          <input
            type="checkbox"
            role="switch"
            aria-checked={singleKeys.value}
            checked={singleKeys.value}
            onChange={(event) => chooseSingleKeys(event.currentTarget.checked)}
          />
        </label>
      </div>
    </Dialog>
  )
}

function DeviceChoice(props: {
  meeting: Meeting
  kind: DeviceKind
  label: string
  unnamed: (n: number) => string
}): JSX.Element | null {
  const devices: readonly Device[] = props.meeting.devices[props.kind].value
  if (devices.length === 0) return null
  return (
    <label class="field">
      <span class="label">{props.label}</span>
      <select
        class="input"
        value={props.meeting.activeDevice(props.kind)}
        onChange={(event) => void props.meeting.chooseDevice(props.kind, event.currentTarget.value)}
      >
        {devices.map((device, index) => (
          <option key={device.id} value={device.id}>
            {device.name === '' ? props.unnamed(index + 1) : device.name}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Devices in use, language and appearance. */
export function SettingsDialog({ meeting, onClose }: { meeting: Meeting; onClose: () => void }): JSX.Element {
  const m = t()
  return (
    <Dialog heading={m.stage.settings} onClose={onClose}>
      <div class="stack s6">
        <div class="stack">
          <DeviceChoice
            meeting={meeting}
            kind="audioinput"
            label={m.join.microphone}
            unnamed={m.media.unnamedMic}
          />
          <DeviceChoice
            meeting={meeting}
            kind="videoinput"
            label={m.join.camera}
            unnamed={m.media.unnamedCam}
          />
          <DeviceChoice
            meeting={meeting}
            kind="audiooutput"
            label={m.join.speaker}
            unnamed={m.media.unnamedSpeaker}
          />
          <button
            type="button"
            class="btn"
            onClick={() => void playTestSound(meeting.activeDevice('audiooutput'))}
          >
            {m.join.testSound}
          </button>
        </div>
        <div class="row apart">
          <span class="label">{m.app.language}</span>
          <LangSwitch />
        </div>
        <SchemeChoice class="row apart label schemerow" />
      </div>
    </Dialog>
  )
}
