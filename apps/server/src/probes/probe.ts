// What a probe is: a test of the running server whose result becomes a fact, and withdraws sentences when it fails.
import type { Bilingual, EpochMillis } from '@runde/contract'
import type { MeasuredId } from '@runde/dossier'
import type { RandomBytes } from '@runde/meeting'
import type { Store } from '@runde/store'
import type { ServerConfig } from '../config/config.ts'
import type { MediaServer } from '../media-port.ts'
import type { LogTap } from '../log/log-tap.ts'

/** Facts that only a test can know. */
export type ProbeId = MeasuredId

/** The server as a probe sees it. */
export interface ProbeTarget {
  /** Where the own port answers; probes connect to this machine only, but for the public address of the own server. */
  readonly port: number
  readonly tls: boolean
  readonly publicUrl: string
  readonly udpPort: number
  readonly workers: number
  readonly dataFolder: string
  /** Further files and folders to search for what must not be stored, such as a proxy's log. */
  readonly searchPaths: readonly string[]
  /** Configuration of the programs around the server; undefined: the usual places. */
  readonly surroundingPaths: readonly string[] | undefined
  readonly backup: ServerConfig['backup']
  readonly store: Store
  readonly media: Pick<MediaServer, 'deleteRoom'>
  readonly tap: LogTap
  readonly now: () => EpochMillis
  readonly random: RandomBytes
}

/** What came of a run. A probe that could not measure says why and leaves no result. */
export type Outcome =
  | {
      readonly measured: true
      /** As the fact has it: a number, a word, or a list of records. */
      readonly value: number | boolean | string | readonly object[]
      readonly passed: boolean
      /** Places of what was found, for the operator's eyes: file names and tables, never their content. */
      readonly found: readonly string[]
    }
  | { readonly measured: false; readonly reason: Bilingual }

export interface Probe {
  readonly id: ProbeId
  readonly run: (target: ProbeTarget) => Promise<Outcome>
}
