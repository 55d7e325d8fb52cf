// Speaks to screen readers through the two live regions that stand in index.html from the first paint; nobody writes elsewhere.

// A region that gets the same words again stays silent, so it is emptied first and filled after the browser has noticed (ms).
const REFILL_MS = 60

// Two messages within this time become one, so that the second does not cut off the first (ms).
const JOIN_MS = 700

let polite: { text: string; at: number } = { text: '', at: -JOIN_MS }

function fill(id: string, text: string): void {
  const region = document.getElementById(id)
  if (region === null) return
  region.textContent = ''
  setTimeout(() => {
    region.textContent = text
  }, REFILL_MS)
}

/** Says something when the listener is next free: own state, people who come and go. */
export function say(text: string): void {
  const now = performance.now()
  const both = now - polite.at < JOIN_MS && polite.text !== text ? `${polite.text}. ${text}` : text
  polite = { text, at: now }
  fill('live-status', both)
}

/** Says something at once: the connection, being admitted, errors that stop the call. */
export function alert(text: string): void {
  fill('live-alert', text)
}
