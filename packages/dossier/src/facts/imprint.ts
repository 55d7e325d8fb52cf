// Facts for the imprint (section 5 DDG): who offers the service, and what the law wants named of them.
import { both } from '../engine/bilingual.ts'
import { type FactSpec, type Specs, longText, text, yesNo } from './spec.ts'

type Asked = NonNullable<FactSpec<unknown>['asked']>

/** The other questions arise only where the law asks for an imprint at all. */
const owed: Asked = (get) => get('imprint.business') === true && get('org.sector') !== 'household'

export const IMPRINT: Specs<'imprint'> = {
  'imprint.business': {
    ...yesNo,
    section: 'organisation',
    by: 'declared',
    label: both('geschäftsmäßiges Angebot', 'service run as a business'),
    question: both(
      'Wird der Dienst geschäftsmäßig und in der Regel gegen Entgelt angeboten?',
      'Is the service offered as a business and normally for pay?',
    ),
    help: both(
      'Dann verlangt § 5 DDG ein Impressum. Auch Seiten, die einem Geschäft oder Beruf dienen, zählen dazu; im Zweifel mit Ja antworten.',
      'Section 5 DDG then requires an imprint. Pages that serve a business or a profession count, too; answer yes if in doubt.',
    ),
    asked: (get) => get('org.sector') !== 'household',
  },
  'imprint.legalPerson': {
    ...yesNo,
    section: 'organisation',
    by: 'declared',
    label: both('juristische Person oder Gesellschaft', 'legal person or partnership'),
    question: both(
      'Ist der Anbieter eine juristische Person oder eine Gesellschaft, also kein einzelner Mensch?',
      'Is the provider a legal person or a partnership, that is, not a single human being?',
    ),
    asked: owed,
  },
  'imprint.represented': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Vertretungsberechtigte', 'authorised representatives'),
    question: both('Wer vertritt den Anbieter nach außen?', 'Who represents the provider?'),
    help: both(
      'Vor- und Nachname mit Funktion, etwa Geschäftsführung oder Vorstand; so, wie es im Register steht.',
      'First and last name with function, such as managing director or board; as in the register.',
    ),
    asked: (get) => owed(get) && get('imprint.legalPerson') === true,
  },
  'imprint.email': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('E-Mail-Adresse des Impressums', 'e-mail address of the imprint'),
    question: both(
      'Unter welcher E-Mail-Adresse ist der Anbieter erreichbar?',
      'By which e-mail address can the provider be reached?',
    ),
    asked: owed,
  },
  'imprint.registered': {
    ...yesNo,
    section: 'organisation',
    by: 'declared',
    label: both('Eintragung in einem Register', 'entry in a register'),
    question: both(
      'Steht der Anbieter im Handels-, Vereins-, Partnerschafts- oder Genossenschaftsregister?',
      'Is the provider entered in the register of companies, associations, partnerships or cooperatives?',
    ),
    asked: owed,
  },
  'imprint.register': {
    ...text,
    section: 'organisation',
    by: 'declared',
    label: both('Register und Nummer', 'register and number'),
    question: both('Welches Register, und welche Nummer?', 'Which register, and which number?'),
    help: both(
      'Zum Beispiel: Amtsgericht Musterstadt, VR 123.',
      'For instance: Amtsgericht Musterstadt, VR 123.',
    ),
    asked: (get) => owed(get) && get('imprint.registered') === true,
  },
  'imprint.vatId': {
    ...text,
    optional: true,
    section: 'organisation',
    by: 'declared',
    label: both(
      'Umsatzsteuer- oder Wirtschafts-Identifikationsnummer',
      'VAT or business identification number',
    ),
    question: both(
      'Gibt es eine Umsatzsteuer-Identifikationsnummer oder eine Wirtschafts-Identifikationsnummer?',
      'Is there a VAT identification number or a business identification number?',
    ),
    help: both(
      'Leer lassen, wenn es keine gibt. Die Steuernummer gehört nicht hierher.',
      'Leave empty if there is none. The tax number does not belong here.',
    ),
    asked: owed,
  },
  'imprint.authority': {
    ...longText,
    optional: true,
    section: 'organisation',
    by: 'declared',
    label: both('zulassende Aufsichtsbehörde', 'licensing authority'),
    question: both(
      'Braucht die Tätigkeit eine behördliche Zulassung? Welche Behörde ist zuständig?',
      'Does the activity need an official licence? Which authority is competent?',
    ),
    help: both('Leer lassen, wenn keine nötig ist.', 'Leave empty if none is needed.'),
    asked: owed,
  },
  'imprint.profession': {
    ...longText,
    section: 'organisation',
    by: 'declared',
    label: both('Angaben zum reglementierten Beruf', 'details of the regulated profession'),
    question: both(
      'Welche Kammer ist zuständig, wie heißt der Beruf und in welchem Staat wurde die Bezeichnung verliehen, welche Regeln gelten, und wo stehen sie?',
      'Which chamber is competent, what is the professional title and in which state was it granted, which rules apply, and where can they be read?',
    ),
    asked: (get) =>
      owed(get) && (get('org.sector') === 'lawPractice' || get('org.sector') === 'medicalPractice'),
  },
}
