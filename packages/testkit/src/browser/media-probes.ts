// What a person sees and hears: tiles with decoded pictures, received sound, and which servers the page was told to ask.
import type { BrowserPage } from './browser-page.ts'

/** One tile of the meeting as it is on the screen. */
export interface TileState {
  identity: string
  /** Accessible name: the person's name first, then what is off. */
  label: string
  speaking: boolean
  /** Value of `data-mic`: `on` or `off`. */
  mic: string
  /** Value of `data-cam`: `on` or `off`. */
  cam: string
  /** Frames decoded for the tile's video from the network; 0 for the own picture and without video. */
  decodedFrames: number
  /** Size of the picture in pixels, 0 x 0 without one. */
  width: number
  height: number
}

/** Sound received from one remote track. */
export interface AudioState {
  track: string
  /** Samples taken out of the jitter buffer. */
  samples: number
  /** Sum of squared amplitudes over time, RFC 6464 scale: grows only while something can be heard. */
  energy: number
}

/** All tiles on the screen with the decoder's frame counts. */
export async function tileStates(page: BrowserPage): Promise<TileState[]> {
  return await page.evaluate(readTiles)
}

/** Every remote audio track of the page. */
export async function audioReception(page: BrowserPage): Promise<AudioState[]> {
  return await page.evaluate(readAudio)
}

/** Pictures so far that the page's own camera has delivered to its encoder; NaN where the browser does not count them. */
export async function cameraFrames(page: BrowserPage): Promise<number> {
  return await page.evaluate(readCamera)
}

/** STUN and TURN addresses given to the page's peer connections. */
export async function iceServerUrls(page: BrowserPage): Promise<string[]> {
  return await page.evaluate(() => window.rundeTest?.iceUrls ?? [])
}

/** Calls so far that make a browser ask the person for camera, microphone or screen. */
export async function mediaQuestions(page: BrowserPage): Promise<string[]> {
  return await page.evaluate(() => window.rundeTest?.questions ?? [])
}

/**
 * Waits until at least `videos` remote tiles decode new frames and `audios` remote tracks bring sound.
 * Growth is measured between two looks, so a frozen picture does not count.
 */
export async function waitForMedia(
  page: BrowserPage,
  wanted: { videos: number; audios: number },
  timeout: number = 30_000,
): Promise<void> {
  const tilesBefore = await tileStates(page)
  const audioBefore = await audioReception(page)
  await page.until(
    async () => {
      const tiles = await tileStates(page)
      const audio = await audioReception(page)
      const moving = tiles.filter((tile) => {
        const before = tilesBefore.find(({ identity }) => identity === tile.identity)
        return tile.width > 0 && tile.decodedFrames > (before?.decodedFrames ?? 0) + 5
      })
      const sounding = audio.filter(({ track, energy }) => {
        const before = audioBefore.find((other) => other.track === track)
        return energy > (before?.energy ?? 0) + 1e-7
      })
      if (moving.length >= wanted.videos && sounding.length >= wanted.audios) return true
      throw new Error(
        `${moving.length} pictures and ${sounding.length} sounds; ${JSON.stringify({ tiles, audio })}`,
      )
    },
    { timeout, what: `${wanted.videos} moving pictures and ${wanted.audios} sounds` },
  )
}

async function readCamera(): Promise<number> {
  let frames = Number.NaN
  for (const connection of window.rundeTest?.connections ?? [])
    for (const [, entry] of await connection.getStats())
      if (entry.type === 'media-source' && entry.kind === 'video') frames = entry.frames ?? frames
  return frames
}

async function readTiles(): Promise<TileState[]> {
  const frames = new Map<string, number>()
  for (const connection of window.rundeTest?.connections ?? []) {
    if (connection.connectionState === 'closed') continue
    for (const [, entry] of await connection.getStats())
      if (entry.type === 'inbound-rtp' && entry.kind === 'video')
        frames.set(entry.trackIdentifier, entry.framesDecoded ?? 0)
  }
  const selector = '[data-testid="tile"], [data-testid="share-stage"]'
  return [...document.querySelectorAll<HTMLElement>(selector)].map((tile) => {
    const video = tile.querySelector('video')
    const stream = video?.srcObject
    const track = stream instanceof MediaStream ? stream.getVideoTracks()[0] : undefined
    const isShare = tile.dataset['testid'] === 'share-stage'
    return {
      identity: `${isShare ? 'share:' : ''}${tile.dataset['identity'] ?? ''}`,
      label: tile.getAttribute('aria-label') ?? '',
      speaking: tile.dataset['speaking'] === 'true',
      mic: tile.dataset['mic'] ?? '',
      cam: tile.dataset['cam'] ?? '',
      decodedFrames: frames.get(track?.id ?? '') ?? 0,
      width: video?.videoWidth ?? 0,
      height: video?.videoHeight ?? 0,
    }
  })
}

async function readAudio(): Promise<AudioState[]> {
  const result: AudioState[] = []
  for (const connection of window.rundeTest?.connections ?? []) {
    if (connection.connectionState === 'closed') continue
    for (const [, entry] of await connection.getStats())
      if (entry.type === 'inbound-rtp' && entry.kind === 'audio')
        result.push({
          track: entry.trackIdentifier,
          samples: entry.totalSamplesReceived ?? 0,
          energy: entry.totalAudioEnergy ?? 0,
        })
  }
  return result
}
