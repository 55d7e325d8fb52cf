// The rule packs as they are delivered: base, churches, sectors, and one for each Land.
import { both } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { GDPR, norm } from '../engine/law.ts'
import { isChurch } from '../facts/organisation.ts'
import { LAENDER } from '../facts/options.ts'
import type { Land } from '../facts/values.ts'
import { AUTHORITIES, BFD_EKD, CATHOLIC } from './authorities.ts'
import { GDPR_START, ORGANISATION_RULES } from './base-organisation.ts'
import { PROVIDER_RULES } from './base-providers.ts'
import { SERVER_RULES } from './base-server.ts'
import { DSG_EKD, KDG } from './regimes.ts'
import type { RulePack } from './rule.ts'
import { PROVIDER_SECTOR, SCHOOL_RULES, SECRECY_RULES, TELECOM_RULES } from './sectors.ts'

const REGULATION: RulePack = {
  id: 'gdpr',
  title: both('Datenschutz-Grundverordnung', 'General Data Protection Regulation'),
  validFrom: GDPR_START,
  // Churches apply their own data protection law instead.
  applies: (f) => !isChurch(f.get('org.sector')),
  regime: GDPR,
  rules: [],
}

const BASE: RulePack = {
  id: 'base',
  title: both('Bundesrecht', 'German federal law'),
  // TDDDG and DDG replaced their predecessors on this day.
  validFrom: '2024-05-14',
  applies: () => true,
  rules: [...ORGANISATION_RULES, ...PROVIDER_RULES, ...SERVER_RULES, ...SECRECY_RULES, ...TELECOM_RULES],
}

const PROTESTANT: RulePack = {
  id: 'dsg-ekd',
  title: both('EKD-Datenschutzgesetz', 'EKD Data Protection Act'),
  validFrom: '2025-05-01',
  applies: (f) => f.is('org.sector', 'protestantChurch'),
  regime: DSG_EKD,
  authority: () => BFD_EKD,
  rules: [
    {
      id: 'pastoral-secrecy',
      basis: [norm('§ 3 DSG-EKD', 'section 3 DSG-EKD')],
      validFrom: '2025-05-01',
      when: (f) => f.is('org.sector', 'protestantChurch'),
      clauses: [
        {
          slot: 'notice.data',
          clause: clause('notice.pastoral', () =>
            both(
              'Das Seelsorgegeheimnis bleibt unberührt; Seelsorge per Video findet nur statt, wenn Sie es wünschen.',
              'Pastoral secrecy remains untouched; pastoral care by video takes place only if you wish.',
            ),
          ),
        },
      ],
    },
  ],
}

const CATHOLIC_PACK: RulePack = {
  id: 'kdg',
  title: both('Gesetz über den Kirchlichen Datenschutz', 'Church Data Protection Act'),
  validFrom: '2026-03-01',
  applies: (f) => f.is('org.sector', 'catholicChurch'),
  regime: KDG,
  authority: () => CATHOLIC,
  rules: [
    {
      id: 'interest-church-body',
      basis: [norm('§ 6 KDG', 'section 6 KDG')],
      validFrom: '2026-03-01',
      when: (f) => (f.get('use.purposes') ?? []).some(({ basis }) => basis === 'interest'),
      finding: {
        kind: 'risk',
        documents: ['notice', 'interests', 'record'],
        message: () =>
          both(
            'Öffentlich-rechtlich verfassten kirchlichen Stellen steht das berechtigte Interesse für ihre Aufgaben nicht offen.',
            'Church bodies organised under public law cannot rely on legitimate interests for their tasks.',
          ),
        remedy: () =>
          both(
            'Prüfen, ob der Zweck zu den Aufgaben gehört; dann die kirchliche Aufgabe als Rechtsgrundlage angeben.',
            'Check whether the purpose belongs to the tasks; if so, state the church task as legal basis.',
          ),
      },
    },
  ],
}

function landPack(land: Land): RulePack {
  return {
    id: `land-${land.toLowerCase()}`,
    title: both(`Land ${LAENDER[land].de}`, `Land of ${LAENDER[land].en}`),
    validFrom: GDPR_START,
    applies: (f) => f.is('org.land', land) && !isChurch(f.get('org.sector')),
    authority: (f) =>
      f.is('org.land', land)
        ? AUTHORITIES[land][f.is('org.sector', 'publicSchool', 'publicBody') ? 'public' : 'private']
        : undefined,
    rules: [],
  }
}

const SCHOOL: RulePack = {
  id: 'school',
  title: both('Öffentliche Schulen', 'Public schools'),
  validFrom: GDPR_START,
  applies: (f) => f.is('org.sector', 'publicSchool'),
  rules: SCHOOL_RULES,
}

const HOSTER: RulePack = {
  id: 'provider',
  title: both('Anbieter für Kunden', 'Providers for customers'),
  validFrom: GDPR_START,
  applies: (f) => f.is('org.sector', 'provider'),
  rules: PROVIDER_SECTOR,
}

/** All packs; which of them apply, the facts and the day decide. Later packs override law and authority of earlier ones. */
export const DEFAULT_PACKS: readonly RulePack[] = [
  REGULATION,
  BASE,
  landPack('BW'),
  landPack('BY'),
  landPack('BE'),
  landPack('BB'),
  landPack('HB'),
  landPack('HH'),
  landPack('HE'),
  landPack('MV'),
  landPack('NI'),
  landPack('NW'),
  landPack('RP'),
  landPack('SL'),
  landPack('SN'),
  landPack('ST'),
  landPack('SH'),
  landPack('TH'),
  PROTESTANT,
  CATHOLIC_PACK,
  SCHOOL,
  HOSTER,
]
