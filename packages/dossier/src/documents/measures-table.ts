// The measures: control, goals, whether each one is in place, and what to say about it from settings and probes.
import type { Bilingual } from '@runde/contract'
import type { Reader } from '../engine/reader.ts'

/** German control names, and what Art. 32(1)(a), (c), (d) and (4) add to them. */
export type Control =
  | 'zutritt'
  | 'zugang'
  | 'zugriff'
  | 'weitergabe'
  | 'eingabe'
  | 'auftrag'
  | 'verfuegbarkeit'
  | 'trennung'
  | 'verschluesselung'
  | 'ueberpruefung'

/** The seven protection goals of the Standard Data Protection Model. */
export type Goal =
  | 'dataMinimisation'
  | 'availability'
  | 'integrity'
  | 'confidentiality'
  | 'unlinkability'
  | 'transparency'
  | 'intervenability'

/** `open`: cannot be said, because a fact or a fresh probe is missing. */
export type Standing = 'inPlace' | 'partly' | 'notInPlace' | 'open'

export interface Measure {
  id: string
  control: Control
  goals: readonly Goal[]
  /** Mandatory field of Art. 32 it contributes to. */
  fills: readonly string[]
  name: Bilingual
  standing: (f: Reader) => Standing
  write: (f: Reader) => Bilingual
}
