// Rules of sectors: professional secrecy, schools, providers, telecommunications.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { LAENDER } from '../facts/options.ts'
import { GDPR_START } from './base-organisation.ts'
import type { Rule } from './rule.ts'

const always = (text: Bilingual) => (): Bilingual => text

function hasSecrecy(f: Reader): boolean {
  return f.is('secrecy.duty', 'lawyer', 'medical', 'other')
}

function hasProviders(f: Reader): boolean {
  return (f.get('hosting.providers') ?? []).length > 0
}

/** An Art. 28 contract alone does not open professional secrets to a provider. */
export const SECRECY_RULES: readonly Rule[] = [
  {
    id: 'secrecy-providers',
    basis: [norm('§ 203 Abs. 4 StGB', 'section 203(4) German Criminal Code')],
    validFrom: '2017-11-09',
    when: (f) => hasSecrecy(f) && hasProviders(f),
    clauses: [
      {
        slot: 'decision.result',
        clause: clause('decision.secrecy', (f) => {
          const form = f.is('secrecy.duty', 'lawyer')
            ? f.law(norm('§ 43e Abs. 3 BRAO', 'section 43e(3) BRAO'))
            : undefined
          const how =
            form === undefined
              ? both(
                  'Dienstleister, die Geheimnisse erfahren können, sind zusätzlich zur Geheimhaltung zu verpflichten (§ 203 Abs. 4 StGB)',
                  'Providers that may learn secrets must additionally be bound to secrecy (section 203(4) German Criminal Code)',
                )
              : both(
                  `Dienstleister, die Geheimnisse erfahren können, sind zusätzlich in Textform zur Verschwiegenheit zu verpflichten und über die strafrechtlichen Folgen zu belehren (§ 203 Abs. 4 StGB, ${form.de})`,
                  `Providers that may learn secrets must additionally be bound to secrecy in text form and warned of the criminal consequences (section 203(4) German Criminal Code, ${form.en})`,
                )
          switch (f.get('secrecy.providersBound')) {
            case true:
              return both(
                `${how.de}; das ist nach Angabe des Verantwortlichen geschehen.`,
                `${how.en}; according to the controller this has been done.`,
              )
            case false:
              return both(`${how.de}; das steht noch aus.`, `${how.en}; this is still pending.`)
            case undefined:
              return both(
                `${how.de}; ob das geschehen ist, ist noch nicht angegeben.`,
                `${how.en}; whether this has been done is not yet stated.`,
              )
          }
        }),
      },
      {
        slot: 'decision.result',
        clause: clause('decision.secrecyContract', (f) => {
          if (!f.is('secrecy.duty', 'lawyer')) return undefined
          const law = f.law(norm('§ 43e Abs. 3 BRAO', 'section 43e(3) BRAO'))
          const abroad = f.law(norm('§ 43e Abs. 4 BRAO', 'section 43e(4) BRAO'))
          const foreign = (f.get('hosting.providers') ?? []).some((provider) =>
            [provider, ...provider.subProcessors].some(({ country }) => country !== 'DE'),
          )
          const further = foreign
            ? both(
                ` Bei Leistungen aus dem Ausland ist zu prüfen, ob der Schutz der Geheimnisse dort vergleichbar ist (${abroad.de}).`,
                ` For services from abroad it has to be checked whether secrets are protected comparably there (${abroad.en}).`,
              )
            : both('', '')
          return both(
            `Derselbe Vertrag beschränkt die Kenntnis fremder Geheimnisse auf das Erforderliche und sagt, ob weitere Personen herangezogen werden dürfen; auch diese sind dann in Textform zu verpflichten (${law.de}).${further.de}`,
            `The same contract limits knowledge of other people's secrets to what is necessary and says whether further persons may be engaged; they too then have to be bound in text form (${law.en}).${further.en}`,
          )
        }),
      },
    ],
  },
  {
    id: 'secrecy-unbound',
    basis: [norm('§ 203 Abs. 4 StGB', 'section 203(4) German Criminal Code')],
    validFrom: '2017-11-09',
    when: (f) => hasSecrecy(f) && hasProviders(f) && f.is('secrecy.providersBound', false),
    finding: {
      kind: 'red',
      documents: ['processor-decision', 'processor-check'],
      message: always(
        both(
          'Dienstleister sind nicht zur Geheimhaltung verpflichtet; ein Vertrag zur Auftragsverarbeitung genügt dafür nicht.',
          'Providers are not bound to secrecy; a processing agreement is not enough for that.',
        ),
      ),
      remedy: always(
        both(
          'Verpflichtung einholen, bevor der Dienstleister eingesetzt wird.',
          'Obtain the commitment before the provider is used.',
        ),
      ),
    },
  },
  {
    id: 'secrecy-third-persons',
    // What the lawyer learns from clients is exempt by Art. 14(5)(d); section 29(2) concerns those who tell the lawyer.
    basis: [art('14(5)(d)'), norm('§ 29 Abs. 1 BDSG', 'section 29(1) BDSG')],
    validFrom: GDPR_START,
    when: (f) => f.regime.id === 'gdpr' && f.is('secrecy.duty', 'lawyer'),
    clauses: [
      {
        slot: 'notice.third',
        clause: clause('notice.third.secrecy', () =>
          both(
            'Wer als Gegner oder Dritter in Mandatsgesprächen vorkommt, wird darüber wegen der anwaltlichen Verschwiegenheit nicht gesondert informiert.',
            'Opponents or third parties who occur in client conversations are not separately informed of it because of lawyers’ secrecy.',
          ),
        ),
      },
    ],
  },
]

/** Land school law differs; what is said here holds everywhere. */
export const SCHOOL_RULES: readonly Rule[] = [
  {
    id: 'school-law',
    basis: [art('6(1)(e)'), art('6(3)')],
    validFrom: GDPR_START,
    when: (f) => f.get('org.land') !== undefined,
    clauses: [
      {
        slot: 'notice.purposes',
        clause: clause('notice.school', (f) => {
          const land = f.get('org.land')
          const name =
            land === undefined
              ? both('des Landes', 'of the Land')
              : both(`des Landes ${LAENDER[land].de}`, `of the Land ${LAENDER[land].en}`)
          return both(
            `Rechtsgrundlage des Unterrichts per Video ist das Schulrecht ${name.de}; ob und wann die Kamera eingeschaltet sein muss, richtet sich danach. Einwilligungen werden nur eingeholt, wo das Landesrecht sie verlangt, etwa für Aufzeichnungen.`,
            `The legal basis of teaching by video is the school law ${name.en}; whether and when the camera has to be on is governed by it. Consent is obtained only where Land law requires it, for instance for recordings.`,
          )
        }),
      },
    ],
  },
  {
    id: 'school-recording',
    basis: [art('6(1)(e)')],
    validFrom: GDPR_START,
    when: (f) => f.is('feature.recording', 'on'),
    finding: {
      kind: 'red',
      documents: ['notice', 'record', 'interests'],
      message: always(
        both('In der Schule ist die Aufzeichnung eingeschaltet.', 'Recording is switched on in a school.'),
      ),
      remedy: always(
        both(
          'Abschalten, oder nach Landesrecht klären und Einwilligungen der Erziehungsberechtigten einholen.',
          'Switch it off, or clarify under Land law and obtain consent of the guardians.',
        ),
      ),
    },
  },
]

export const PROVIDER_SECTOR: readonly Rule[] = [
  {
    id: 'provider-customer-meetings',
    basis: [art('28')],
    validFrom: GDPR_START,
    when: (f) => f.is('org.sector', 'provider'),
    clauses: [
      {
        slot: 'notice.controller',
        clause: clause('notice.customers', () =>
          both(
            'Lädt einer unserer Kunden zu einer Besprechung ein, ist er dafür verantwortlich, und es gelten seine Hinweise; wir verarbeiten die Daten dann in seinem Auftrag. Diese Hinweise betreffen unsere eigenen Besprechungen.',
            'If one of our customers invites to a meeting, that customer is the controller and its notice applies; we then process the data on its behalf. This notice concerns our own meetings.',
          ),
        ),
      },
    ],
  },
  {
    id: 'provider-secrecy',
    basis: [norm('§ 203 Abs. 4 StGB', 'section 203(4) German Criminal Code')],
    validFrom: '2017-11-09',
    when: (f) => f.is('org.sector', 'provider'),
    clauses: [
      {
        slot: 'offer.end',
        clause: clause('offer.secrecy', () =>
          both(
            'Auftraggeber, die ein Berufsgeheimnis wahren müssen (§ 203 StGB), brauchen zusätzlich eine Verpflichtung zur Geheimhaltung; sie ist gesondert zu vereinbaren.',
            'Customers who have to keep professional secrets (section 203 German Criminal Code) additionally need a commitment to secrecy; it has to be agreed separately.',
          ),
        ),
      },
    ],
  },
  {
    id: 'provider-clients',
    basis: [art('30(2)')],
    validFrom: GDPR_START,
    when: (f) => f.get('hosting.clients')?.length === 0,
    finding: {
      kind: 'missing',
      documents: ['provider-record'],
      message: always(
        both(
          'Im Verzeichnis des Auftragsverarbeiters steht kein Auftraggeber.',
          "The processor's record lists no customer.",
        ),
      ),
      remedy: always(both('Auftraggeber eintragen.', 'Enter the customers.')),
    },
  },
  {
    id: 'provider-telecom-contradiction',
    basis: [norm('§ 3 Nr. 24 TKG', 'section 3 no. 24 TKG')],
    validFrom: '2021-12-01',
    when: (f) => f.is('use.telecom', 'own'),
    finding: {
      kind: 'contradiction',
      documents: ['processor-decision', 'provider-record'],
      message: always(
        both(
          'Als Anbieter für Kunden angegeben, aber der Dienst steht angeblich nur Angehörigen der Organisation offen.',
          "Stated as a provider for customers, but the service is said to be open to the organisation's own people only.",
        ),
      ),
      remedy: always(
        both('Angabe berichtigen, wer Besprechungen abhalten darf.', 'Correct who may hold meetings.'),
      ),
    },
  },
]

export const TELECOM_RULES: readonly Rule[] = [
  {
    id: 'telecom-breach',
    basis: [norm('§ 168 TKG', 'section 168 TKG')],
    validFrom: '2021-12-01',
    when: (f) => f.is('use.telecom', 'public', 'customers'),
    clauses: [
      {
        slot: 'breach.steps',
        clause: clause('breach.telecom', () =>
          both(
            'Ist der Dienst ein öffentlich zugänglicher Telekommunikationsdienst, gelten daneben eigene Meldepflichten; zuständig ist insoweit die oder der Bundesbeauftragte für den Datenschutz und die Informationsfreiheit.',
            'If the service is a publicly available telecommunications service, separate notification duties apply in addition; the Federal Commissioner for Data Protection and Freedom of Information is competent to that extent.',
          ),
        ),
      },
    ],
  },
  {
    id: 'telecom-check',
    basis: [norm('§ 3 Nr. 24 TKG', 'section 3 no. 24 TKG')],
    validFrom: '2021-12-01',
    when: (f) => f.is('use.telecom', 'public', 'customers'),
    finding: {
      kind: 'risk',
      documents: ['processor-decision'],
      message: always(
        both(
          'Der Dienst kann Telekommunikationsdienst für andere sein; Pflichten nach TKG, TDDDG und BSIG sind zu prüfen.',
          'The service may be a telecommunications service for others; duties under TKG, TDDDG and BSIG have to be checked.',
        ),
      ),
      remedy: always(both('Einordnung mit Gründen festhalten.', 'Record the classification with reasons.')),
    },
  },
]
