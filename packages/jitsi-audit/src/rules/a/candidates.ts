// A16, A17: inner addresses that the bridge shows, and the metadata service that it asks.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { lookup } from '../../core/settings.ts'
import { appendToHocon, fileStart } from '../helpers/appending.ts'
import { articles } from '../helpers/articles.ts'
import { knowsItsAddress } from '../helpers/bridge-stun.ts'
import { replaceValue } from '../helpers/edits.ts'
import { flag, flagAt } from '../helpers/values.ts'
import { both, met, missing, notApplicable, undecidable, violated } from '../helpers/verdicts.ts'

/** The setting came between July 2021 and January 2022; from this day on it is surely there. */
const PRIVATE_SINCE = '2022-01-31'

export const A16: Rule = {
  id: 'A16',
  name: 'PRIV-CAND',
  concern: 'transport',
  severity: 'low',
  components: ['jvb', 'environment'],
  title: both('Die Bridge zeigt ihre inneren Adressen', 'The bridge shows its inner addresses'),
  why: both(
    'Jede Person im Raum bekommt alle Adressen der Bridge genannt, auch die privaten hinter der Firewall: eine Landkarte für Angreifende.',
    'Every person in the room is told all addresses of the bridge, the private ones behind the firewall too: a map for attackers.',
  ),
  mend: both(
    '`videobridge.ice.advertise-private-candidates = false` (Docker: `JVB_ADVERTISE_PRIVATE_CANDIDATES=0`), sofern die Bridge ihre öffentliche Adresse kennt und niemand nur über das innere Netz kommt. Die Einstellung gibt es seit 2021/22.',
    '`videobridge.ice.advertise-private-candidates = false` (Docker: `JVB_ADVERTISE_PRIVATE_CANDIDATES=0`), provided that the bridge knows its public address and nobody comes through the inner network only. The setting exists since 2021/22.',
  ),
  articles: articles('32'),
  source: 'jitsi-videobridge reference.conf',
  since: PRIVATE_SINCE,
  paperwork: [],
  check: checkPrivate,
}

function checkPrivate(installation: Installation): readonly Verdict[] {
  const date = installation.release?.date
  if (date !== undefined && date < PRIVATE_SINCE) return [notApplicable(installation.release?.origin)]
  const path = 'videobridge.ice.advertise-private-candidates'
  const shown = flagAt(installation.jvb, path, true)
  if (shown.value === false) return [met(shown.origin)]
  if (shown.value === undefined) return [undecidable(shown.origin, missing('jvb.conf'))]
  const written = shown.origin?.kind === 'file'
  return [
    violated([shown.origin ?? fileStart(installation.jvb.files)], {
      edits: !knowsItsAddress(installation)
        ? []
        : written
          ? replaceValue(shown.origin, 'false')
          : shown.origin === undefined
            ? appendToHocon(installation.jvb, `${path} = false`)
            : [],
    }),
  ]
}

export const A17: Rule = {
  id: 'A17',
  name: 'AWS',
  concern: 'recipients',
  severity: 'low',
  components: ['jvb'],
  title: both('Die Bridge sucht nach Metadaten von Amazon', 'The bridge looks for metadata of Amazon'),
  why: both(
    'Ohne `aws.enabled = false` fragt ice4j beim Start die Metadaten-Adresse 169.254.169.254 ab. Außerhalb von AWS antwortet dort womöglich ein anderer.',
    'Without `aws.enabled = false`, ice4j asks the metadata address 169.254.169.254 at its start. Outside of AWS, somebody else may answer there.',
  ),
  mend: both(
    'Außerhalb von AWS `ice4j.harvest.mapping.aws.enabled = false` setzen.',
    'Outside of AWS, set `ice4j.harvest.mapping.aws.enabled = false`.',
  ),
  articles: articles('25(1)'),
  source: 'ice4j HarvestConfig',
  paperwork: [],
  check: checkAws,
}

function checkAws(installation: Installation): readonly Verdict[] {
  const path = 'ice4j.harvest.mapping.aws.enabled'
  const disabled = lookup(installation.jvbLegacy, ['org.ice4j.ice.harvest.DISABLE_AWS_HARVESTER'])
  if (disabled.state === 'set' && flag(disabled.node) === true) return [met(disabled.origin)]
  const forced = flagAt(installation.jvb, 'ice4j.harvest.mapping.aws.force', false)
  if (forced.value === true) return [notApplicable(forced.origin)]
  const enabled = flagAt(installation.jvb, path, true)
  const beaten = disabled.state === 'set' && flag(disabled.node) === false
  if (enabled.value === false && !beaten) return [met(enabled.origin)]
  if (enabled.value === undefined && !beaten) return [undecidable(enabled.origin, missing('jvb.conf'))]
  const written = enabled.origin?.kind === 'file'
  // The package writes the old property at its installation; a role that brings only jvb.conf leaves it standing.
  const { kind, jvbLegacy, services } = installation
  const packaged = services.length === 0 && (kind === 'ansible' || kind === 'salt')
  if (!beaten && !written && packaged && jvbLegacy.completeness !== 'complete')
    return [undecidable(fileStart(installation.jvb.files), missing('sip-communicator.properties'))]
  return [
    violated([beaten ? disabled.origin : undefined, enabled.origin ?? fileStart(installation.jvb.files)], {
      edits:
        beaten || !knowsItsAddress(installation)
          ? []
          : written
            ? replaceValue(enabled.origin, 'false')
            : enabled.origin === undefined
              ? appendToHocon(installation.jvb, `${path} = false`)
              : [],
    }),
  ]
}
