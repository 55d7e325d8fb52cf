// Group D: who gets in.
import type { Rule } from '../../core/rule.ts'
import { D20, D21 } from './connections.ts'
import { D01, D02, D03, D08, D14 } from './gate.ts'
import { D09, D10, D11, D12 } from './lobby.ts'
import { D18, D19 } from './outside.ts'
import { D13, D15, D16, D17 } from './rooms.ts'
import { D07 } from './secrets.ts'
import { D04, D05, D06 } from './token.ts'

export const GROUP_D: readonly Rule[] = [
  D01,
  D02,
  D03,
  D04,
  D05,
  D06,
  D07,
  D08,
  D09,
  D10,
  D11,
  D12,
  D13,
  D14,
  D15,
  D16,
  D17,
  D18,
  D19,
  D20,
  D21,
]
