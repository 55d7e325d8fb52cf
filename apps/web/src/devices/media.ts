// Opens microphones and cameras and says in five words why one did not open.

/** The two things a person can switch on. */
export type MediaKind = 'mic' | 'cam'

/** Why a device did not open: refused, not there, used elsewhere, page not on a secure address, anything else. */
export type MediaTrouble = 'denied' | 'none' | 'busy' | 'insecure' | 'failed'

/** An open device or the reason why there is none. */
export type MediaResult =
  | { readonly ok: true; readonly track: MediaStreamTrack }
  | { readonly ok: false; readonly trouble: MediaTrouble }

/** Picture that the camera is asked for: 720p is what one layer carries well. */
export const CAMERA: Readonly<{ width: number; height: number; frameRate: number }> = {
  width: 1280,
  height: 720,
  frameRate: 30,
}

/** Sound processing of the browser itself; nothing else is loaded. */
export const VOICE: Readonly<{ echoCancellation: true; noiseSuppression: true; autoGainControl: true }> = {
  echoCancellation: true,
  noiseSuppression: true,
  autoGainControl: true,
}

const TROUBLES: ReadonlyMap<string, MediaTrouble> = new Map([
  ['NotAllowedError', 'denied'],
  ['SecurityError', 'denied'],
  ['NotFoundError', 'none'],
  ['OverconstrainedError', 'none'],
  ['NotReadableError', 'busy'],
  // Firefox names a camera that another program holds so.
  ['AbortError', 'busy'],
])

/** Reads the browser's error (Media Capture and Streams, section 10.3.1). */
export function troubleOf(error: unknown): MediaTrouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : ''
  return TROUBLES.get(name) ?? 'failed'
}

function constraints(kind: MediaKind, deviceId: string | null): MediaStreamConstraints {
  const device = deviceId === null ? {} : { deviceId: { exact: deviceId } }
  return kind === 'mic'
    ? { audio: { ...VOICE, ...device } }
    : {
        video: {
          width: { ideal: CAMERA.width },
          height: { ideal: CAMERA.height },
          frameRate: { ideal: CAMERA.frameRate },
          ...device,
        },
      }
}

async function attempt(kind: MediaKind, deviceId: string | null): Promise<MediaStreamTrack | null> {
  const stream = await navigator.mediaDevices.getUserMedia(constraints(kind, deviceId))
  return stream.getTracks()[0] ?? null
}

/**
 * Opens a device; the browser may ask the person.
 * @param deviceId a chosen device, or null for the system's; a chosen one that is gone falls back to the system's
 */
export async function openDevice(kind: MediaKind, deviceId: string | null): Promise<MediaResult> {
  // Undefined on addresses without https, whatever the type says.
  if (!('mediaDevices' in navigator)) return { ok: false, trouble: 'insecure' }
  try {
    const track = await attempt(kind, deviceId)
    return track === null ? { ok: false, trouble: 'failed' } : { ok: true, track }
  } catch (error) {
    if (deviceId !== null && troubleOf(error) === 'none') return openDevice(kind, null)
    return { ok: false, trouble: troubleOf(error) }
  }
}

/** Whether this browser can share a screen (phones cannot). */
export function canShareScreen(): boolean {
  return 'mediaDevices' in navigator && 'getDisplayMedia' in navigator.mediaDevices
}
