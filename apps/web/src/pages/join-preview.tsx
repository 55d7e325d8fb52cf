// The preview on the join page: own picture, two switches, the devices with level meter and test sound.
import { useSignal } from '@preact/signals'
import { useEffect, useRef } from 'preact/hooks'
import type { JSX } from 'preact'
import type { MediaKind } from '../devices/media.ts'
import type { Preview } from '../devices/preview.ts'
import { t } from '../i18n/i18n.ts'
import { Dialog } from '../ui/dialog.tsx'
import { Icon } from '../ui/icon.tsx'
import { DeviceRows } from './device-rows.tsx'

function OwnPicture({ track }: { track: MediaStreamTrack }): JSX.Element {
  const video = useRef<HTMLVideoElement>(null)
  useEffect(() => {
    if (video.current === null) return
    video.current.srcObject = new MediaStream([track])
  }, [track])
  return <video ref={video} class="scene" autoplay playsInline muted aria-hidden="true" tabIndex={-1} />
}

function Switch({ kind, preview }: { kind: MediaKind; preview: Preview }): JSX.Element {
  const m = t().media
  const on = preview[kind].track.value !== null
  const label = kind === 'mic' ? (on ? m.micOff : m.micOn) : on ? m.camOff : m.camOn
  return (
    <button
      type="button"
      class={`call ${on ? '' : 'off'}`}
      aria-label={label}
      aria-busy={preview[kind].starting.value}
      data-testid={`join-${kind}`}
      data-on={on}
      onClick={() => void preview.toggle(kind)}
    >
      <Icon name={on ? kind : `${kind}-off`} />
    </button>
  )
}

function stateText(preview: Preview): string {
  const m = t().join
  if (preview.mic.starting.value || preview.cam.starting.value) return m.starting
  return preview.mic.track.value === null ? m.bothOff : m.micOnly
}

/** Preview and devices. */
export function PreviewPane({ preview }: { preview: Preview }): JSX.Element {
  const m = t().join
  const picture = preview.cam.track.value
  const anyOn = picture !== null || preview.mic.track.value !== null
  const choosing = useSignal(false)
  return (
    <div class="prev stack s2">
      <section class="preview over" aria-label={m.preview}>
        {picture === null ? (
          <div class="say-off">
            <span class="off-seat">
              <Icon name="cam-off" />
            </span>
            <p>{stateText(preview)}</p>
          </div>
        ) : (
          <>
            <OwnPicture track={picture} />
            <span class="pill tag">{m.onlyYou}</span>
          </>
        )}
        <div class="ctl">
          <Switch kind="mic" preview={preview} />
          <Switch kind="cam" preview={preview} />
          {anyOn ? (
            <button
              type="button"
              class="call phone-only"
              aria-label={m.chooseDevices}
              aria-haspopup="dialog"
              onClick={() => (choosing.value = true)}
            >
              <Icon name="gear" />
            </button>
          ) : null}
        </div>
      </section>
      {anyOn ? (
        <fieldset class="devices" aria-label={m.devices}>
          <DeviceRows preview={preview} />
        </fieldset>
      ) : (
        <p class="faint t-s">{m.asksLater}</p>
      )}
      {preview.silent.value ? (
        <output class="note warn">
          <Icon name="mic-off" size="s" />
          <span>{m.silent}</span>
        </output>
      ) : null}
      {choosing.value ? (
        <Dialog heading={m.devices} onClose={() => (choosing.value = false)}>
          <div class="devices inside">
            <DeviceRows preview={preview} />
          </div>
        </Dialog>
      ) : null}
    </div>
  )
}
