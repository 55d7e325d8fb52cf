// What each feature of the running server says about itself: the source of every sentence that rests on a setting.
//
// A feature that is added here without facts, or names one that the documents do not know, fails the test beside this file.
import { MEETING_ID_LETTERS } from '@runde/contract'
import type { FactId, FactValues } from '@runde/dossier'
import type { Store } from '@runde/store'
import type { ServerConfig } from '../config/config.ts'
import { listBackups } from '../backups/folder.ts'
import { INVITATION_DAYS } from '../accounts/people-routes.ts'
import { secondFactorForAll } from '../accounts/policy.ts'
import { SESSION_DAYS } from '../http/session.ts'
import { keptPeriod, LONGEST } from '../diagnostics/begin.ts'
import { serverLogPeriod } from '../surroundings/server-log.ts'
import { VERSION } from '../version.ts'
import { browserEntries } from './browser-entries.ts'

/** Values by fact; a fact left out is not known to the server. */
export type ReportedValues = { readonly [K in FactId]?: FactValues[K] }

/** Where a reporter looks. */
export interface Surroundings {
  readonly config: Pick<ServerConfig, 'publicUrl' | 'https'> & Partial<Pick<ServerConfig, 'backup'>>
  readonly store: Pick<Store, 'meetings' | 'diagnostics' | 'settings'>
}

/** One feature; `name` as packages/dossier lists it. */
export interface FeatureReporter {
  readonly name: string
  readonly report: (surroundings: Surroundings) => ReportedValues | Promise<ReportedValues>
}

/** Letters of a meeting id, hyphens left out. */
const ID_LENGTH = 10

/** Every feature this version has. What is not in this list does not exist, and the documents say so. */
export const REPORTERS: readonly FeatureReporter[] = [
  {
    name: 'meetings',
    report: async ({ store }) => ({
      'room.total': await store.meetings.count(),
      'room.idBits': Math.floor(ID_LENGTH * Math.log2(MEETING_ID_LETTERS.length)),
      'room.creationRestricted': true,
      'keep.rooms': 'manual',
    }),
  },
  {
    name: 'joining',
    report: ({ config }) => ({
      'join.devicesOff': true,
      'join.nameOptional': true,
      'browser.entries': browserEntries(config.https),
    }),
  },
  // The short notice stands above the button of the join page; nothing is connected before it is pressed.
  { name: 'notice', report: () => ({ 'feature.notice': 'on' }) },
  {
    name: 'media',
    report: ({ config }) => ({
      'media.encrypted': true,
      'media.relayedOnly': true,
      'ice.foreignHosts': [],
      'tls.enabled': config.https,
    }),
  },
  {
    name: 'accounts',
    report: async ({ store }) => ({
      'keep.accounts': 'manual',
      'keep.sessions': `P${SESSION_DAYS}D`,
      // Invitations live longest; sign-in and set-up links end after hours (one-time-links.ts).
      'keep.links': `P${INVITATION_DAYS}D`,
      'feature.secondFactor': (await secondFactorForAll(store)) ? 'required' : 'optional',
    }),
  },
  {
    name: 'logging',
    report: () => {
      const kept = serverLogPeriod(process.env)
      return {
        'log.addresses': false,
        'log.guessingWithoutAddresses': true,
        'log.attentionStatistics': false,
        ...(kept === undefined ? {} : { 'keep.serverLog': kept }),
      }
    },
  },
  {
    name: 'debugLog',
    report: async ({ store }) => {
      // Until its log is deleted, expired or not.
      const mode = await store.diagnostics.current()
      return {
        'feature.debugLog': mode === undefined ? 'off' : 'on',
        'keep.debugLog': keptPeriod(mode ?? LONGEST),
      }
    },
  },
  {
    name: 'backups',
    // Without a configured folder the server knows nothing of copies, and people are asked.
    report: ({ config: { backup } }) =>
      backup?.folder === undefined
        ? {}
        : {
            'backup.made': listBackups(backup.folder).length > 0,
            'backup.kept': `P${backup.days}D`,
          },
  },
  {
    name: 'server',
    report: ({ config }) => ({
      'server.version': VERSION,
      'server.url': config.publicUrl,
      'outbound.hosts': [],
    }),
  },
]
