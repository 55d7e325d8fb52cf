// A page and a call within one page: shows that a browser's devices, peer connections and logs work before anything is blamed on the server.
import type { BrowserPage } from './browser-page.ts'

/** What came out of the call. */
export interface LoopbackResult {
  /** State of the sending connection, or the name of the error that kept devices away. */
  outcome: string
  framesDecoded: number
  audioEnergy: number
}

/** Opens the default camera and microphone and sends both to a second peer connection of the same page. */
export async function loopbackCall(page: BrowserPage): Promise<LoopbackResult> {
  return await page.evaluate(runLoopback)
}

/** Asks for the screen; must be called after a click. @returns the name of the error, or `frames` when pictures come. */
export async function screenCapture(page: BrowserPage): Promise<string> {
  return await page.evaluate(async () => {
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia({ video: true })
      const video = document.createElement('video')
      video.srcObject = stream
      video.muted = true
      await video.play()
      return video.videoWidth > 0 ? 'frames' : 'nothing'
    } catch (error) {
      return error instanceof DOMException ? error.name : String(error)
    }
  })
}

async function runLoopback(): Promise<LoopbackResult> {
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true, video: true })
  } catch (error) {
    const outcome = error instanceof DOMException ? error.name : String(error)
    return { outcome, framesDecoded: 0, audioEnergy: 0 }
  }
  const sender = new RTCPeerConnection()
  const receiver = new RTCPeerConnection()
  sender.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null) void receiver.addIceCandidate(candidate)
  })
  receiver.addEventListener('icecandidate', ({ candidate }) => {
    if (candidate !== null) void sender.addIceCandidate(candidate)
  })
  receiver.addEventListener('track', ({ track }) => {
    const element = document.createElement(track.kind === 'video' ? 'video' : 'audio')
    element.srcObject = new MediaStream([track])
    element.autoplay = true
    document.body.append(element)
  })
  for (const track of stream.getTracks()) sender.addTrack(track, stream)
  await sender.setLocalDescription()
  if (sender.localDescription !== null) await receiver.setRemoteDescription(sender.localDescription)
  await receiver.setLocalDescription()
  if (receiver.localDescription !== null) await sender.setRemoteDescription(receiver.localDescription)
  const result = { outcome: '', framesDecoded: 0, audioEnergy: 0 }
  for (let look = 0; look < 100 && (result.framesDecoded < 10 || result.audioEnergy === 0); look++) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    for (const [, entry] of await receiver.getStats()) {
      if (entry.type !== 'inbound-rtp') continue
      if (entry.kind === 'video') result.framesDecoded = entry.framesDecoded ?? 0
      else result.audioEnergy = entry.totalAudioEnergy ?? 0
    }
  }
  result.outcome = sender.connectionState
  sender.close()
  receiver.close()
  for (const track of stream.getTracks()) track.stop()
  return result
}
