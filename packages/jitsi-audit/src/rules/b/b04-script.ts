// B04-B05: privacy settings that are written and never take effect, because the script stops or an object is replaced.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { type Assignment, type Settings, lookup } from '../../core/settings.ts'
import { articles } from '../helpers/articles.ts'
import { both, met, missing, undecidable, violated } from '../helpers/verdicts.ts'
import { silent } from './kit.ts'

export const B04: Rule = {
  id: 'B04',
  name: 'CFG-THROW',
  concern: 'client',
  severity: 'high',
  components: ['web', 'interface'],
  title: both(
    'Das Skript bricht ab: alles danach gilt nicht',
    'The script stops: nothing after it takes effect',
  ),
  why: both(
    'config.js ist ein Programm. Eine Zuweisung an ein Objekt, das es nicht gibt (config.gravatar.disabled = true ohne config.gravatar), löst einen Fehler aus; alle späteren Einstellungen fehlen dann, auch wenn sie richtig geschrieben sind.',
    'config.js is a program. Assigning to an object that does not exist (config.gravatar.disabled = true without config.gravatar) raises an error; all later settings are missing then, however well they are written.',
  ),
  mend: both(
    'Das ganze Objekt zuweisen, etwa config.gravatar = { disabled: true };, oder es vorher anlegen: config.gravatar = config.gravatar || {};',
    'Assign the whole object, such as config.gravatar = { disabled: true };, or create it first: config.gravatar = config.gravatar || {};',
  ),
  articles: articles('25', '5(2)'),
  source: 'jitsi-meet issue 14107',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Ein Teil der datenschutzfreundlichen Voreinstellungen der Oberfläche ist wegen eines Skriptfehlers unwirksam.',
        'A part of the client’s privacy settings has no effect because of a script error.',
      ),
    },
  ],
  check: (installation) => [
    ...checkScript(installation.web, 'config.js', true),
    ...checkScript(installation.interfaceConfig, 'interface_config.js', false),
  ],
}

function checkScript(settings: Settings, file: string, required: boolean): readonly Verdict[] {
  const stops = settings.problems.filter(({ code }) => code === 'throws' || code === 'syntax')
  if (stops.length > 0)
    return stops.map((stop) => {
      const dead = settings.assignments.filter(({ lost }) => lost?.reason === 'after-throw')
      const names = [...new Set(dead.map(({ path }) => path))].slice(0, 8).join(', ')
      const detail =
        names === ''
          ? undefined
          : both(`Deshalb wirkungslos: ${names}.`, `Without effect because of this: ${names}.`)
      return violated(stop.origin, { detail })
    })
  if (settings.completeness === 'complete') return [met(silent(settings))]
  return required || settings.completeness === 'fragment'
    ? [undecidable(silent(settings), missing(file))]
    : []
}

/** Objects whose members protect people; losing them to a late replacement undoes a decision. */
const GUARDED = new Set([
  'p2p',
  'analytics',
  'gravatar',
  'prejoinConfig',
  'localRecording',
  'testing',
  'deeplinking',
])

export const B05: Rule = {
  id: 'B05',
  name: 'CFG-REPLACE',
  concern: 'client',
  severity: 'high',
  components: ['web'],
  title: both(
    'Eine spätere Zuweisung wirft frühere Einstellungen weg',
    'A later assignment throws away earlier settings',
  ),
  why: both(
    'config = {…} oder config.p2p = {…} ersetzt das ganze Objekt; was vorher darin stand, ist weg.',
    'config = {…} or config.p2p = {…} replaces the whole object; what stood in it before is gone.',
  ),
  mend: both(
    'Einzelne Werte zuweisen (config.p2p.enabled = false;) statt das Objekt zu ersetzen.',
    'Assign single members (config.p2p.enabled = false;) instead of replacing the object.',
  ),
  articles: articles('25', '5(2)'),
  source: 'language rule of JavaScript',
  paperwork: [
    {
      part: 'measures',
      violated: both(
        'Früher getroffene Voreinstellungen der Oberfläche werden durch eine spätere Zuweisung aufgehoben.',
        'Settings of the client that were made earlier are undone by a later assignment.',
      ),
    },
  ],
  check: checkReplaced,
}

function checkReplaced({ web }: Installation): readonly Verdict[] {
  const gone = web.assignments.filter((one) => isGone(web, one))
  if (gone.length === 0)
    return [
      web.completeness === 'complete' ? met(silent(web)) : undecidable(silent(web), missing('config.js')),
    ]
  const byWinner = new Map<string, Assignment[]>()
  for (const one of gone) {
    const key = `${one.lost?.to.file ?? ''}:${one.lost?.to.line ?? 0}`
    byWinner.set(key, [...(byWinner.get(key) ?? []), one])
  }
  return [...byWinner.values()].map((all) => {
    const names = [...new Set(all.map(({ path }) => path))].slice(0, 8).join(', ')
    const places = [all[0]?.lost?.to, ...all.slice(0, 5).map(({ origin }) => origin)]
    return violated(places, { detail: both(`Verloren gehen: ${names}.`, `Lost: ${names}.`) })
  })
}

/** Written by the operator, dropped with its parent, and not written again. */
function isGone(web: Settings, one: Assignment): boolean {
  if (one.lost?.reason !== 'parent-replaced' || one.origin.kind === 'stock-default') return false
  const [top = ''] = one.keys
  const wholeConfig = lookup(web, [top]).state !== 'set'
  if (!GUARDED.has(top) && !wholeConfig) return false
  return one.node.kind !== 'map' && lookup(web, one.keys).state !== 'set'
}
