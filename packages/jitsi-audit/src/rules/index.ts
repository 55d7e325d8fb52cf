// All rules of the auditor in the order of their ids.
import type { Rule } from '../core/rule.ts'
import { GROUP_A } from './a/index.ts'
import { GROUP_B } from './b/index.ts'
import { GROUP_C } from './c/index.ts'
import { GROUP_D } from './d/index.ts'
import { GROUP_E } from './e/index.ts'
import { GROUP_F } from './f/index.ts'
import { withAge } from './helpers/age.ts'

export const RULES: readonly Rule[] = [
  ...GROUP_A,
  ...GROUP_B,
  ...GROUP_C,
  ...GROUP_D,
  ...GROUP_E,
  ...GROUP_F,
].map(withAge)
