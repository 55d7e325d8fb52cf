// Measures how loud a microphone is, in twelve steps, with the browser's own analyser; nothing is recorded or sent.

/** Steps of the meter. */
export const LEVEL_STEPS = 12

// The meter's range in dB below full scale: a quiet room is left of it, close shouting right of it.
const FLOOR_DB = -60
const CEILING_DB = -9

// Time between two measurements (ms): smooth to the eye, cheap on a phone.
const INTERVAL_MS = 80

/**
 * Loudness of a block of samples as a step of the meter, 0 to 12.
 * @param samples time-domain samples, full scale is 1
 */
export function loudness(samples: Float32Array): number {
  let sum = 0
  for (const sample of samples) sum += sample * sample
  const rms = Math.sqrt(sum / Math.max(1, samples.length))
  const db = 20 * Math.log10(Math.max(rms, 1e-9))
  const part = (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)
  return Math.round(Math.min(1, Math.max(0, part)) * LEVEL_STEPS)
}

// Below this a sample is digital silence; the quietest room with noise suppression is above.
const NOTHING = 1e-6

/** Whether a block of samples carries any signal. False only for a microphone that gives nothing at all. */
export function isAlive(samples: Float32Array): boolean {
  return samples.some((sample) => Math.abs(sample) > NOTHING)
}

/**
 * Measures a track until the returned function is called.
 * @param onLevel gets a step of the meter about twelve times a second, and whether there is any signal at all
 */
export function watchLevel(
  track: MediaStreamTrack,
  onLevel: (level: number, alive: boolean) => void,
): () => void {
  const context = new AudioContext()
  const source = context.createMediaStreamSource(new MediaStream([track]))
  const analyser = context.createAnalyser()
  analyser.fftSize = 1024
  source.connect(analyser)
  const samples = new Float32Array(analyser.fftSize)
  const timer = setInterval(() => {
    // A page opened without a click starts its sound suspended, and so does a device without speaker in Firefox:
    // then nothing is measured, and nothing is claimed about the microphone.
    if (context.state !== 'running') {
      void context.resume()
      return
    }
    analyser.getFloatTimeDomainData(samples)
    onLevel(loudness(samples), isAlive(samples))
  }, INTERVAL_MS)
  return () => {
    clearInterval(timer)
    source.disconnect()
    void context.close()
  }
}
