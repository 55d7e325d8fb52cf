// B21-B24: pads, whiteboards, branding and dial-in data that a server other than one's own answers.
import type { Installation } from '../../core/installation.ts'
import type { Rule, Verdict } from '../../core/rule.ts'
import { articles } from '../helpers/articles.ts'
import { appendLine, replaceValue } from '../helpers/edits.ts'
import { environmentFlag } from '../helpers/values.ts'
import { both, met, missing, overridden, undecidable, violated } from '../helpers/verdicts.ts'
import { firstOf, isOn, mustBeOwn, silent, textOf, truth } from './kit.ts'

const RANDOM_NAME = 'jicofo.conference.shared-document.use-random-name'

export const B21: Rule = {
  id: 'B21',
  name: 'ETHERPAD',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'jicofo'],
  title: both(
    'Das gemeinsame Dokument ist fremd oder erratbar',
    'The shared document is foreign or can be guessed',
  ),
  why: both(
    'Ein fremder Etherpad-Server liest alle Notizen mit. Ohne use-random-name heißt das Dokument wie der Raum: Wer den Raumnamen kennt, liest es auch später.',
    'A foreign Etherpad server reads all notes. Without use-random-name the document is named like the room: whoever knows the room’s name reads it later too.',
  ),
  mend: both(
    'Einen eigenen Etherpad nennen und in jicofo.conf jicofo.conference.shared-document.use-random-name = true setzen (Docker: ENABLE_SHARED_DOCUMENT_RANDOM_NAME=1).',
    'Name an Etherpad of your own, and set jicofo.conference.shared-document.use-random-name = true in jicofo.conf (Docker: ENABLE_SHARED_DOCUMENT_RANDOM_NAME=1).',
  ),
  articles: articles('28', '32'),
  source: 'jicofo reference.conf',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Notizen liegen bei einem fremden Etherpad-Server oder unter einem erratbaren Namen.',
        'Notes lie at a third-party Etherpad server or under a name that can be guessed.',
      ),
      met: both(
        'Gemeinsame Notizen liegen auf eigenen Servern unter zufälligen Namen, oder es gibt keine.',
        'Shared notes lie on own servers under random names, or there are none.',
      ),
    },
  ],
  check: checkPad,
}

function checkPad(installation: Installation): readonly Verdict[] {
  const { web, jicofo } = installation
  const host = mustBeOwn(installation, web, ['etherpad_base'], {
    file: 'config.js',
    what: both('Notizen gehen an', 'notes go to'),
    empty: "''",
  })
  const pad = textOf(web, 'etherpad_base')
  if (pad === undefined) return host
  const random = firstOf(jicofo, [RANDOM_NAME])
  if (random.state === 'unknown') return [...host, undecidable(random.origin, missing('jicofo.conf'))]
  if (random.state === 'set' && truth(random.node) === true) return [...host, met(random.origin)]
  const detail = both('Der Name des Dokuments ist der Raumname.', 'The document’s name is the room’s name.')
  const file = jicofo.files.findLast((path) => path.endsWith('.conf'))
  const edits = random.state === 'set' ? [] : appendLine(file, `${RANDOM_NAME} = true`)
  return [
    ...host,
    violated([random.state === 'set' ? random.origin : silent(jicofo), pad.origin], { detail, edits }),
  ]
}

export const B22: Rule = {
  id: 'B22',
  name: 'WHITEBOARD',
  concern: 'recipients',
  severity: 'med',
  components: ['web'],
  title: both('Das Whiteboard läuft bei Fremden', 'The whiteboard runs at a third party'),
  why: both(
    'Zeichnungen und IP-Adressen aller gehen an den Server in whiteboard.collabServerBaseUrl.',
    'Everyone’s drawings and IP addresses go to the server in whiteboard.collabServerBaseUrl.',
  ),
  mend: both(
    'Einen eigenen excalidraw-backend nennen oder whiteboard.enabled auf false setzen.',
    'Name an excalidraw-backend of your own, or set whiteboard.enabled to false.',
  ),
  articles: articles('28'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Ein fremder Server erhält Zeichnungen des Whiteboards und IP-Adressen.',
        'A third-party server receives whiteboard drawings and IP addresses.',
      ),
      met: both(
        'Das Whiteboard läuft auf eigenen Servern oder gar nicht.',
        'The whiteboard runs on own servers or not at all.',
      ),
    },
  ],
  since: '2022-11-01',
  check: (installation) => {
    const found = mustBeOwn(installation, installation.web, ['whiteboard.collabServerBaseUrl'], {
      file: 'config.js',
      what: both('Zeichnungen gehen an', 'drawings go to'),
    })
    const enabled = firstOf(installation.web, ['whiteboard.enabled'])
    if (isOn(installation.web, ['whiteboard.enabled']) !== false) return found
    const winner = enabled.state === 'set' ? enabled.origin : undefined
    return found.map((one) => (one.state === 'violated' ? overridden([...one.origins, winner]) : one))
  },
}

export const B23: Rule = {
  id: 'B23',
  name: 'BRANDING',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both('Das Erscheinungsbild wird bei Fremden abgefragt', 'Branding is fetched from a third party'),
  why: both(
    'Vor jeder Besprechung fragt der Browser diese Adresse und nennt dabei den Raum.',
    'Before every meeting the browser asks this address and names the room.',
  ),
  mend: both(
    'Die JSON-Datei auf dem eigenen Server ablegen oder die Einstellung löschen.',
    'Put the JSON file onto your own server, or delete the setting.',
  ),
  articles: articles('25'),
  source: 'jitsi-meet config.js',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Ein fremder Server erhält Raumnamen und IP-Adressen beim Laden des Erscheinungsbilds.',
        'A third-party server receives room names and IP addresses when branding is loaded.',
      ),
      met: both('Das Erscheinungsbild kommt vom eigenen Server.', 'Branding comes from the own server.'),
    },
  ],
  check: (installation) =>
    mustBeOwn(installation, installation.web, ['dynamicBrandingUrl', 'brandingDataUrl'], {
      file: 'config.js',
      what: both('Raum und IP-Adresse gehen an', 'room and IP address go to'),
      empty: "''",
    }),
}

export const B24: Rule = {
  id: 'B24',
  name: 'DIALIN',
  concern: 'recipients',
  severity: 'med',
  components: ['web', 'environment'],
  title: both('Einwahldaten werden bei Fremden abgefragt', 'Dial-in data are fetched from a third party'),
  why: both(
    'Für Telefonnummer und PIN schickt der Browser den Namen des Raums an diesen Dienst, oft conference-mapper.jitsi.net von 8x8.',
    'For phone number and PIN the browser sends the room’s name to this service, often conference-mapper.jitsi.net of 8x8.',
  ),
  mend: both(
    'Einen eigenen Dienst nennen oder dialInNumbersUrl und dialInConfCodeUrl löschen (Docker: ENABLE_JAAS_COMPONENTS=0).',
    'Name a service of your own, or delete dialInNumbersUrl and dialInConfCodeUrl (Docker: ENABLE_JAAS_COMPONENTS=0).',
  ),
  articles: articles('28'),
  source: 'docker-jitsi-meet web defaults',
  paperwork: [
    {
      part: 'recipients',
      violated: both(
        'Ein fremder Dienst erhält Raumnamen für die Telefoneinwahl.',
        'A third-party service receives room names for dial-in.',
      ),
      met: both(
        'Raumnamen gehen nicht an fremde Einwahldienste.',
        'Room names do not go to third-party dial-in services.',
      ),
    },
  ],
  check: (installation) => {
    const found = mustBeOwn(installation, installation.web, ['dialInNumbersUrl', 'dialInConfCodeUrl'], {
      file: 'config.js',
      what: both('der Raumname geht an', 'the room’s name goes to'),
      empty: "''",
    })
    const jaas = environmentFlag(installation, 'ENABLE_JAAS_COMPONENTS', false)
    const reached =
      found.some(({ state }) => state === 'violated') || installation.web.completeness !== 'complete'
    if (jaas.value !== true || !reached) return found
    const detail = both(
      'Der Raumname geht an conference-mapper.jitsi.net (8x8).',
      'The room’s name goes to conference-mapper.jitsi.net (8x8).',
    )
    return [violated(jaas.origin, { detail, edits: replaceValue(jaas.origin, '0') })]
  },
}
