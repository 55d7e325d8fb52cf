// Group F: found in real installations.
import type { Rule } from '../../core/rule.ts'
import { F01, F03 } from './bridge.ts'
import { F05, F09 } from './network.ts'
import { F04 } from './secrets.ts'
import { F06, F10, F11 } from './truth.ts'
import { F12 } from './unread.ts'
import { F02, F07, F08 } from './web-server.ts'

export const GROUP_F: readonly Rule[] = [F01, F02, F03, F04, F05, F06, F07, F08, F09, F10, F11, F12]
