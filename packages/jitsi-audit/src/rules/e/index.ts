// The rules about content, transport and client, in the order of the table.
import type { Rule } from '../../core/rule.ts'
import { E01, E02, E03, E04, E05, E06 } from './e01-recording.ts'
import { E07, E08, E09, E10 } from './e07-speech.ts'
import { E11 } from './e11-transcript.ts'
import { E12, E13 } from './e12-telephony.ts'
import { E14, E15, E16 } from './e14-transport.ts'
import { E17, E18 } from './e17-ports.ts'
import { E19, E20, E21, E22, E23 } from './e19-client.ts'

export const GROUP_E: readonly Rule[] = [
  E01,
  E02,
  E03,
  E04,
  E05,
  E06,
  E07,
  E08,
  E09,
  E10,
  E11,
  E12,
  E13,
  E14,
  E15,
  E16,
  E17,
  E18,
  E19,
  E20,
  E21,
  E22,
  E23,
]
