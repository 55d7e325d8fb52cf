// B01-B03: requests of the browser to strangers that one switch governs, above all avatars from Gravatar.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import {
  appendScript,
  firstOf,
  isOn,
  mustBe,
  mustBeOwn,
  releasePlace,
  releasedBefore,
  silent,
} from './kit.ts'

export const SWITCH = 'disableThirdPartyRequests'

/** Since then the switch also stops the avatar that was fetched before the configuration had arrived. */
const GRAVATAR_OBEYS_SINCE = '2021-06-02'

/** Whether the switch against third parties is on; undefined where it cannot be told. */
export function thirdPartiesOff(installation: Installation): boolean | undefined {
  return isOn(installation.web, [SWITCH])
}

export const B01: Rule = {
  id: 'B01',
  name: 'TPR',
  concern: 'recipients',
  severity: 'high',
  components: ['web'],
  title: both(
    'Anfragen an fremde Server sind nicht abgeschaltet',
    'Requests to third-party servers are not switched off',
  ),
  why: both(
    'Ohne disableThirdPartyRequests laden die Browser Avatare, Statistikskripte, Giphy und geteilte Videos von fremden Servern; diese erfahren die IP-Adresse. Der Schalter ist nur ein Teil: STUN, rtcstats, Branding, Einwahl und App-Links hängen nicht an ihm.',
    'Without disableThirdPartyRequests browsers load avatars, analytics scripts, Giphy and shared videos from third parties, who learn the IP address. The switch is only a part: STUN, rtcstats, branding, dial-in and app links do not depend on it.',
  ),
  mend: both(
    'In config.js (Docker: custom-config.js) ergänzen: config.disableThirdPartyRequests = true;',
    'Add to config.js (Docker: custom-config.js): config.disableThirdPartyRequests = true;',
  ),
  articles: articles('25(2)', '5(1)c'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Browser der Teilnehmenden dürfen Inhalte bei Dritten abrufen (unter anderem Avatardienste und geteilte Videos); diese erhalten dabei die IP-Adresse.',
        'Participants’ browsers may fetch content from third parties (avatar services and shared videos among them), who receive the IP address.',
      ),
      met: both(
        'Avatare, Statistikskripte, Giphy und geteilte Videos werden nicht bei Dritten abgerufen (disableThirdPartyRequests).',
        'Avatars, analytics scripts, Giphy and shared videos are not fetched from third parties (disableThirdPartyRequests).',
      ),
    },
  ],
  check: ({ web }) =>
    mustBe(web, [SWITCH], true, { file: 'config.js', line: 'config.disableThirdPartyRequests = true;' }),
}

export const B02: Rule = {
  id: 'B02',
  name: 'GRAVATAR',
  concern: 'recipients',
  severity: 'high',
  components: ['web'],
  title: both('Gravatar erfährt, wer sich trifft', 'Gravatar learns who meets'),
  why: both(
    'Gibt jemand eine E-Mail-Adresse an, holt jeder Browser im Raum das Bild dazu bei gravatar.com (USA): Prüfsumme der Adresse und IP-Adressen aller Zuschauenden gehen dorthin.',
    'When somebody enters an e-mail address, every browser in the room fetches its picture from gravatar.com (USA): a hash of the address and the IP addresses of all viewers go there.',
  ),
  mend: both(
    'Das ganze Objekt setzen, denn ein Zuweisen an ein fehlendes Objekt bricht das Skript ab: config.gravatar = { disabled: true };',
    'Assign the whole object, because assigning to a missing one stops the script: config.gravatar = { disabled: true };',
  ),
  articles: articles('5(1)c', '44'),
  source: 'jitsi-meet config.js, issue 14107',
  paperwork: [
    {
      part: 'third-country',
      violated: both(
        'Prüfsumme der E-Mail-Adresse und IP-Adressen gehen an Gravatar (Automattic, USA).',
        'A hash of the e-mail address and IP addresses go to Gravatar (Automattic, USA).',
      ),
      met: both('Avatare werden nicht bei Gravatar abgerufen.', 'Avatars are not fetched from Gravatar.'),
    },
  ],
  check: checkGravatar,
}

function checkGravatar(installation: Installation): readonly Verdict[] {
  const { web } = installation
  const disabled = isOn(web, ['gravatar.disabled'])
  const own = firstOf(web, ['gravatar.disabled'])
  const place = own.state === 'set' ? own.origin : undefined
  if (disabled === true) return [met(place)]
  const off = thirdPartiesOff(installation)
  const switchFound = firstOf(web, [SWITCH])
  const switchPlace = switchFound.state === 'set' ? switchFound.origin : undefined
  const edits = appendScript(web, 'config.gravatar = { disabled: true };')
  if (off === true) {
    if (releasedBefore(installation, GRAVATAR_OBEYS_SINCE) !== true) return [met(switchPlace)]
    const detail = both(
      'Diese Version fragt Gravatar trotz disableThirdPartyRequests; behoben seit 2. Juni 2021.',
      'This release asks Gravatar in spite of disableThirdPartyRequests; mended since 2 June 2021.',
    )
    return [violated([switchPlace, releasePlace(installation)], { detail, edits })]
  }
  if (disabled === undefined || off === undefined)
    return [undecidable([place, switchPlace], missing('config.js'))]
  return [violated([place ?? switchPlace ?? silent(web)], { edits })]
}

export const B03: Rule = {
  id: 'B03',
  name: 'GRAVATAR-URL',
  concern: 'recipients',
  severity: 'med',
  components: ['web'],
  title: both('Avatare kommen von einem fremden Dienst', 'Avatars come from a third-party service'),
  why: both(
    'Ein anderer Avatardienst als Gravatar erfährt dasselbe: Prüfsumme der E-Mail-Adresse und IP-Adressen aller im Raum.',
    'Another avatar service than Gravatar learns the same: a hash of the e-mail address and the IP addresses of everyone in the room.',
  ),
  mend: both(
    'gravatar.baseUrl streichen und config.gravatar = { disabled: true }; setzen, oder einen eigenen Dienst nennen.',
    'Delete gravatar.baseUrl and set config.gravatar = { disabled: true };, or name a service of your own.',
  ),
  articles: articles('28'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Ein fremder Avatardienst erhält Prüfsummen von E-Mail-Adressen und IP-Adressen.',
        'A third-party avatar service receives hashes of e-mail addresses and IP addresses.',
      ),
    },
  ],
  check: (installation) => {
    const found = mustBeOwn(installation, installation.web, ['gravatar.baseUrl', 'gravatarBaseURL'], {
      file: 'config.js',
      what: both('Avatare werden abgerufen bei', 'avatars are fetched from'),
    })
    const stopped = firstOf(installation.web, [SWITCH, 'gravatar.disabled'])
    const off =
      thirdPartiesOff(installation) === true || isOn(installation.web, ['gravatar.disabled']) === true
    if (!off) return found
    const winner = stopped.state === 'set' ? stopped.origin : undefined
    return found.map((one) => (one.state === 'violated' ? overridden([...one.origins, winner]) : one))
  },
}
