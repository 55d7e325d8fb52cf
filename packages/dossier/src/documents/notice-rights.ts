// Clauses of the full notice: rights, objection, provision of data, automated decisions, data from others, changes.
import { MISSING, both, localized, phrase } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import type { Basis } from '../facts/values.ts'
import { keptAddresses } from './shared.ts'

function uses(f: Reader, ...bases: readonly Basis[]): boolean {
  return (f.get('use.purposes') ?? []).some(({ basis }) => bases.includes(basis))
}

/** Whether consent is a basis anywhere: a purpose, or recording and transcription, which need it. */
export function usesConsent(f: Reader): boolean {
  return (
    uses(f, 'consent') ||
    f.is('feature.recording', 'on') ||
    f.is('feature.transcription', 'on') ||
    f.is('feature.streaming', 'on')
  )
}

/** Whether there is anything to object to. Operating the server always rests on interest or task. */
export function usesInterest(f: Reader): boolean {
  return uses(f, 'interest')
}

/** Whether meetings rest on a task in the public or church interest. */
export function usesTask(f: Reader): boolean {
  return uses(f, 'task')
}

function right(id: string, article: string, de: string, en: string): Clause {
  return clause(
    `notice.right.${id}`,
    (f) => {
      const law = f.law(art(article))
      return both(`${de} (${law.de})`, `${en} (${law.en})`)
    },
    { fills: ['13(2)(b)'] },
  )
}

export const ACCESS: Clause = right(
  'access',
  '15',
  'Auskunft darüber, ob und welche Daten wir über Sie verarbeiten, und eine Kopie davon',
  'Access: whether and which data about you we process, and a copy of them',
)
export const RECTIFICATION: Clause = right(
  'rectification',
  '16',
  'Berichtigung unrichtiger Daten',
  'Rectification of inaccurate data',
)
export const ERASURE: Clause = right(
  'erasure',
  '17',
  'Löschung, wenn die Voraussetzungen vorliegen',
  'Erasure, where the conditions are met',
)
export const RESTRICTION: Clause = right(
  'restriction',
  '18',
  'Einschränkung der Verarbeitung, wenn die Voraussetzungen vorliegen',
  'Restriction of processing, where the conditions are met',
)

export const PORTABILITY: Clause = clause(
  'notice.right.portability',
  (f) => {
    if (!uses(f, 'contract', 'consent', 'employment') && !usesConsent(f)) return undefined
    const law = f.law(art('20'))
    return both(
      `Übertragung der Daten, die Sie uns aufgrund einer Einwilligung oder eines Vertrags bereitgestellt haben (${law.de})`,
      `Portability of the data you provided on the basis of consent or a contract (${law.en})`,
    )
  },
  { fills: ['13(2)(b)'] },
)

export const EXERCISE: Clause = clause(
  'notice.exercise',
  (f) => {
    const contact = f.print('org.contact')
    // Sec. 16 DSG-EKD gives three months and no extension; the GDPR and the KDG one month.
    const within =
      f.regime.id === 'dsg-ekd'
        ? both('spätestens innerhalb von drei Monaten', 'within three months at the latest')
        : both('spätestens innerhalb eines Monats', 'within one month at the latest')
    return both(
      `Für alle Rechte genügt eine formlose Nachricht an ${contact.de}; wir antworten unentgeltlich und unverzüglich, ${within.de}.`,
      `For all rights an informal message to ${contact.en} is enough; we answer free of charge and without undue delay, ${within.en}.`,
    )
  },
  { laws: [art('12(3)'), art('12(5)')] },
)

export const IDENTITY: Clause = clause(
  'notice.identity',
  (f) =>
    keptAddresses(f) === 'none' && f.is('join.nameOptional', true)
      ? both(
          'Nach dem Ende einer Besprechung können wir Gäste in der Regel nicht mehr erkennen, weil weder Name noch Netzadresse gespeichert werden; Auskunft können wir dann nur geben, wenn Sie uns Angaben machen, die eine Zuordnung erlauben.',
          'After a meeting has ended we usually can no longer identify guests, because neither name nor network address is stored; we can then give access only if you provide information that allows an attribution.',
        )
      : undefined,
  { laws: [art('11')] },
)

export const WITHDRAWAL: Clause = clause(
  'notice.withdrawal',
  (f) =>
    usesConsent(f)
      ? both(
          'Eine Einwilligung können Sie jederzeit mit Wirkung für die Zukunft widerrufen; was bis dahin geschehen ist, bleibt rechtmäßig. Der Widerruf ist so einfach wie die Einwilligung.',
          'You may withdraw consent at any time with effect for the future; what has happened until then remains lawful. Withdrawing is as easy as consenting.',
        )
      : undefined,
  { fills: ['13(2)(c)'], laws: [art('7(3)')] },
)

export const COMPLAINT: Clause = clause(
  'notice.complaint',
  (f) => {
    const law = f.law(art('77'))
    const authority = f.authority()
    const name = authority?.name ?? MISSING
    if (f.regime.id !== 'gdpr') {
      return both(
        `Sie können sich bei der Datenschutzaufsicht der Kirche beschweren (${law.de}). Für uns zuständig ist ${name.de}.`,
        `You may complain to the data protection authority of the church (${law.en}). Competent for us is ${name.en}.`,
      )
    }
    return both(
      `Sie können sich bei einer Aufsichtsbehörde beschweren, insbesondere an Ihrem Aufenthaltsort, an Ihrem Arbeitsplatz oder am Ort des vermuteten Verstoßes (${law.de}). Für uns zuständig ist ${name.de}.`,
      `You may complain to a supervisory authority, in particular where you live, where you work or where the alleged infringement took place (${law.en}). Competent for us is ${name.en}.`,
    )
  },
  { fills: ['13(2)(d)'] },
)

export const OBJECTION: Clause = clause(
  'notice.objection',
  (f) => {
    const law = f.law(art('21(1)'))
    const contact = f.print('org.contact')
    const whose = f.regime.id === 'gdpr' ? both('öffentlichen', 'public') : both('kirchlichen', 'church')
    const on = uses(f, 'task')
      ? usesInterest(f)
        ? both(
            `Soweit wir Daten für eine Aufgabe im ${whose.de} Interesse oder aufgrund eines berechtigten Interesses verarbeiten`,
            `Where we process data for a task in the ${whose.en} interest or on the basis of a legitimate interest`,
          )
        : both(
            `Soweit wir Daten für eine Aufgabe im ${whose.de} Interesse verarbeiten`,
            `Where we process data for a task in the ${whose.en} interest`,
          )
      : both(
          'Soweit wir Daten aufgrund eines berechtigten Interesses verarbeiten (dazu gehört der sichere Betrieb des Servers)',
          'Where we process data on the basis of a legitimate interest (which includes the secure operation of the server)',
        )
    return both(
      `${on.de}, können Sie dem jederzeit aus Gründen widersprechen, die sich aus Ihrer besonderen Situation ergeben (${law.de}). Eine Nachricht an ${contact.de} genügt. Wir verarbeiten die Daten dann nicht mehr, es sei denn, zwingende schutzwürdige Gründe überwiegen oder die Daten werden für Rechtsansprüche gebraucht.`,
      `${on.en}, you may object at any time on grounds relating to your particular situation (${law.en}). A message to ${contact.en} is enough. We then no longer process the data, unless compelling legitimate grounds prevail or the data are needed for legal claims.`,
    )
  },
  { fills: ['13(2)(b)', '21(4)'] },
)

export const OBJECTION_NONE: Clause = clause('notice.objectionDirect', () =>
  both(
    'Für Werbung oder Profilbildung werden die Daten nicht verwendet.',
    'The data are not used for marketing or profiling.',
  ),
)

export const PROVISION: Clause = clause(
  'notice.provision',
  (f) => {
    switch (f.get('use.mandatory')) {
      case true:
        return both(
          'Die Teilnahme ist für bestimmte Personen vertraglich, dienstlich oder gesetzlich vorgeschrieben.',
          'Participation is required of certain persons by contract, by duty or by law.',
        )
      case false:
        return both(
          'Die Teilnahme ist freiwillig; Sie sind weder gesetzlich noch vertraglich verpflichtet, Daten anzugeben. Ohne Verbindungsdaten kommt allerdings keine Besprechung zustande.',
          'Participation is voluntary; you are under no statutory or contractual obligation to provide data. Without connection data, however, no meeting can take place.',
        )
      case undefined:
        return both(
          'Ob die Teilnahme verpflichtend ist, ist noch nicht angegeben.',
          'Whether participation is mandatory is not yet stated.',
        )
    }
  },
  { fills: ['13(2)(e)'] },
)

export const CONSEQUENCE: Clause = clause(
  'notice.consequence',
  (f) => {
    if (!f.is('use.mandatory', true)) return undefined
    const text = f.get('use.consequence')
    const what = text === undefined ? MISSING : phrase(text)
    return both(`Folgen der Nichtteilnahme: ${what.de}.`, `Consequences of not taking part: ${what.en}.`)
  },
  { fills: ['13(2)(e)'] },
)

export const PSEUDONYM: Clause = clause('notice.pseudonym', (f) =>
  f.is('join.nameOptional', true)
    ? both(
        'Kamera, Mikrofon und Name sind technisch freiwillig.',
        'Camera, microphone and name are technically optional.',
      )
    : undefined,
)

export const AUTOMATED: Clause = clause(
  'notice.automated',
  (f) => {
    const version = f.print('server.version')
    return both(
      `Automatisierte Entscheidungen und Profiling finden nicht statt; die eingesetzte Software (Runde, Version ${version.de}) hat keine solche Funktion.`,
      `There are no automated decisions and no profiling; the software in use (Runde, version ${version.en}) has no such function.`,
    )
  },
  { fills: ['13(2)(f)'], laws: [art('22')] },
)

export const THIRD_NONE: Clause = clause(
  'notice.third.none',
  (f) => {
    switch (f.get('use.thirdParties')) {
      case false:
        return both(
          'Daten über Sie erhalten wir für die Besprechungen nur von Ihnen selbst und aus der Besprechung.',
          'For the meetings we obtain data about you only from yourself and from the meeting.',
        )
      case true:
        return both(
          'Für Einladungen erhalten wir Angaben zu Personen auch von anderen.',
          'For invitations we also obtain data about persons from others.',
        )
      case undefined:
        return both(
          'Ob wir Angaben zu Personen von anderen erhalten, ist noch nicht angegeben.',
          'Whether we obtain data about persons from others is not yet stated.',
        )
    }
  },
  { fills: ['14(2)(f)'] },
)

export const THIRD_SOURCE: Clause = clause(
  'notice.third.source',
  (f) => {
    if (!f.is('use.thirdParties', true)) return undefined
    const source = f.get('use.thirdPartySource')
    const from = source === undefined ? MISSING : localized(source)
    return both(`Herkunft: ${from.de.replace(/[.\s]+$/, '')}.`, `Source: ${from.en.replace(/[.\s]+$/, '')}.`)
  },
  { fills: ['14(2)(f)'] },
)

export const THIRD_CATEGORIES: Clause = clause(
  'notice.third.categories',
  (f) =>
    f.is('use.thirdParties', true)
      ? both(
          'Es sind Name, Kontaktdaten und Anlass der Besprechung.',
          'These are name, contact data and the occasion of the meeting.',
        )
      : undefined,
  { fills: ['14(1)(d)'] },
)

export const THIRD_DEADLINE: Clause = clause(
  'notice.third.deadline',
  (f) =>
    f.is('use.thirdParties', true)
      ? both(
          'Diese Hinweise erhalten die Betroffenen spätestens mit der Einladung, in jedem Fall innerhalb eines Monats und spätestens bei der ersten Weitergabe.',
          'Data subjects receive this notice with the invitation at the latest, in any case within one month and at the first disclosure at the latest.',
        )
      : undefined,
  { fills: ['14(3)'], laws: [art('14(3)')] },
)

export const NEW_PURPOSE: Clause = clause(
  'notice.newPurpose',
  (f) => {
    const where = f.is('feature.notice', 'on')
      ? both(
          'Ändern sich die Verhältnisse, erscheint vor dem Beitreten eine neue Fassung dieser Hinweise.',
          'If circumstances change, a new version of this notice appears before joining.',
        )
      : both(
          'Ändern sich die Verhältnisse, erhalten Sie mit der nächsten Einladung eine neue Fassung dieser Hinweise.',
          'If circumstances change, you receive a new version of this notice with the next invitation.',
        )
    return both(
      `Wollen wir Daten für einen anderen Zweck verwenden, informieren wir Sie vorher. ${where.de}`,
      `If we intend to use data for another purpose, we inform you beforehand. ${where.en}`,
    )
  },
  { fills: ['13(3)'], laws: [art('13(3)')] },
)

export const NO_CONSENT: Clause = clause(
  'notice.noConsent',
  () =>
    both(
      'Diese Hinweise sind eine Information; mit dem Beitritt willigen Sie in nichts ein.',
      'This notice is for your information; by joining you do not consent to anything.',
    ),
  { laws: [art('7')] },
)
