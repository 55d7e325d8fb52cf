// The rights of data subjects (Art. 12 to 22 GDPR) as a working sheet: what is asked, where the data are, what to do.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import type { DocumentSpec, RowSpec } from '../engine/page.ts'
import type { Reader } from '../engine/reader.ts'
import { usesConsent, usesInterest, usesTask } from './notice-rights.ts'
import { keptAddresses } from './shared.ts'

interface Right {
  id: string
  article: string
  name: Bilingual
  what: (f: Reader) => Bilingual
  how: (f: Reader) => Bilingual
}

const fixed = (text: Bilingual) => (): Bilingual => text

const RIGHTS: readonly Right[] = [
  {
    id: 'access',
    article: '15',
    name: both('Auskunft', 'Access'),
    what: fixed(
      both(
        'Ob und welche Daten verarbeitet werden, Zwecke, Empfänger, Fristen, Herkunft; eine Kopie. Auf Verlangen sind die einzelnen Empfänger zu nennen.',
        'Whether and which data are processed, purposes, recipients, periods, source; a copy. On request the individual recipients must be named.',
      ),
    ),
    how: (f) =>
      keptAddresses(f) === 'none'
        ? both(
            'Konten und Räume der Person aus der Datenbank zusammenstellen. Über Gäste ist nach der Besprechung nichts gespeichert; das ist mitzuteilen.',
            "Compile the person's accounts and rooms from the database. About guests nothing is stored after the meeting; say so.",
          )
        : both(
            'Konten und Räume der Person aus der Datenbank und Einträge aus den Protokollen zusammenstellen.',
            "Compile the person's accounts and rooms from the database and entries from the logs.",
          ),
  },
  {
    id: 'rectification',
    article: '16',
    name: both('Berichtigung', 'Rectification'),
    what: fixed(both('Unrichtige Angaben werden berichtigt.', 'Inaccurate data are corrected.')),
    how: fixed(
      both(
        'Titel des Raums ändern; einen falschen Kontonamen durch ein neues Konto ersetzen, das die Räume übernimmt.',
        'Change the title of the room; replace a wrong account name by a new account that takes over the rooms.',
      ),
    ),
  },
  {
    id: 'erasure',
    article: '17',
    name: both('Löschung', 'Erasure'),
    what: fixed(
      both(
        'Daten werden gelöscht, wenn sie nicht mehr nötig sind, die Einwilligung widerrufen ist oder ein Widerspruch greift.',
        'Data are erased when no longer needed, when consent is withdrawn or an objection succeeds.',
      ),
    ),
    how: (f) =>
      f.is('backup.made', true)
        ? both(
            `Konto oder Raum löschen; in Sicherungskopien bleiben die Daten bis zu deren Frist (${f.print('backup.kept').de}).`,
            `Delete account or room; copies remain in backups until these expire (${f.print('backup.kept').en}).`,
          )
        : both('Konto oder Raum löschen.', 'Delete account or room.'),
  },
  {
    id: 'restriction',
    article: '18',
    name: both('Einschränkung', 'Restriction'),
    what: fixed(
      both(
        'Daten werden nur noch aufbewahrt, etwa während ihre Richtigkeit geklärt wird.',
        'Data are only kept, for instance while their accuracy is being clarified.',
      ),
    ),
    how: fixed(
      both(
        'Raum beenden, damit niemand mehr beitritt; das Konto auf eine Rolle ohne Besprechungen beschränken; nichts löschen.',
        'End the room so that nobody joins any more; limit the account to a role without meetings; delete nothing.',
      ),
    ),
  },
  {
    id: 'notification',
    article: '19',
    name: both('Mitteilung an Empfänger', 'Notification of recipients'),
    what: fixed(
      both(
        'Empfänger erfahren von Berichtigung, Löschung und Einschränkung.',
        'Recipients learn of rectification, erasure and restriction.',
      ),
    ),
    how: (f) =>
      (f.get('hosting.providers') ?? []).length === 0
        ? both(
            'Dienstleister sind nicht beteiligt; es ist niemand zu benachrichtigen.',
            'No providers are involved; nobody has to be notified.',
          )
        : both(
            'Dienstleister benachrichtigen, die betroffene Daten haben.',
            'Notify providers that hold the data concerned.',
          ),
  },
  {
    id: 'portability',
    article: '20',
    name: both('Übertragbarkeit', 'Portability'),
    what: fixed(
      both(
        'Nur bei Einwilligung oder Vertrag, nur für selbst bereitgestellte Daten.',
        'Only with consent or contract, only for data the person provided.',
      ),
    ),
    how: fixed(
      both(
        'Angaben des Kontos und der Räume in einem gängigen maschinenlesbaren Format ausgeben.',
        'Provide the data of account and rooms in a common machine-readable format.',
      ),
    ),
  },
  {
    id: 'objection',
    article: '21',
    name: both('Widerspruch', 'Objection'),
    what: (f) =>
      usesInterest(f)
        ? both(
            'Gegen jede Verarbeitung, die auf einem berechtigten Interesse oder auf einer übertragenen Aufgabe beruht.',
            'Against any processing based on a legitimate interest or on an assigned task.',
          )
        : usesTask(f)
          ? both(
              'Gegen die Verarbeitung für die Aufgabe, auf die sich die Besprechungen und der Betrieb des Servers stützen.',
              'Against processing for the task on which the meetings and the operation of the server rest.',
            )
          : both(
              'Gegen die Verarbeitung für den sicheren Betrieb des Servers.',
              'Against processing for the secure operation of the server.',
            ),
    how: fixed(
      both(
        'Gründe der Person gegen die eigenen abwägen und das Ergebnis festhalten; bis dahin einschränken. Wo möglich einen anderen Weg der Teilnahme anbieten, etwa ein Telefongespräch.',
        "Weigh the person's grounds against one's own and note the result; restrict until then. Where possible offer another way of taking part, for instance a telephone call.",
      ),
    ),
  },
  {
    id: 'withdrawal',
    article: '7(3)',
    name: both('Widerruf einer Einwilligung', 'Withdrawal of consent'),
    what: (f) =>
      usesConsent(f)
        ? both('Jederzeit, so einfach wie die Einwilligung.', 'At any time, as easy as giving it.')
        : both(
            'Entfällt: Keine Verarbeitung beruht auf Einwilligung.',
            'Not applicable: no processing is based on consent.',
          ),
    how: (f) =>
      f.is('feature.recording', 'on')
        ? both(
            'Aufzeichnung der Person beenden und ihren Anteil löschen; Zeitpunkt festhalten.',
            'Stop recording the person and erase their part; note the time.',
          )
        : usesConsent(f)
          ? both('Verarbeitung beenden; Zeitpunkt festhalten.', 'Stop the processing; note the time.')
          : both('Nichts zu tun.', 'Nothing to be done.'),
  },
  {
    id: 'automated',
    article: '22',
    name: both('Keine automatisierte Entscheidung', 'No automated decision'),
    what: fixed(
      both(
        'Niemand wird einer ausschließlich automatisierten Entscheidung unterworfen.',
        'Nobody is subject to a decision based solely on automated processing.',
      ),
    ),
    how: (f) =>
      both(
        `Entfällt; die Software (Runde, Version ${f.print('server.version').de}) trifft keine Entscheidungen über Personen.`,
        `Not applicable; the software (Runde, version ${f.print('server.version').en}) takes no decisions about persons.`,
      ),
  },
]

function rightRow(right: Right): RowSpec {
  const key = right.id
  return {
    id: key,
    cells: [
      clause(
        'rights.name',
        (f) => {
          const law = f.law(art(right.article))
          return law.de === ''
            ? right.name
            : both(`${right.name.de} (${law.de})`, `${right.name.en} (${law.en})`)
        },
        { key },
      ),
      clause('rights.what', right.what, { key, laws: [art(right.article)] }),
      clause('rights.how', right.how, { key, laws: [art(right.article)] }),
    ],
  }
}

const STEPS: readonly Clause[] = [
  clause(
    'rights.step.receive',
    (f) => {
      const contact = f.print('org.contact')
      return both(
        `Eingang festhalten (${contact.de}); jede Form genügt.`,
        `Note the receipt (${contact.en}); any form is enough.`,
      )
    },
    { laws: [art('12')] },
  ),
  clause(
    'rights.step.identity',
    () =>
      both(
        'Identität nur prüfen, wenn begründete Zweifel bestehen; keine Ausweiskopien auf Vorrat.',
        'Check identity only in case of reasonable doubt; no stock of copies of identity documents.',
      ),
    { laws: [art('12(6)')] },
  ),
  clause(
    'rights.step.guest',
    () =>
      both(
        'Ist die Person nicht zu erkennen, das mitteilen und um Angaben bitten, die eine Zuordnung erlauben.',
        'If the person cannot be identified, say so and ask for information that allows an attribution.',
      ),
    { laws: [art('11(2)')] },
  ),
  clause(
    'rights.step.answer',
    (f) =>
      f.regime.id === 'dsg-ekd'
        ? both(
            'Unverzüglich antworten, spätestens innerhalb von drei Monaten; eine Verlängerung gibt es nicht.',
            'Answer without undue delay, within three months at the latest; there is no extension.',
          )
        : both(
            'Unverzüglich antworten, spätestens innerhalb eines Monats; eine Verlängerung um höchstens zwei Monate ist innerhalb des ersten Monats zu begründen.',
            'Answer without undue delay, within one month at the latest; an extension of two months at most has to be justified within the first month.',
          ),
    { laws: [art('12(3)')] },
  ),
  clause(
    'rights.step.refuse',
    (f) => {
      const authority = f.authority()
      const name = authority?.name
      return name === undefined
        ? both(
            'Eine Ablehnung begründen und auf Beschwerde und Rechtsweg hinweisen.',
            'Give reasons for a refusal and point to complaint and legal remedies.',
          )
        : both(
            `Eine Ablehnung begründen und auf Beschwerde und Rechtsweg hinweisen; zuständige Aufsicht: ${name.de}.`,
            `Give reasons for a refusal and point to complaint and legal remedies; competent authority: ${name.en}.`,
          )
    },
    { laws: [art('12(4)')] },
  ),
  clause(
    'rights.step.keep',
    (f) => {
      const kept = f.print('keep.documents')
      return both(
        `Anfrage und Antwort als Nachweis aufbewahren; Frist: ${kept.de}.`,
        `Keep request and answer as evidence; period: ${kept.en}.`,
      )
    },
    { laws: [art('5(2)')] },
  ),
]

export const RIGHTS_DOCUMENT: DocumentSpec = {
  kind: 'rights',
  basis: art('12'),
  title: both('Rechte der betroffenen Personen', 'Rights of data subjects'),
  subtitle: (f) => {
    const [first, last] = [f.law(art('12')), f.law(art('22'))]
    return last.de === ''
      ? both(`Arbeitsblatt zu ${first.de} und folgenden`, `Working sheet on ${first.en} and following`)
      : both(`Arbeitsblatt zu ${first.de} bis ${last.de}`, `Working sheet on ${first.en} to ${last.en}`)
  },
  body(page) {
    page.section('steps', both('Ablauf', 'Procedure'), (inner) => inner.list('steps', STEPS, true))
    page.section('rights', both('Die einzelnen Rechte', 'The rights'), (inner) => {
      inner.table(
        'rights',
        both('Rechte und was auf diesem Server zu tun ist', 'Rights and what to do on this server'),
        [
          { id: 'right', header: both('Recht', 'Right') },
          { id: 'what', header: both('Inhalt', 'Content'), weight: 2 },
          { id: 'how', header: both('Auf diesem Server', 'On this server'), weight: 2 },
        ],
        RIGHTS.map(rightRow),
      )
    })
    page.section('limits', both('Grenzen', 'Limits'), (inner) => {
      inner.text('limits', [
        clause(
          'rights.limits',
          (f) =>
            f.is('secrecy.duty', 'lawyer', 'medical', 'other')
              ? f.regime.id === 'gdpr'
                ? limitsBySecrecy(f)
                : both(
                    'Seelsorge- und Berufsgeheimnisse gehen vor; Auskunft wird insoweit nicht erteilt.',
                    'Pastoral and professional secrets prevail; no access is given to that extent.',
                  )
              : f.is('secrecy.duty', 'none')
                ? both(
                    'Rechte anderer Personen dürfen durch eine Kopie nicht beeinträchtigt werden.',
                    'A copy must not adversely affect the rights of others.',
                  )
                : both(
                    'Ob eine Schweigepflicht besteht, ist noch nicht angegeben.',
                    'Whether there is a duty of secrecy is not yet stated.',
                  ),
          { laws: [art('15(4)')] },
        ),
      ])
    })
  },
}

function limitsBySecrecy(f: Reader): Bilingual {
  const law = f.law(norm('§ 29 Abs. 1 BDSG', 'section 29(1) BDSG'))
  return both(
    `Berufsgeheimnisse gehen vor (${law.de}): Wer als Gegner oder Dritter in Gesprächen vorkommt, wird darüber nicht informiert, und Auskunft wird insoweit nicht erteilt.`,
    `Professional secrets prevail (${law.en}): opponents or third parties who occur in conversations are not informed of it, and no access is given to that extent.`,
  )
}
