// What a test may choose about a browser and the person in front of it.

/** `fake`: synthetic camera, microphone and screen, never a question; `denied`: the person refuses; `none`: no devices. */
export type MediaMode = 'fake' | 'denied' | 'none'

/** One person with cookies and storage of their own. */
export interface PersonOptions {
  /** BCP 47 tag of the browser's language; `de-DE` unless told. */
  language?: string
  colorScheme?: 'light' | 'dark'
  reducedMotion?: boolean
  /** CSS pixels; 1280 x 800 unless told. */
  viewport?: { width: number; height: number }
  media?: MediaMode
  /** Pictures a second of the fake camera, 20 unless told (Chromium only). */
  cameraRate?: number
  /** Whether the person has an authenticator for passkeys that says yes to everything (Chromium only). */
  passkeys?: boolean
}

/** The same with every choice made. */
export type Person = Required<PersonOptions>

/** Fills in the defaults. */
export function completePerson(options: PersonOptions): Person {
  return {
    language: 'de-DE',
    colorScheme: 'light',
    reducedMotion: false,
    viewport: { width: 1280, height: 800 },
    media: 'fake',
    cameraRate: 20,
    passkeys: false,
    ...options,
  }
}
