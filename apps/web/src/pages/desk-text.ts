// Sentences of the desk's frame in both languages: the banner of the diagnostic mode, and pages that are not for this account.
import { lang } from '../i18n/i18n.ts'

const de = {
  alarm: 'Ein Prüflauf hat eine Zusage widerlegt:',
  alarmMeans: 'Die Unterlagen sagen sie nicht mehr zu.',
  alarmLook: 'Fundstellen ansehen',
  diagnosis: 'Fehlersuche läuft: Netzadressen werden gekürzt aufgezeichnet.',
  diagnosisTime: (since: string, until: string): string => `Seit ${since}, längstens bis ${until}.`,
  diagnosisPurpose: (purpose: string): string => `Zweck: ${purpose}`,
  diagnosisWhat:
    'Aufgezeichnet werden Zeitpunkt, Art und Dauer jeder Anfrage mit gekürzter Netzadresse, und dass jemand eine Besprechung betritt oder verlässt. Namen und Inhalte nicht.',
  diagnosisAfter:
    'Danach löscht der Server alles von selbst und weist es nach. Teilnehmende lesen davon vor dem Beitreten.',
  diagnosisOff: 'Vorher beenden, auf dem Server:',
  copyCommand: 'Befehl kopieren',
  details: 'Was genau',
  shutHeading: 'Dieser Bereich gehört nicht zu Ihrem Konto.',
  shutLead: 'Eine Person, die veranstaltet, kann Ihnen unter „Personen“ die Rolle dafür geben.',
  shutHome: 'Zu Ihrem Bereich',
  factorHeading: 'Zuerst ein zweiter Faktor',
  factorLead:
    'Auf diesem Server melden sich alle mit einem zweiten Faktor an. Legen Sie einen Passkey an; danach geht es hier weiter.',
  factorAct: 'Passkey anlegen',
}

const en: typeof de = {
  alarm: 'A test has refuted a promise:',
  alarmMeans: 'The documents no longer make it.',
  alarmLook: 'See what was found',
  diagnosis: 'A diagnosis is running: truncated network addresses are recorded.',
  diagnosisTime: (since: string, until: string): string => `Since ${since}, until ${until} at most.`,
  diagnosisPurpose: (purpose: string): string => `Purpose: ${purpose}`,
  diagnosisWhat:
    'Recorded are time, kind and duration of each request with a truncated network address, and that somebody enters or leaves a meeting. Names and contents are not.',
  diagnosisAfter:
    'After that the server deletes everything by itself and proves it. Participants read about it before they join.',
  diagnosisOff: 'To end it before, on the server:',
  copyCommand: 'Copy the command',
  details: 'What exactly',
  shutHeading: 'This area does not belong to your account.',
  shutLead: 'An organiser can give you the role for it under “People”.',
  shutHome: 'To your area',
  factorHeading: 'First a second factor',
  factorLead:
    'On this server everybody signs in with a second factor. Create a passkey; after that you can go on here.',
  factorAct: 'Create a passkey',
}

/** Catalogue in use; a component that calls it renders again when the language changes. */
export function f(): typeof de {
  return lang.value === 'de' ? de : en
}
