// Options of livekit-client's Room: one layer, VP8, no dynamic streaming, and how long to try before giving up.
import { DefaultReconnectPolicy, ScreenSharePresets } from 'livekit-client'
import type { RoomOptions, ScreenShareCaptureOptions, TrackPublishOptions } from 'livekit-client'
import { CAMERA, VOICE } from '../devices/media.ts'
import type { Choice } from '../devices/preview.ts'

// Waits between attempts to reconnect (ms); together 30 s, after which the page for an absent server takes over.
const RETRY_DELAYS_MS = [0, 300, 1200, 2700, 4800, 7000, 7000, 7000]

/** What is captured when sharing: sharp text rather than smooth motion, with sound where the browser can. */
export const shareCapture: ScreenShareCaptureOptions = {
  audio: true,
  contentHint: 'detail',
  selfBrowserSurface: 'exclude',
}

/** How a shared screen is sent. */
export const sharePublish: TrackPublishOptions = {
  simulcast: false,
  screenShareEncoding: ScreenSharePresets.h1080fps15.encoding,
}

/** Options for a room with the devices chosen on the join page. */
export function roomOptions(choice: Choice): RoomOptions {
  return {
    adaptiveStream: false,
    dynacast: false,
    stopLocalTrackOnUnpublish: true,
    disconnectOnPageLeave: true,
    reconnectPolicy: new DefaultReconnectPolicy(RETRY_DELAYS_MS),
    publishDefaults: { simulcast: false, videoCodec: 'vp8', red: false, dtx: true, backupCodec: false },
    audioCaptureDefaults: { ...VOICE, ...(choice.mic === null ? {} : { deviceId: choice.mic }) },
    videoCaptureDefaults: { resolution: CAMERA, ...(choice.cam === null ? {} : { deviceId: choice.cam }) },
    ...(choice.speaker === null ? {} : { audioOutput: { deviceId: choice.speaker } }),
  }
}
