// Facts about the organisation: only a person can know them.
import { both } from '../engine/bilingual.ts'
import { LAENDER, SECTORS } from './options.ts'
import { parties } from './records.ts'
import { type Specs, choice, count, date, longText, text, yesNo } from './spec.ts'

const church = new Set(['protestantChurch', 'catholicChurch'])

export const ORGANISATION: Specs<'org'> = {
  'org.sector': {
    ...choice(SECTORS),
    section: 'organisation',
    by: 'declared',
    label: both('Art der Organisation', 'kind of organisation'),
    question: both('Wer veranstaltet die Besprechungen?', 'Who holds the meetings?'),
    help: both(
      'Davon hängt ab, welches Gesetz gilt und welche Aufsicht zuständig ist.',
      'This decides which law applies and which authority is competent.',
    ),
  },
  'org.name': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Name', 'name'),
    question: both('Wie heißt die Organisation vollständig?', 'What is the full name of the organisation?'),
    help: both(
      'So, wie der Name im Register oder Briefkopf steht.',
      'As in the register or on the letterhead.',
    ),
  },
  'org.address': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Anschrift', 'postal address'),
    question: both('Wie lautet die Anschrift?', 'What is the postal address?'),
  },
  'org.contact': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Kontakt', 'contact'),
    question: both(
      'Unter welcher E-Mail-Adresse oder Rufnummer sind Sie erreichbar?',
      'By which e-mail address or phone number can you be reached?',
    ),
    help: both(
      'Am besten eine Adresse, die nicht an einer Person hängt.',
      'Preferably an address that does not depend on one person.',
    ),
  },
  'org.land': {
    ...choice(LAENDER),
    section: 'organisation',
    by: 'declared',
    label: both('Land', 'Land'),
    question: both(
      'In welchem Bundesland hat die Organisation ihren Sitz?',
      'In which German Land is the organisation seated?',
    ),
  },
  'org.seatInEu': {
    ...yesNo,
    section: 'organisation',
    by: 'declared',
    label: both('Niederlassung in der EU', 'establishment in the EU'),
    question: both(
      'Hat die Organisation eine Niederlassung in der Europäischen Union?',
      'Does the organisation have an establishment in the European Union?',
    ),
  },
  'org.euRepresentative': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Vertreter in der EU', 'representative in the EU'),
    question: both(
      'Wer ist Ihr Vertreter in der Europäischen Union, und wie ist er erreichbar?',
      'Who is your representative in the European Union, and how can they be reached?',
    ),
    asked: (get) => get('org.seatInEu') === false,
  },
  'org.jointControllers': {
    ...parties,
    section: 'organisation',
    by: 'declared',
    label: both('gemeinsam Verantwortliche', 'joint controllers'),
    question: both(
      'Entscheidet eine andere Stelle mit Ihnen zusammen über Zweck und Mittel der Besprechungen?',
      'Does another body decide with you on purposes and means of the meetings?',
    ),
    help: both(
      'Gäste und Dienstleister zählen nicht. Meist lautet die Antwort: keine.',
      'Guests and providers do not count. The usual answer is: none.',
    ),
  },
  'org.jointEssence': {
    ...longText,
    section: 'organisation',
    by: 'declared',
    label: both('Wesentliches der Vereinbarung', 'essence of the arrangement'),
    question: both(
      'Was haben die gemeinsam Verantwortlichen vereinbart: Wer informiert, wer beantwortet Anfragen?',
      'What did the joint controllers agree: who informs, who answers requests?',
    ),
    asked: (get) => (get('org.jointControllers')?.length ?? 0) > 0,
  },
  'org.processingStaff': {
    ...count(both('Personen', 'persons')),
    section: 'organisation',
    by: 'declared',
    label: both('ständig mit Datenverarbeitung beschäftigte Personen', 'persons constantly processing data'),
    question: both(
      'Wie viele Personen arbeiten bei Ihnen ständig mit personenbezogenen Daten am Rechner?',
      'How many persons constantly work with personal data on a computer?',
    ),
    help: both(
      'Gefragt ist nicht die Zahl der Beschäftigten, sondern wer regelmäßig E-Mails, Mitglieder-, Personal- oder Kundendaten bearbeitet; Ehrenamtliche zählen mit.',
      'Not the number of staff, but who regularly works on e-mails or data of members, staff or customers; volunteers count.',
    ),
  },
  'org.dpoAppointed': {
    ...yesNo,
    section: 'organisation',
    by: 'declared',
    label: both('Datenschutzbeauftragte Person benannt', 'data protection officer designated'),
    question: both(
      'Haben Sie eine Datenschutzbeauftragte oder einen Datenschutzbeauftragten benannt?',
      'Have you designated a data protection officer?',
    ),
  },
  'org.dpoContact': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Kontakt der oder des Datenschutzbeauftragten', 'contact of the data protection officer'),
    question: both(
      'Wie ist die oder der Datenschutzbeauftragte erreichbar?',
      'How can the data protection officer be reached?',
    ),
    help: both(
      'Eine Funktionsadresse genügt; der Name muss nicht genannt werden.',
      'A functional address will do; no name is needed.',
    ),
    asked: (get) => get('org.dpoAppointed') === true,
  },
  'org.representation': {
    ...choice({
      none: both('keine', 'none'),
      worksCouncil: both('Betriebsrat', 'works council'),
      staffCouncil: both('Personalrat', 'staff council'),
      churchStaff: both('Mitarbeitervertretung', 'church staff representation'),
    }),
    section: 'organisation',
    by: 'declared',
    label: both('Vertretung der Beschäftigten', 'staff representation'),
    question: both('Gibt es eine Vertretung der Beschäftigten?', 'Is there a body representing the staff?'),
    asked: (get) => get('use.groups')?.includes('employees') !== false,
  },
  'org.agreementDate': {
    ...date,
    section: 'organisation',
    by: 'declared',
    label: both(
      'Datum der Vereinbarung mit der Vertretung der Beschäftigten',
      'date of the agreement with the staff representation',
    ),
    question: both(
      'Wann wurde die Vereinbarung über die Videobesprechungen mit der Vertretung geschlossen?',
      'When was the agreement on video meetings concluded with the representation?',
    ),
    asked: (get) => (get('org.representation') ?? 'none') !== 'none',
  },
  'org.approver': {
    ...longText,
    section: 'organisation',
    by: 'declared',
    label: both('Freigabe durch', 'approved by'),
    question: both('Wer gibt die Unterlagen frei?', 'Who approves the documents?'),
    help: both(
      'Bitte die Funktion nennen, etwa „die Vorsitzende“.',
      'Please name the role, for instance "the chair".',
    ),
  },
  'org.incidentContact': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Anlaufstelle bei Vorfällen', 'contact for incidents'),
    question: both(
      'An wen wendet sich, wer einen Vorfall bemerkt?',
      'Whom does somebody contact who notices an incident?',
    ),
  },
  'org.reviewMonths': {
    ...count(both('Monate', 'months')),
    section: 'organisation',
    by: 'declared',
    label: both('Abstand der Überprüfungen', 'interval of reviews'),
    question: both(
      'Nach wie vielen Monaten werden die Unterlagen spätestens überprüft?',
      'After how many months are the documents reviewed at the latest?',
    ),
  },
}

/** Whether the organisation lives under church law. */
export function isChurch(sector: string | undefined): boolean {
  return sector !== undefined && church.has(sector)
}
