// The words of all facts that are chosen from a list, in both languages.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type {
  Basis,
  Group,
  Guard,
  Hosting,
  Land,
  ProviderRole,
  Safeguard,
  Sector,
  SensitiveBasis,
  Switch,
} from './values.ts'

type Words<V extends string> = Readonly<Record<V, Bilingual>>

export const SECTORS: Words<Sector> = {
  association: both('Verein oder Verband', 'association'),
  company: both('Unternehmen', 'company'),
  lawPractice: both('Anwaltskanzlei', 'law practice'),
  medicalPractice: both('Arzt- oder andere Heilberufspraxis', 'medical or other health practice'),
  publicSchool: both('öffentliche Schule', 'public school'),
  publicBody: both(
    'andere öffentliche Stelle eines Landes oder einer Gemeinde',
    'other public body of a Land or municipality',
  ),
  protestantChurch: both('evangelische Kirche oder Diakonie', 'Protestant church or welfare body'),
  catholicChurch: both('katholische Kirche oder Caritas', 'Catholic church or welfare body'),
  provider: both(
    'Anbieter, der Besprechungen für Kunden betreibt',
    'provider that runs meetings for customers',
  ),
  household: both('Privatperson, nur für sich und Bekannte', 'private person, for family and friends only'),
}

export const LAENDER: Words<Land> = {
  BW: both('Baden-Württemberg', 'Baden-Württemberg'),
  BY: both('Bayern', 'Bavaria'),
  BE: both('Berlin', 'Berlin'),
  BB: both('Brandenburg', 'Brandenburg'),
  HB: both('Bremen', 'Bremen'),
  HH: both('Hamburg', 'Hamburg'),
  HE: both('Hessen', 'Hesse'),
  MV: both('Mecklenburg-Vorpommern', 'Mecklenburg-Western Pomerania'),
  NI: both('Niedersachsen', 'Lower Saxony'),
  NW: both('Nordrhein-Westfalen', 'North Rhine-Westphalia'),
  RP: both('Rheinland-Pfalz', 'Rhineland-Palatinate'),
  SL: both('Saarland', 'Saarland'),
  SN: both('Sachsen', 'Saxony'),
  ST: both('Sachsen-Anhalt', 'Saxony-Anhalt'),
  SH: both('Schleswig-Holstein', 'Schleswig-Holstein'),
  TH: both('Thüringen', 'Thuringia'),
}

export const SWITCH: Words<Switch> = {
  absent: both('nicht vorhanden', 'absent'),
  off: both('ausgeschaltet', 'switched off'),
  on: both('eingeschaltet', 'switched on'),
}

export const GUARD: Words<Guard> = {
  absent: both('nicht vorhanden', 'absent'),
  off: both('ausgeschaltet', 'switched off'),
  default: both('Voreinstellung', 'default'),
  forced: both('Pflicht', 'mandatory'),
}

export const BASES: Words<Basis> = {
  contract: both('Vertrag oder Mitgliedschaft', 'contract or membership'),
  consent: both('Einwilligung', 'consent'),
  interest: both('berechtigtes Interesse', 'legitimate interest'),
  task: both('öffentliche oder kirchliche Aufgabe', 'public or church task'),
  duty: both('rechtliche Verpflichtung', 'legal obligation'),
  employment: both('Beschäftigungsverhältnis', 'employment'),
}

export const GROUPS: Words<Group> = {
  employees: both('Beschäftigte', 'employees'),
  members: both('Mitglieder', 'members'),
  board: both('Vorstands- und Gremienmitglieder', 'board and committee members'),
  clients: both('Mandantinnen und Mandanten', 'clients'),
  patients: both('Patientinnen und Patienten', 'patients'),
  pupils: both('Schülerinnen und Schüler', 'pupils'),
  guardians: both('Erziehungsberechtigte', 'parents and guardians'),
  parishioners: both('Gemeindeglieder', 'parishioners'),
  customers: both('Kundinnen und Kunden', 'customers'),
  guests: both('Gäste', 'guests'),
  citizens: both('Bürgerinnen und Bürger', 'citizens'),
}

export const SENSITIVE: Words<SensitiveBasis> = {
  consent: both('ausdrückliche Einwilligung', 'explicit consent'),
  employment: both(
    'Rechte und Pflichten aus Arbeitsrecht und sozialer Sicherheit',
    'rights and obligations under employment and social security law',
  ),
  body: both(
    'Tätigkeit einer weltanschaulichen, religiösen, politischen oder gewerkschaftlichen Organisation für ihre Mitglieder',
    'activity of a philosophical, religious, political or trade union body for its members',
  ),
  claims: both(
    'Geltendmachung, Ausübung oder Verteidigung von Rechtsansprüchen',
    'establishment, exercise or defence of legal claims',
  ),
  publicInterest: both(
    'erhebliches öffentliches Interesse auf gesetzlicher Grundlage',
    'substantial public interest on a statutory basis',
  ),
  health: both(
    'Versorgung und Behandlung im Gesundheits- oder Sozialbereich',
    'health or social care and treatment',
  ),
}

export const HOSTING: Words<Hosting> = {
  ownPremises: both('in eigenen Räumen, betreut von eigenen Leuten', 'on own premises, run by own staff'),
  housing: both('eigenes Gerät in einem fremden Rechenzentrum', "own machine in somebody else's data centre"),
  rented: both('gemieteter Server, selbst betreut', 'rented server, run by own staff'),
  maintained: both(
    'gemieteter Server, von einem Dienstleister betreut',
    'rented server, maintained by a provider',
  ),
  readyMade: both('fertiges Angebot eines Dienstleisters', 'ready-made offer of a provider'),
}

export const ROLES: Words<ProviderRole> = {
  housing: both('Stellplatz im Rechenzentrum', 'housing'),
  hosting: both('Vermietung des Servers', 'rental of the server'),
  maintenance: both('Betreuung des Servers', 'maintenance of the server'),
  readyMade: both('Betrieb des gesamten Dienstes', 'operation of the whole service'),
  support: both('Unterstützung bei Störungen', 'support'),
  backup: both('Sicherungskopien', 'backups'),
  mail: both('E-Mail', 'e-mail'),
  identity: both('Anmeldedienst', 'identity provider'),
  telephone: both('Telefoneinwahl', 'telephone dial-in'),
  other: both('anderer Dienst', 'other service'),
}

export const SAFEGUARDS: Words<Safeguard> = {
  notNeeded: both(
    'kein Zugriff von außerhalb des Europäischen Wirtschaftsraums',
    'no access from outside the European Economic Area',
  ),
  adequacy: both(
    'Angemessenheitsbeschluss der Europäischen Kommission',
    'adequacy decision of the European Commission',
  ),
  clauses: both(
    'Standarddatenschutzklauseln der Europäischen Kommission',
    'standard contractual clauses of the European Commission',
  ),
  none: both('keine Garantie', 'no safeguard'),
}
