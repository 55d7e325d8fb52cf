// Facts about the meetings and the people in them: only a person can know them.
import { both } from '../engine/bilingual.ts'
import { GROUPS, SENSITIVE } from './options.ts'
import { purposes } from './records.ts'
import { type Specs, choice, choices, count, longText, yesNo } from './spec.ts'

export const MEETINGS: Specs<'use' | 'secrecy' | 'staff'> = {
  'use.purposes': {
    ...purposes,
    section: 'meetings',
    by: 'declared',
    label: both('Zwecke der Besprechungen', 'purposes of the meetings'),
    question: both(
      'Wofür halten Sie Videobesprechungen ab, und worauf stützen Sie sich?',
      'What do you hold video meetings for, and on which legal basis?',
    ),
    help: both(
      'Ein Eintrag je Zweck. Wer sich auf ein berechtigtes Interesse stützt, muss es nennen.',
      'One entry per purpose. Whoever relies on a legitimate interest has to state it.',
    ),
  },
  'use.groups': {
    ...choices(GROUPS),
    section: 'meetings',
    by: 'declared',
    label: both('Teilnehmende', 'participants'),
    question: both('Wer nimmt an den Besprechungen teil?', 'Who takes part in the meetings?'),
  },
  'use.minors': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('Teilnahme Minderjähriger', 'minors take part'),
    question: both('Nehmen regelmäßig Minderjährige teil?', 'Do minors regularly take part?'),
  },
  'use.sensitive': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('besondere Kategorien personenbezogener Daten', 'special categories of personal data'),
    question: both(
      'Geht es regelmäßig um Gesundheit, Glauben, Gewerkschaft, Herkunft, politische Meinung, Sexualleben oder genetische und biometrische Daten?',
      'Are health, faith, trade union membership, origin, political opinion, sex life or genetic and biometric data regularly discussed?',
    ),
  },
  'use.sensitiveBasis': {
    ...choice(SENSITIVE),
    section: 'meetings',
    by: 'declared',
    label: both('Grundlage für besonders geschützte Daten', 'ground for specially protected data'),
    question: both(
      'Worauf stützen Sie sich bei diesen besonders geschützten Daten?',
      'On which ground do you rely for these specially protected data?',
    ),
    asked: (get) => get('use.sensitive') === true,
  },
  'use.monthly': {
    ...count(both('Personen im Monat', 'persons a month')),
    section: 'meetings',
    by: 'declared',
    label: both('Teilnehmende im Monat', 'participants a month'),
    question: both(
      'Wie viele Personen nehmen in einem Monat ungefähr teil?',
      'About how many persons take part in a month?',
    ),
  },
  'use.thirdParties': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('Daten über nicht Anwesende', 'data about persons not present'),
    question: both(
      'Erhalten Sie Angaben zu Personen von anderen, etwa weil jemand sie zur Einladung nennt?',
      'Do you get data about persons from others, for instance because somebody names them for an invitation?',
    ),
  },
  'use.thirdPartySource': {
    ...longText,
    section: 'meetings',
    by: 'declared',
    label: both('Herkunft dieser Daten', 'source of these data'),
    question: both('Von wem stammen diese Angaben?', 'Who provides these data?'),
    asked: (get) => get('use.thirdParties') === true,
  },
  'use.mandatory': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('Teilnahme verpflichtend', 'participation mandatory'),
    question: both(
      'Muss jemand an Besprechungen teilnehmen, etwa aus Vertrag, Dienst- oder Schulpflicht?',
      'Does anybody have to take part, for instance by contract, duty or school law?',
    ),
  },
  'use.consequence': {
    ...longText,
    section: 'meetings',
    by: 'declared',
    label: both('Folgen der Nichtteilnahme', 'consequences of not taking part'),
    question: both(
      'Was geschieht, wenn jemand nicht per Video teilnimmt?',
      'What happens if somebody does not take part by video?',
    ),
    asked: (get) => get('use.mandatory') === true,
  },
  'use.whyVideo': {
    ...longText,
    section: 'meetings',
    by: 'declared',
    label: both('Grund für Video', 'reason for video'),
    question: both(
      'Warum genügen Telefon, Text oder ein Treffen vor Ort nicht?',
      'Why would phone, text or meeting in person not be enough?',
    ),
    help: both(
      'Ein ganzer Satz, mit großem Anfangsbuchstaben.',
      'A full sentence, starting with a capital letter.',
    ),
  },
  'use.expected': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('Verarbeitung vernünftigerweise erwartet', 'processing reasonably expected'),
    question: both(
      'Rechnen die Teilnehmenden damit, dass die Besprechung per Video stattfindet?',
      'Do participants expect the meeting to take place by video?',
    ),
  },
  'use.telecom': {
    ...choice({
      own: both('nur eigene Leute und deren Gäste', 'own people and their guests only'),
      customers: both(
        'auch Kunden für deren eigene Besprechungen',
        'also customers for meetings of their own',
      ),
      public: both('jede Person', 'everybody'),
    }),
    section: 'meetings',
    by: 'declared',
    label: both('Wer den Dienst nutzen darf', 'who may use the service'),
    question: both(
      'Wer darf auf diesem Server Besprechungen abhalten?',
      'Who may hold meetings on this server?',
    ),
  },
  'secrecy.duty': {
    ...choice({
      none: both('keine', 'none'),
      lawyer: both('anwaltliche Verschwiegenheit', "lawyers' secrecy"),
      medical: both('ärztliche oder therapeutische Schweigepflicht', 'medical or therapeutic secrecy'),
      other: both('anderes Berufs- oder Amtsgeheimnis', 'other professional or official secrecy'),
    }),
    section: 'meetings',
    by: 'declared',
    label: both('Berufs- oder Amtsgeheimnis', 'professional or official secrecy'),
    question: both(
      'Unterliegen die Gespräche einer gesetzlichen Schweigepflicht?',
      'Are the conversations subject to a statutory duty of secrecy?',
    ),
  },
  'secrecy.providersBound': {
    ...yesNo,
    section: 'meetings',
    by: 'declared',
    label: both('Dienstleister zur Geheimhaltung verpflichtet', 'providers bound to secrecy'),
    question: both(
      'Sind alle Dienstleister in Textform zur Verschwiegenheit verpflichtet und über die strafrechtlichen Folgen belehrt?',
      'Are all providers bound to secrecy in text form and warned of the criminal consequences?',
    ),
    asked: (get) => (get('secrecy.duty') ?? 'none') !== 'none' && (get('hosting.providers')?.length ?? 0) > 0,
  },
  'staff.trained': {
    ...yesNo,
    section: 'people',
    by: 'declared',
    label: both('Schulung', 'training'),
    question: both(
      'Sind die Personen, die den Server betreuen oder Besprechungen leiten, im Datenschutz unterwiesen?',
      'Are those who run the server or host meetings instructed in data protection?',
    ),
  },
  'staff.confidential': {
    ...yesNo,
    section: 'people',
    by: 'declared',
    label: both('Verpflichtung auf Vertraulichkeit', 'commitment to confidentiality'),
    question: both(
      'Sind diese Personen auf Vertraulichkeit verpflichtet und handeln sie nur auf Weisung?',
      'Are they committed to confidentiality, and do they act on instructions only?',
    ),
  },
}
