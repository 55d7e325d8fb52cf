// The supervisory authorities of the Länder and the churches.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type { Land } from '../facts/values.ts'
import type { Authority } from './rule.ts'

interface LandAuthorities {
  private: Authority
  public: Authority
}

function authority(short: string, de: string, en: string): Authority {
  const name: Bilingual = both(de, en)
  return { short, name }
}

function one(short: string, de: string, en: string): LandAuthorities {
  const found = authority(short, de, en)
  return { private: found, public: found }
}

/** Bavaria alone has two: one for public bodies, one for all others. */
export const AUTHORITIES: Readonly<Record<Land, LandAuthorities>> = {
  BW: one(
    'LfDI BW',
    'die oder der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Baden-Württemberg',
    'the State Commissioner for Data Protection and Freedom of Information Baden-Württemberg',
  ),
  BY: {
    private: authority(
      'BayLDA',
      'das Bayerische Landesamt für Datenschutzaufsicht',
      'the Bavarian State Office for Data Protection Supervision',
    ),
    public: authority(
      'BayLfD',
      'die oder der Bayerische Landesbeauftragte für den Datenschutz',
      'the Bavarian State Commissioner for Data Protection',
    ),
  },
  BE: one(
    'BlnBDI',
    'die oder der Berliner Beauftragte für Datenschutz und Informationsfreiheit',
    'the Berlin Commissioner for Data Protection and Freedom of Information',
  ),
  BB: one(
    'LDA BB',
    'die oder der Landesbeauftragte für den Datenschutz und für das Recht auf Akteneinsicht Brandenburg',
    'the State Commissioner for Data Protection and Access to Information Brandenburg',
  ),
  HB: one(
    'LfDI HB',
    'die oder der Landesbeauftragte für Datenschutz und Informationsfreiheit der Freien Hansestadt Bremen',
    'the State Commissioner for Data Protection and Freedom of Information of Bremen',
  ),
  HH: one(
    'HmbBfDI',
    'die oder der Hamburgische Beauftragte für Datenschutz und Informationsfreiheit',
    'the Hamburg Commissioner for Data Protection and Freedom of Information',
  ),
  HE: one(
    'HBDI',
    'die oder der Hessische Beauftragte für Datenschutz und Informationsfreiheit',
    'the Hessian Commissioner for Data Protection and Freedom of Information',
  ),
  MV: one(
    'LfDI MV',
    'die oder der Landesbeauftragte für Datenschutz und Informationsfreiheit Mecklenburg-Vorpommern',
    'the State Commissioner for Data Protection and Freedom of Information Mecklenburg-Western Pomerania',
  ),
  NI: one(
    'LfD NI',
    'die oder der Landesbeauftragte für den Datenschutz Niedersachsen',
    'the State Commissioner for Data Protection of Lower Saxony',
  ),
  NW: one(
    'LDI NRW',
    'die oder der Landesbeauftragte für Datenschutz und Informationsfreiheit Nordrhein-Westfalen',
    'the State Commissioner for Data Protection and Freedom of Information North Rhine-Westphalia',
  ),
  RP: one(
    'LfDI RP',
    'die oder der Landesbeauftragte für den Datenschutz und die Informationsfreiheit Rheinland-Pfalz',
    'the State Commissioner for Data Protection and Freedom of Information Rhineland-Palatinate',
  ),
  SL: one(
    'UDZ',
    'das Unabhängige Datenschutzzentrum Saarland',
    'the Independent Data Protection Centre Saarland',
  ),
  SN: one(
    'SDTB',
    'die oder der Sächsische Datenschutz- und Transparenzbeauftragte',
    'the Saxon Data Protection and Transparency Commissioner',
  ),
  ST: one(
    'LfD ST',
    'die oder der Landesbeauftragte für den Datenschutz Sachsen-Anhalt',
    'the State Commissioner for Data Protection of Saxony-Anhalt',
  ),
  SH: one(
    'ULD',
    'die oder der Landesbeauftragte für Datenschutz Schleswig-Holstein (Unabhängiges Landeszentrum für Datenschutz)',
    'the State Commissioner for Data Protection of Schleswig-Holstein (Independent Centre for Privacy Protection)',
  ),
  TH: one(
    'TLfDI',
    'die oder der Thüringer Landesbeauftragte für den Datenschutz und die Informationsfreiheit',
    'the Thuringian State Commissioner for Data Protection and Freedom of Information',
  ),
}

export const BFD_EKD: Authority = authority(
  'BfD EKD',
  'die oder der Beauftragte für den Datenschutz der Evangelischen Kirche in Deutschland oder die für die Landeskirche benannte Aufsicht',
  'the Commissioner for Data Protection of the Evangelical Church in Germany or the authority named by the regional church',
)

export const CATHOLIC: Authority = authority(
  'kirchliche Datenschutzaufsicht',
  'die für das Bistum zuständige Datenschutzaufsicht der katholischen Kirche',
  'the data protection authority of the Catholic Church competent for the diocese',
)
