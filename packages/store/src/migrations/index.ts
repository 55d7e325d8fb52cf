// All migrations, in the order in which they run. A migration that has been released is never changed.
import type { Migration } from 'kysely/migration'
import * as init from './001-init.ts'
import * as facts from './002-facts.ts'
import * as accounts from './003-accounts.ts'
import * as approvals from './004-approvals.ts'
import * as diagnostics from './010-diagnostics.ts'
import * as commentThreads from './011-comment-threads.ts'

export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '001-init': init,
  '002-facts': facts,
  '003-accounts': accounts,
  '004-approvals': approvals,
  '010-diagnostics': diagnostics,
  '011-comment-threads': commentThreads,
}
