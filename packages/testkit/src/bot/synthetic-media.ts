// Pictures of one brightness and sounds of one pitch: simple enough that the receiver can tell whether it got the right ones.
import { AudioFrame, AudioSource, VideoBufferType, VideoFrame, VideoSource } from '@livekit/rtc-node'

export const SAMPLE_RATE = 48_000
/** Length of one audio frame in ms; 10 ms is what WebRTC's audio engine works with. */
const AUDIO_FRAME_MS = 10
/** Amplitude of the tone: half of full scale, far above every silence threshold. */
const AMPLITUDE = 16_000

export interface Picture {
  width: number
  height: number
  framesPerSecond: number
  /** Brightness (Y) from 16 to 235. */
  luma: number
}

/** Feeds frames of one brightness until stopped. A moving stripe keeps the encoder busy. @returns stops the feed */
export function feedPicture(source: VideoSource, picture: Picture): () => void {
  const { width, height, framesPerSecond, luma } = picture
  const data = new Uint8Array((width * height * 3) / 2).fill(128)
  let row = 0
  const timer = setInterval(() => {
    data.fill(luma, 0, width * height)
    data.fill(luma > 128 ? luma - 20 : luma + 20, row * width, (row + 2) * width)
    row = (row + 2) % (height - 2)
    source.captureFrame(new VideoFrame(data, width, height, VideoBufferType.I420))
  }, 1000 / framesPerSecond)
  return () => clearInterval(timer)
}

/** Feeds a sine tone of `frequency` Hz until stopped. @returns stops the feed */
export function feedTone(source: AudioSource, frequency: number): () => void {
  const stopped = new AbortController()
  const samples = (SAMPLE_RATE * AUDIO_FRAME_MS) / 1000
  let phase = 0
  const run = async (): Promise<void> => {
    while (!stopped.signal.aborted) {
      const frame = AudioFrame.create(SAMPLE_RATE, 1, samples)
      for (let index = 0; index < samples; index++) {
        frame.data[index] = AMPLITUDE * Math.sin(phase)
        phase += (2 * Math.PI * frequency) / SAMPLE_RATE
      }
      await source.captureFrame(frame)
    }
  }
  // The source refuses frames once the bot has left; that ends the feed as well.
  run().catch(() => stopped.abort())
  return () => stopped.abort()
}

/** Mean brightness of a received picture. */
export function meanLuma(frame: VideoFrame): number {
  const picture = frame.type === VideoBufferType.I420 ? frame : frame.convert(VideoBufferType.I420)
  const size = picture.width * picture.height
  // Every 16th sample is plenty for a plain picture.
  let sum = 0
  let count = 0
  for (let index = 0; index < size; index += 16, count++) sum += picture.data[index] ?? 0
  return sum / count
}

/** Strength of one frequency in a frame, from 0 to about 1 for a clean tone of full agreement (Goertzel's algorithm). */
export function toneStrength(samples: Int16Array, frequency: number): number {
  const coefficient = 2 * Math.cos((2 * Math.PI * frequency) / SAMPLE_RATE)
  let before = 0
  let last = 0
  let energy = 0
  for (const sample of samples) {
    const next = sample + coefficient * last - before
    before = last
    last = next
    energy += sample * sample
  }
  const power = last * last + before * before - coefficient * last * before
  return energy === 0 ? 0 : (2 * power) / (samples.length * energy)
}
