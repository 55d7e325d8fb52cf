// The devices in use before joining: microphone with level, camera, speaker with test sound.
import type { JSX } from 'preact'
import type { Device } from '../devices/device-list.ts'
import { LEVEL_STEPS } from '../devices/level.ts'
import type { Preview } from '../devices/preview.ts'
import { playTestSound } from '../devices/test-sound.ts'
import { t } from '../i18n/i18n.ts'
import { Icon } from '../ui/icon.tsx'

/** Level of the own microphone in twelve steps. */
export function LevelMeter({ level }: { level: number }): JSX.Element {
  return (
    // <meter> cannot show twelve separate steps in every browser.
    <span
      class="meter"
      // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role
      role="meter"
      aria-label={t().join.level}
      aria-valuemin={0}
      aria-valuemax={LEVEL_STEPS}
      aria-valuenow={level}
      data-testid="join-level"
      data-level={level}
    >
      {Array.from({ length: LEVEL_STEPS }, (_, step) => (
        <i key={step} class={step < level ? 'on' : ''} />
      ))}
    </span>
  )
}

function Choose(props: {
  label: string
  devices: readonly Device[]
  current: string | null
  unnamed: (n: number) => string
  onChoose: (id: string) => void
  system?: string
}): JSX.Element {
  return (
    <select
      class="input"
      aria-label={props.label}
      value={props.current ?? ''}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    >
      {props.system === undefined ? null : <option value="">{props.system}</option>}
      {props.devices.map((device, index) => (
        <option key={device.id} value={device.id}>
          {device.name === '' ? props.unnamed(index + 1) : device.name}
        </option>
      ))}
    </select>
  )
}

/** Rows for the devices that are on. */
export function DeviceRows({ preview }: { preview: Preview }): JSX.Element {
  const m = t()
  const { devices, mic, cam, speaker } = preview
  return (
    <>
      {mic.track.value === null ? null : (
        <div class="device">
          <Icon name="mic" />
          <Choose
            label={m.join.microphone}
            devices={devices.audioinput.value}
            current={mic.deviceId.value}
            unnamed={m.media.unnamedMic}
            onChoose={(id) => void preview.choose('mic', id)}
          />
          <LevelMeter level={preview.level.value} />
        </div>
      )}
      {cam.track.value === null ? null : (
        <div class="device">
          <Icon name="cam" />
          <Choose
            label={m.join.camera}
            devices={devices.videoinput.value}
            current={cam.deviceId.value}
            unnamed={m.media.unnamedCam}
            onChoose={(id) => void preview.choose('cam', id)}
          />
          <span />
        </div>
      )}
      <div class="device">
        <Icon name="speaker" />
        <Choose
          label={m.join.speaker}
          devices={devices.audiooutput.value.filter(({ id }) => id !== 'default')}
          current={speaker.value}
          unnamed={m.media.unnamedSpeaker}
          system={m.join.defaultSpeaker}
          onChoose={(id) => (speaker.value = id === '' ? null : id)}
        />
        <button type="button" class="btn test" onClick={() => void playTestSound(speaker.value ?? '')}>
          {m.join.testSound}
        </button>
      </div>
    </>
  )
}
