// How new an installation is at least, when no file names its release: by options that its files mention, if only in comments.
import type { Known } from '../collect/prepare.ts'
import type { Format } from '../collect/formats.ts'

interface Mark {
  readonly format: Format
  readonly words: RegExp
  /** A day before which nothing of the kind was written; the option came then or some weeks later. */
  readonly since: string
}

/** Stock files carry every option of their day, most of them in comments; programs began to read HOCON at some day. */
const MARKS: readonly Mark[] = [
  { format: 'config.js', words: /\bshowPrejoinWarning\b/, since: '2023-03-01' },
  {
    format: 'config.js',
    words: /\b(?:whiteboard|recordingService|liveStreaming|welcomePage|transcription|visitors)["']?\s*:\s*\{/,
    since: '2022-06-01',
  },
  { format: 'config.js', words: /\bnotifyAllParticipants\b|\bgiphy["']?\s*:/, since: '2022-04-01' },
  { format: 'config.js', words: /\blegalUrls\b/, since: '2022-01-01' },
  { format: 'prosody', words: /\bmuc_breakout_rooms\b/, since: '2021-10-01' },
  { format: 'prosody', words: /\bav_moderation\b/, since: '2021-06-01' },
  { format: 'prosody', words: /\bmuc_lobby_rooms\b/, since: '2020-06-01' },
  { format: 'config.js', words: /\benableInsecureRoomNameWarning\b/, since: '2020-05-01' },
  { format: 'config.js', words: /\benableNo(?:Audio|isyMic)Detection\b/, since: '2019-10-01' },
  { format: 'interface_config.js', words: /\bRECENT_LIST_ENABLED\b/, since: '2018-11-01' },
  { format: 'config.js', words: /\banalytics["']?\s*:\s*\{|\bdoNotStoreRoom\b/, since: '2018-11-01' },
  { format: 'jicofo.conf', words: /\bjicofo\b/, since: '2020-09-01' },
  { format: 'jvb.conf', words: /\bvideobridge\b/, since: '2019-12-01' },
]

/** Longest text that is looked through for marks; the stock config.js has about 70,000 units. */
const TEXT_MAX = 200_000

/** The day of the newest mark, or undefined without any. */
export function atLeast(known: readonly Known[]): string | undefined {
  const found = MARKS.filter(({ format, words }) =>
    known.some(
      (one) => one.format === format && one.role === 'base' && words.test(one.file.text.slice(0, TEXT_MAX)),
    ),
  )
  return found
    .map(({ since }) => since)
    .toSorted()
    .at(-1)
}
