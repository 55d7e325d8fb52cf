// Facts about where the server stands, who can reach it, and how the organisation judges its processing.
import { both } from '../engine/bilingual.ts'
import { HOSTING } from './options.ts'
import { checks, clients, incidents, providers } from './records.ts'
import { type Specs, choice, date, kept, longText, yesNo } from './spec.ts'

export const HOSTING_FACTS: Specs<'hosting' | 'backup'> = {
  'hosting.model': {
    ...choice(HOSTING),
    section: 'hosting',
    by: 'declared',
    label: both('Betrieb des Servers', 'operation of the server'),
    question: both(
      'Wo steht der Server, und wer kommt an ihn heran?',
      'Where does the server stand, and who can reach it?',
    ),
    help: both(
      'Der Server kennt seine Einstellungen, aber nicht, wem das Gebäude gehört.',
      'The server knows its settings, but not who owns the building.',
    ),
  },
  'hosting.place': {
    ...longText,
    section: 'hosting',
    by: 'declared',
    label: both('Standort', 'place'),
    question: both(
      'An welchem Ort und in welchem Land steht der Server?',
      'In which place and country does the server stand?',
    ),
  },
  'hosting.providerAccess': {
    ...yesNo,
    section: 'hosting',
    by: 'declared',
    label: both('Zugriff des Rechenzentrums', 'access by the data centre'),
    question: both(
      'Hat das Rechenzentrum Zugriff auf das Gerät, sichert es Daten oder wartet es?',
      'Does the data centre have access to the machine, make backups or maintain it?',
    ),
    asked: (get) => get('hosting.model') === 'housing',
  },
  'hosting.support': {
    ...yesNo,
    section: 'hosting',
    by: 'declared',
    label: both('Unterstützung von außen mit Einblick', 'outside support with access'),
    question: both(
      'Hilft Ihnen jemand von außen und kann dabei Daten auf dem Server sehen?',
      'Does anybody from outside help you and can see data on the server while doing so?',
    ),
  },
  'hosting.physical': {
    ...longText,
    section: 'hosting',
    by: 'declared',
    label: both('Zutritt zum Server', 'physical access to the server'),
    question: both(
      'Wie ist der Zutritt zum Server geregelt?',
      'How is physical access to the server controlled?',
    ),
    help: both(
      'Ein ganzer Satz, mit großem Anfangsbuchstaben, zum Beispiel: Der Serverraum ist verschlossen; einen Schlüssel haben zwei Personen.',
      'A full sentence, starting with a capital letter, for instance: The server room is locked; two persons have a key.',
    ),
  },
  'hosting.diskEncrypted': {
    ...yesNo,
    section: 'hosting',
    by: 'declared',
    label: both('Datenträger verschlüsselt', 'disks encrypted'),
    question: both(
      'Sind die Datenträger des Servers verschlüsselt?',
      'Are the disks of the server encrypted?',
    ),
  },
  'hosting.providers': {
    ...providers,
    section: 'hosting',
    by: 'declared',
    label: both('Dienstleister', 'providers'),
    question: both('Welche Dienstleister sind beteiligt?', 'Which providers are involved?'),
    help: both(
      'Rechenzentrum, Vermieter des Servers, Betreuung, Sicherung, E-Mail, Anmeldedienst, Telefon; mit Sitz, Vertrag und weiteren Auftragsverarbeitern.',
      'Data centre, server rental, maintenance, backup, e-mail, identity provider, telephone; with seat, contract and sub-processors.',
    ),
  },
  'hosting.checks': {
    ...checks,
    optional: true,
    section: 'hosting',
    by: 'declared',
    label: both('Prüfungen der Dienstleister', 'checks of the providers'),
  },
  'hosting.clients': {
    ...clients,
    section: 'hosting',
    by: 'declared',
    label: both('Auftraggeber', 'customers'),
    question: both(
      'Für welche Auftraggeber betreiben Sie Besprechungen?',
      'For which customers do you run meetings?',
    ),
    asked: (get) => get('org.sector') === 'provider',
  },
  'backup.made': {
    ...yesNo,
    section: 'hosting',
    by: 'setting',
    label: both('Sicherungskopien', 'backups'),
    question: both('Werden Sicherungskopien des Servers angelegt?', 'Are backups of the server made?'),
  },
  'backup.place': {
    ...longText,
    section: 'hosting',
    by: 'declared',
    label: both('Ort der Sicherungskopien', 'place of the backups'),
    question: both('Wo liegen die Sicherungskopien?', 'Where are the backups kept?'),
    asked: (get) => get('backup.made') === true,
  },
  'backup.keyHolder': {
    ...choice({
      own: both('eigene Leute', 'own staff'),
      provider: both('ein Dienstleister', 'a provider'),
      nobody: both('nicht verschlüsselt', 'not encrypted'),
    }),
    section: 'hosting',
    by: 'declared',
    label: both('Schlüssel der Sicherungskopien', 'key of the backups'),
    question: both('Wer hat den Schlüssel zu den Sicherungskopien?', 'Who holds the key to the backups?'),
    asked: (get) => get('backup.made') === true,
  },
  'backup.kept': {
    ...kept,
    section: 'retention',
    by: 'setting',
    label: both('Frist der Sicherungskopien', 'period of the backups'),
    question: both('Wie lange werden Sicherungskopien aufbewahrt?', 'How long are backups kept?'),
    asked: (get) => get('backup.made') === true,
  },
}

export const JUDGEMENT: Specs<'judge' | 'incident'> = {
  'judge.evaluation': {
    ...yesNo,
    section: 'assessment',
    by: 'declared',
    label: both('Bewertung oder Überwachung von Personen', 'evaluation or monitoring of persons'),
    question: both(
      'Sollen die Besprechungen dazu dienen, Personen zu bewerten oder ihr Verhalten zu überwachen?',
      'Are the meetings meant to evaluate persons or to monitor their behaviour?',
    ),
  },
  'judge.largeScale': {
    ...yesNo,
    section: 'assessment',
    by: 'declared',
    label: both('Verarbeitung in großem Umfang', 'processing on a large scale'),
    question: both(
      'Beurteilen Sie die Verarbeitung als umfangreich?',
      'Do you judge the processing to be large-scale?',
    ),
    help: both(
      'Gemessen an Zahl der Personen, Menge der Daten, Dauer und räumlicher Ausdehnung. Ein einzelner Verein oder eine einzelne Praxis ist es in der Regel nicht.',
      'Measured by the number of persons, volume of data, duration and geographical extent. A single association or practice usually is not.',
    ),
  },
  'judge.blocksRight': {
    ...yesNo,
    section: 'assessment',
    by: 'declared',
    label: both(
      'Zugang zu einem Recht oder einer Leistung nur per Video',
      'a right or service only by video',
    ),
    question: both(
      'Ist ein Recht oder eine Leistung nur über die Videobesprechung zu erlangen?',
      'Can a right or service be obtained by video meeting only?',
    ),
  },
  'judge.deviation': {
    ...longText,
    optional: true,
    section: 'assessment',
    by: 'declared',
    label: both(
      'Grund gegen eine Folgenabschätzung trotz zweier Merkmale',
      'reason against an impact assessment despite two criteria',
    ),
    question: both(
      'Falls zwei oder mehr der neun Merkmale erfüllt sind: Ist das Risiko dennoch nicht hoch, und warum?',
      'If two or more of the nine criteria are met: is the risk nevertheless not high, and why?',
    ),
    help: both(
      'Leer lassen, wenn es keinen solchen Grund gibt; dann ist eine Folgenabschätzung nötig.',
      'Leave empty if there is no such reason; an impact assessment is then needed.',
    ),
  },
  'judge.examiner': {
    ...longText,
    section: 'assessment',
    by: 'declared',
    label: both('Abwägung durch', 'assessed by'),
    question: both(
      'Wer hat die Abwägung und die Schwellwertprüfung vorgenommen?',
      'Who made the balancing and the threshold check?',
    ),
    help: both('Bitte die Funktion nennen.', 'Please name the role.'),
  },
  'judge.date': {
    ...date,
    section: 'assessment',
    by: 'declared',
    label: both('Datum der Abwägung', 'date of the assessment'),
    question: both('Wann war das?', 'When was that?'),
  },
  'incident.register': {
    ...incidents,
    optional: true,
    section: 'assessment',
    by: 'declared',
    label: both('Verzeichnis der Verletzungen', 'register of breaches'),
  },
}
