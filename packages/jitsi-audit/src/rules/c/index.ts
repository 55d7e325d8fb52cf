// The rules about logs, in the order of the table.
import type { Rule } from '../../core/rule.ts'
import { C01, C02, C03 } from './c01-nginx.ts'
import { C04 } from './c04-error-log.ts'
import { C05, C06 } from './c05-prosody.ts'
import { C07, C08, C09 } from './c07-bridge.ts'
import { C10, C11, C12 } from './c10-bridge-detail.ts'
import { C13, C14, C15, C16 } from './c13-signalling.ts'
import { C17, C18 } from './c17-turn.ts'
import { C19, C20, C21, C22 } from './c19-rotation.ts'
import { C23, C24, C25 } from './c23-containers.ts'

export const GROUP_C: readonly Rule[] = [
  C01,
  C02,
  C03,
  C04,
  C05,
  C06,
  C07,
  C08,
  C09,
  C10,
  C11,
  C12,
  C13,
  C14,
  C15,
  C16,
  C17,
  C18,
  C19,
  C20,
  C21,
  C22,
  C23,
  C24,
  C25,
]
