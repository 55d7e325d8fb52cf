// German sentences of approvals: comments, editions, differences, reminders, bundle, reading links, and the look ahead.

const n = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`

export const approvalDe = {
  tab: 'Freigaben',
  lead: 'Freigegeben wird eine Unterlage, wie sie heute ist, in beiden Sprachen. Ändert sich danach ein Satz, sagt sie es hier.',
  states: {
    none: 'noch nicht freigegeben',
    current: 'freigegeben',
    stale: 'veraltet',
    gone: 'nicht mehr nötig',
  },
  approvedOn: (day: string, by: string): string => `freigegeben am ${day} von ${by}`,
  approvedShort: (day: string): string => `freigegeben am ${day}`,
  changedSince: (count: number): string => `${n(count, 'Satz ist', 'Sätze sind')} anders als freigegeben`,
  openComments: (count: number): string => n(count, 'offene Anmerkung', 'offene Anmerkungen'),
  seeChange: 'Änderung ansehen',
  openOf: (title: string): string => `${title}: Freigabe und Anmerkungen`,
  toApproval: 'Freigabe',
  documents: 'Unterlagen',

  chainTitle: 'Kette der Freigaben',
  chainEmpty: 'Noch nichts ist freigegeben. Mit der ersten Freigabe beginnt die Kette.',
  chainWhole: (length: number): string =>
    `Eben nachgerechnet: ${n(length, 'Freigabe steht', 'Freigaben stehen')} unverändert an ihrem Platz.`,
  chainHow:
    'Jede Freigabe trägt die Prüfsumme der vorigen. Wer eine ändert oder herausnimmt, verändert alle folgenden. Notieren Sie die jüngste Prüfsumme außerhalb des Servers; dann fällt auch auf, wenn das Ende fehlt.',
  chainLast: 'Jüngste Prüfsumme',
  chainBroken: (number: number): string => `Die Kette ist ab Freigabe ${number} gebrochen.`,
  chainBrokenHow:
    'Jemand hat die Datenbank an den Freigaben vorbei verändert. Verlassen Sie sich ab dort auf keine Fassung; vergleichen Sie mit einer Sicherung oder einem früheren Paket.',

  reminders: 'Erinnerungen',
  remindersNone: 'In den nächsten 30 Tagen steht keine Prüfung an.',
  reminderReview: 'Unterlage wieder prüfen',
  reminderCheck: 'Dienstleister wieder prüfen',
  dueSince: (day: string): string => `fällig seit ${day}`,
  dueOn: (day: string): string => `fällig am ${day}`,

  bundle: 'Alles in einem Paket',
  bundleLead:
    'Ein ZIP-Archiv mit allem, was Sie zum Nachweis brauchen, auch für die Zeit nach diesem Server.',
  bundleParts: [
    'jede Unterlage auf Deutsch und Englisch, als PDF, Word, HTML, Markdown und JSON',
    'alle freigegebenen Fassungen, wie sie freigegeben wurden, mit der Kette ihrer Prüfsummen',
    'die Angaben und Messungen, auf denen die Sätze beruhen, Anmerkungen, Prüfläufe und Löschnachweise',
    'eine Liste der Prüfsummen (SHA256SUMS), mit der sich das Paket ohne Runde prüfen lässt',
  ] as readonly string[],
  bundlePersonal: 'Darin stehen die Namen derer, die freigegeben und angemerkt haben.',
  bundleAct: 'Paket herunterladen',
  bundleBusy: 'Wird gepackt …',
  bundleDone: 'Das Paket ist heruntergeladen.',
  bundleFailed: 'Das Paket ließ sich nicht herunterladen.',

  links: 'Leselinks für Behörden',
  linksLead:
    'Mit einem Leselink liest eine Aufsichtsbehörde alle Unterlagen, wie sie beim Anlegen waren, ohne Konto und sonst nichts.',
  linksNone: 'Zurzeit gilt kein Leselink.',
  linkNote: 'Für wen',
  linkNoteHint: 'Nur für Sie, zum Wiedererkennen: Behörde und Aktenzeichen.',
  linkDays: 'Gültig',
  days: (count: number): string => n(count, 'Tag', 'Tage'),
  linkMake: 'Leselink anlegen',
  linkMade: 'Der Leselink ist angelegt.',
  linkCopy: 'Leselink kopieren',
  linkOnce: 'Der Link wird nur jetzt gezeigt; gespeichert ist nur seine Prüfsumme.',
  linkMadeOn: (day: string): string => `Stand vom ${day}`,
  linkUntil: (day: string): string => `gilt bis ${day}`,
  linkWithdraw: 'Zurückziehen',
  linkWithdrawOf: (note: string): string => `Leselink für ${note} zurückziehen`,
  linkWithdrawn: 'Der Leselink ist zurückgezogen.',

  back: 'Freigaben',
  read: 'Unterlage lesen',
  noneNote: 'Diese Unterlage ist noch nie freigegeben worden.',
  currentNote: 'Kein Satz hat sich seit der Freigabe geändert.',
  goneNote: 'Diese Unterlage ist nach Ihren Angaben nicht mehr nötig; ihre freigegebenen Fassungen bleiben.',
  staleNote: (count: number): string =>
    `${n(count, 'Satz stimmt', 'Sätze stimmen')} nicht mehr mit dem überein, was freigegeben wurde.`,
  titleChanged: 'Nur der Titel hat sich geändert.',
  differences: 'Was sich geändert hat',
  before: 'Freigegeben',
  after: 'Jetzt',
  beforeAnswer: 'Jetzt',
  afterAnswer: 'Danach',
  added: 'neu',
  removed: 'entfällt',
  because: 'Grund',
  causeYes: 'ja',
  causeNo: 'nein',
  causeNothing: 'nicht angegeben',

  approve: 'Freigeben',
  approveLead: (edition: string): string =>
    `Sie geben beide Sprachfassungen frei, wie sie jetzt sind (Fassung ${edition}). Ihr Name und Ihre Rolle stehen dabei.`,
  approveBlocked: (count: number): string =>
    `${n(count, 'Punkt steht', 'Punkte stehen')} der Freigabe entgegen. Die Unterlage nennt sie oben.`,
  approveOpen: (count: number): string =>
    `${n(count, 'Anmerkung ist', 'Anmerkungen sind')} noch nicht erledigt.`,
  approveNotYours: 'Freigeben dürfen Veranstaltung und Datenschutz.',
  reviewOn: 'Wieder prüfen am',
  reviewHint: 'Dann erscheint die Unterlage bei den Erinnerungen. Ohne Tag: keine Erinnerung.',
  approveFirst: 'Freigeben',
  approveNew: 'Neue Fassung freigeben',
  approveAgain: 'Nach Prüfung erneut freigeben',
  approving: 'Wird freigegeben …',
  approvedDone: 'Die Unterlage ist freigegeben.',
  readAgain: 'Neuen Stand laden',

  comments: 'Anmerkungen',
  commentsNone: 'Noch keine Anmerkung.',
  commentNew: 'Neue Anmerkung',
  commentHint: 'Alle mit den Rollen Veranstaltung und Datenschutz lesen mit. Bis zu 2000 Zeichen.',
  commentSend: 'Anmerken',
  commentSent: 'Die Anmerkung steht da.',
  answer: 'Antworten',
  answerTo: (by: string): string => `Antwort an ${by}`,
  answerToOf: (by: string): string => `${by} antworten`,
  answerSend: 'Antwort senden',
  settle: 'Erledigt',
  settleOf: (by: string): string => `Erledigt: Anmerkung von ${by}`,
  settled: (day: string, by: string): string => `erledigt am ${day} von ${by}`,
  settledDone: 'Die Anmerkung ist erledigt.',
  reopen: 'Wieder öffnen',
  reopenOf: (by: string): string => `Wieder öffnen: Anmerkung von ${by}`,
  reopened: 'Die Anmerkung ist wieder offen.',
  commentRemove: 'Löschen',
  commentRemoveOf: (day: string): string => `Eigene Anmerkung vom ${day} löschen`,
  commentRemoved: 'Die Anmerkung ist gelöscht.',
  settledMore: (count: number): string => n(count, 'erledigte Anmerkung', 'erledigte Anmerkungen'),

  editions: 'Freigegebene Fassungen',
  editionsNone: 'Noch keine.',
  number: (value: number): string => `Freigabe ${value}`,
  by: (name: string, roles: string): string => `von ${name} (${roles})`,
  reviewBy: (day: string): string => `wieder zu prüfen am ${day}`,
  hash: 'Prüfsumme',
  see: 'Ansehen',
  seeOf: (value: number): string => `Freigabe ${value} ansehen`,
  frozenNote: (day: string, by: string): string =>
    `Eingefrorene Fassung: so wurde sie am ${day} von ${by} freigegeben. Was heute gilt, steht in der Unterlage selbst.`,
  frozenMissing: 'Diese Fassung gibt es nicht.',

  staleHere: (count: number): string => `${n(count, 'Satz ist', 'Sätze sind')} veraltet.`,
  staleHereHow: 'Gelb hinterlegt ist, was seit der Freigabe anders ist.',
  legendOld: 'geändert',
  legendOldHow: 'anders als freigegeben',

  lookAhead: 'Bevor Sie speichern',
  lookAheadChanges: (count: number): string =>
    `Diese Antwort ändert ${n(count, 'freigegebene Unterlage', 'freigegebene Unterlagen')}.`,
  lookAheadHow: 'Ihre Freigaben gelten dann als veraltet, bis jemand die neuen Fassungen freigibt.',
  lookAheadSentences: (count: number): string => n(count, 'Satz', 'Sätze'),
  lookAheadGone: 'entfällt ganz',
  lookAheadOthers: (count: number): string =>
    `Auch betroffen, aber noch nicht freigegeben: ${n(count, 'Unterlage', 'Unterlagen')}.`,
  lookAheadSave: 'Antwort speichern',
  lookAheadKeep: 'Bisherige Antwort behalten',
  lookAheadKept: 'Es bleibt bei der bisherigen Antwort.',
  lookAheadNone: 'Keine Unterlage ändert sich.',
  lookAheadPolicy: (count: number): string =>
    `Betroffen sind Sätze in ${n(count, 'Unterlage', 'Unterlagen')}.`,
  moreSentences: (count: number): string => n(count, 'weiterer Satz', 'weitere Sätze'),

  nextStale: (count: number): string =>
    `${n(count, 'freigegebene Unterlage ist', 'freigegebene Unterlagen sind')} veraltet. Lesen Sie, was sich geändert hat, und geben Sie die neue Fassung frei.`,
  nextStaleAct: 'Änderungen ansehen',
  nextReview: (count: number): string => `${n(count, 'Prüfung ist', 'Prüfungen sind')} fällig.`,
  nextReviewAct: 'Fällige ansehen',
  nextApprove: (count: number): string =>
    `Alles ist beisammen. ${n(count, 'Unterlage wartet', 'Unterlagen warten')} auf die Freigabe.`,
  nextApproveAct: 'Freigeben',
}

/** Shape of this catalogue. */
export type ApprovalText = typeof approvalDe
