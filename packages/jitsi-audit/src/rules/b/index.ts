// The rules about third parties, in the order of the table.
import type { Rule } from '../../core/rule.ts'
import { B01, B02, B03 } from './b01-third-party.ts'
import { B04, B05 } from './b04-script.ts'
import { B06 } from './b06-environment.ts'
import { B07, B08, B09, B10, B11 } from './b07-analytics.ts'
import { B12, B13, B14, B15 } from './b12-stats.ts'
import { B16, B17, B18, B19, B20 } from './b16-integrations.ts'
import { B21, B22, B23, B24 } from './b21-services.ts'
import { B25, B26, B27 } from './b25-outside.ts'
import { B28, B29, B30, B32 } from './b28-client.ts'
import { B31 } from './b31-csp.ts'

export const GROUP_B: readonly Rule[] = [
  B01,
  B02,
  B03,
  B04,
  B05,
  B06,
  B07,
  B08,
  B09,
  B10,
  B11,
  B12,
  B13,
  B14,
  B15,
  B16,
  B17,
  B18,
  B19,
  B20,
  B21,
  B22,
  B23,
  B24,
  B25,
  B26,
  B27,
  B28,
  B29,
  B30,
  B31,
  B32,
]
