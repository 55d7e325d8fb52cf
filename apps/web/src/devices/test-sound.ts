// Plays two short tones on a chosen speaker, so that people know they will hear the others.

// Two notes a fourth apart, in Hz, and how long each sounds, in seconds.
const NOTES = [523.25, 698.46] as const
const NOTE_S = 0.22

function hasSink(context: AudioContext): context is AudioContext & { setSinkId(id: string): Promise<void> } {
  return 'setSinkId' in context
}

/** Plays the test sound. An empty device id means the system's speaker. */
export async function playTestSound(speakerId: string): Promise<void> {
  const context = new AudioContext()
  try {
    if (speakerId !== '' && hasSink(context)) await context.setSinkId(speakerId)
  } catch {
    // The chosen speaker is gone: the system's one sounds.
  }
  NOTES.forEach((frequency, index) => {
    const tone = context.createOscillator()
    const volume = context.createGain()
    const start = context.currentTime + index * NOTE_S
    tone.frequency.value = frequency
    volume.gain.setValueAtTime(0, start)
    volume.gain.linearRampToValueAtTime(0.18, start + 0.02)
    volume.gain.linearRampToValueAtTime(0, start + NOTE_S)
    tone.connect(volume).connect(context.destination)
    tone.start(start)
    tone.stop(start + NOTE_S)
  })
  await new Promise((resolve) => setTimeout(resolve, NOTES.length * NOTE_S * 1000 + 100))
  await context.close()
}
