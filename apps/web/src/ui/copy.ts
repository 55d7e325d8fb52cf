// Puts text on the clipboard.

/** Copies text. False when the browser refuses (no secure address, no permission). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}
