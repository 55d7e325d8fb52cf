// Reads how long a token shall be valid: `600`, `90s`, `10m`, `6h`, `2d`.

const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3600, d: 86_400 }

/** Longer than a year is a slip of the finger; such a token could not be taken back. */
const MAX_SECONDS = 366 * 86_400

/** Seconds, or undefined if the text is not a duration of one second to one year. */
export function parseDuration(text: string): number | undefined {
  const parts = /^(\d{1,9})([smhd]?)$/.exec(text.trim())
  if (parts === null) return undefined
  const seconds = Number(parts[1]) * (SECONDS[parts[2] ?? ''] ?? 0)
  return seconds >= 1 && seconds <= MAX_SECONDS ? seconds : undefined
}
