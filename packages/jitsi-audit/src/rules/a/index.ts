// Group A: STUN, TURN, ICE.
import type { Rule } from '../../core/rule.ts'
import { A06, A07, A08, A09 } from './bridge-stun.ts'
import { A16, A17 } from './candidates.ts'
import { A05, A12, A13 } from './p2p-other.ts'
import { A01, A02, A03, A04 } from './p2p-stun.ts'
import { A14, A15 } from './relay.ts'
import { A10, A11 } from './services.ts'

export const GROUP_A: readonly Rule[] = [
  A01,
  A02,
  A03,
  A04,
  A05,
  A06,
  A07,
  A08,
  A09,
  A10,
  A11,
  A12,
  A13,
  A14,
  A15,
  A16,
  A17,
]
