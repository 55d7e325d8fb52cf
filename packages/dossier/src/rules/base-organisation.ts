// Findings of the base pack about the organisation: officer, legal bases, people, assessments.
import type { Bilingual } from '@runde/contract'
import { both, enumerate, localized } from '../engine/bilingual.ts'
import { art, norm } from '../engine/law.ts'
import type { Reader } from '../engine/reader.ts'
import { RULE_OF_THUMB, countCriteria } from '../documents/dpia-criteria.ts'
import { mayUseInterest } from '../documents/shared.ts'
import type { DocumentKind } from '../model/document.ts'
import { isChurch } from '../facts/organisation.ts'
import type { Rule } from './rule.ts'

/** The day from which the GDPR applies. */
export const GDPR_START = '2018-05-25'

/** Sec. 38(1) BDSG since 26 November 2019, and both church laws. */
const OFFICER_FROM = 20

const always = (text: Bilingual) => (): Bilingual => text
const NOTICES: readonly DocumentKind[] = ['notice-short', 'notice', 'record']

function needsAssessment(f: Reader): boolean {
  return countCriteria(f).met >= RULE_OF_THUMB && f.get('judge.deviation') === undefined
}

export const ORGANISATION_RULES: readonly Rule[] = [
  {
    id: 'officer-missing',
    basis: [art('37'), norm('§ 38 BDSG', 'section 38 BDSG')],
    validFrom: '2019-11-26',
    when: (f) =>
      f.is('org.dpoAppointed', false) &&
      (!mayUseInterest(f) ||
        (f.get('org.processingStaff') ?? 0) >= OFFICER_FROM ||
        (!isChurch(f.get('org.sector')) && needsAssessment(f))),
    finding: {
      kind: 'red',
      documents: ['notice', 'notice-short', 'record', 'provider-record'],
      message: always(
        both(
          'Eine Datenschutzbeauftragte oder ein Datenschutzbeauftragter muss benannt werden: öffentliche Stellen immer, andere ab 20 ständig mit Datenverarbeitung beschäftigten Personen oder wenn eine Folgenabschätzung nötig ist.',
          'A data protection officer must be designated: public bodies always, others from 20 persons constantly processing data or if an impact assessment is needed.',
        ),
      ),
      remedy: always(
        both(
          'Benennen, der Aufsicht mitteilen und den Kontakt eintragen.',
          'Designate, notify the authority and enter the contact.',
        ),
      ),
    },
  },
  {
    id: 'interest-public-body',
    basis: [art('6(1)(f)')],
    validFrom: GDPR_START,
    when: (f) =>
      !mayUseInterest(f) && (f.get('use.purposes') ?? []).some(({ basis }) => basis === 'interest'),
    finding: {
      kind: 'red',
      documents: [...NOTICES, 'interests'],
      message: always(
        both(
          'Öffentliche Stellen können ihre Aufgaben nicht auf ein berechtigtes Interesse stützen.',
          'Public bodies cannot base their tasks on a legitimate interest.',
        ),
      ),
      remedy: always(
        both(
          'Als Rechtsgrundlage die Aufgabe angeben und die Norm nennen, die sie zuweist.',
          'State the task as legal basis and name the norm that assigns it.',
        ),
      ),
    },
  },
  {
    id: 'interest-unstated',
    basis: [art('13(1)(d)')],
    validFrom: GDPR_START,
    when: (f) =>
      (f.get('use.purposes') ?? []).some(
        ({ basis, interest }) => basis === 'interest' && interest === undefined,
      ),
    finding: {
      kind: 'missing',
      documents: [...NOTICES, 'interests'],
      message: (f) => {
        const names = enumerate(
          (f.get('use.purposes') ?? [])
            .filter(({ basis, interest }) => basis === 'interest' && interest === undefined)
            .map(({ name }) => localized(name)),
        )
        return both(
          `Das berechtigte Interesse ist nicht genannt: ${names.de}. Ohne diese Angabe ist die Verarbeitung nicht rechtmäßig (EuGH C-394/23).`,
          `The legitimate interest is not stated: ${names.en}. Without it the processing is not lawful (CJEU C-394/23).`,
        )
      },
      remedy: always(
        both(
          'Beim Zweck das Interesse in einem Satz angeben.',
          'State the interest with the purpose in one sentence.',
        ),
      ),
    },
  },
  {
    id: 'norm-unstated',
    basis: [art('6(3)')],
    validFrom: GDPR_START,
    when: (f) =>
      (f.get('use.purposes') ?? []).some(
        ({ basis, norm: named }) => (basis === 'task' || basis === 'duty') && named === undefined,
      ),
    finding: {
      kind: 'missing',
      documents: NOTICES,
      message: always(
        both(
          'Zu einer öffentlichen oder kirchlichen Aufgabe oder rechtlichen Verpflichtung fehlt die Norm, aus der sie folgt.',
          'For a public or church task or legal obligation the norm it follows from is missing.',
        ),
      ),
      remedy: always(
        both(
          'Beim Zweck die Norm angeben, etwa das Schulgesetz des Landes.',
          'State the norm with the purpose, for instance the school act of the Land.',
        ),
      ),
    },
  },
  {
    id: 'codetermination',
    basis: [norm('§ 87 Abs. 1 Nr. 6 BetrVG', 'section 87(1) no. 6 BetrVG')],
    validFrom: GDPR_START,
    when: (f) =>
      f.get('use.groups')?.includes('employees') === true &&
      f.is('org.representation', 'worksCouncil') &&
      f.get('org.agreementDate') === undefined,
    finding: {
      kind: 'risk',
      documents: ['notice', 'interests'],
      message: always(
        both(
          'Der Betriebsrat bestimmt mit, auch wenn nichts gespeichert wird und Auswertungen ausgeschaltet sind; eine Vereinbarung ist nicht angegeben.',
          'The works council has a right of co-determination even if nothing is stored and evaluations are switched off; no agreement is stated.',
        ),
      ),
      remedy: always(
        both('Vereinbarung schließen und ihr Datum eintragen.', 'Conclude an agreement and enter its date.'),
      ),
    },
  },
  {
    id: 'balance-against',
    basis: [art('6(1)(f)')],
    validFrom: GDPR_START,
    when: (f) =>
      (f.get('use.purposes') ?? []).some(({ basis }) => basis === 'interest') &&
      (f.is('use.expected', false) || f.is('judge.evaluation', true)),
    finding: {
      kind: 'red',
      documents: ['interests', 'notice', 'notice-short'],
      message: always(
        both(
          'Die Abwägung fällt nicht zugunsten der Verarbeitung aus.',
          'The balancing does not come out in favour of the processing.',
        ),
      ),
      remedy: always(
        both(
          'Zweck ändern, besser informieren oder eine andere Rechtsgrundlage wählen.',
          'Change the purpose, inform better or choose another legal basis.',
        ),
      ),
    },
  },
  {
    id: 'assessment-needed',
    basis: [art('35(1)')],
    validFrom: GDPR_START,
    when: (f) => needsAssessment(f) || (f.is('use.sensitive', true) && f.is('judge.largeScale', true)),
    finding: {
      kind: 'risk',
      documents: ['dpia-threshold'],
      message: always(
        both(
          'Eine Datenschutz-Folgenabschätzung ist in der Regel vor dem Beginn der Verarbeitung durchzuführen.',
          'As a rule, a data protection impact assessment has to be carried out before processing starts.',
        ),
      ),
      remedy: always(
        both(
          'Folgenabschätzung durchführen oder begründen, warum das Risiko dennoch nicht hoch ist.',
          'Carry out the assessment, or justify why the risk is nevertheless not high.',
        ),
      ),
    },
  },
  {
    id: 'confidentiality-missing',
    basis: [art('32(4)'), art('29')],
    validFrom: GDPR_START,
    when: (f) => f.is('staff.confidential', false),
    finding: {
      kind: 'red',
      documents: ['measures', 'processor-offer'],
      message: always(
        both(
          'Die Personen, die den Server betreuen, sind nicht auf Vertraulichkeit verpflichtet.',
          'Those who run the server are not committed to confidentiality.',
        ),
      ),
      remedy: always(both('Verpflichten und das Datum festhalten.', 'Commit them and note the date.')),
    },
  },
  {
    id: 'training-missing',
    basis: [art('32(4)')],
    validFrom: GDPR_START,
    when: (f) => f.is('staff.trained', false),
    finding: {
      kind: 'risk',
      documents: ['measures'],
      message: always(
        both(
          'Die Beteiligten sind nicht im Datenschutz unterwiesen.',
          'Those involved are not instructed in data protection.',
        ),
      ),
      remedy: always(both('Unterweisen und das Datum festhalten.', 'Instruct them and note the date.')),
    },
  },
  {
    id: 'one-language',
    basis: [art('12(1)')],
    validFrom: GDPR_START,
    when: (f) =>
      (f.get('use.purposes') ?? []).some(({ name }) => typeof name === 'string') ||
      typeof f.get('use.whyVideo') === 'string',
    finding: {
      kind: 'note',
      documents: ['notice', 'notice-short'],
      message: always(
        both(
          'Einige Antworten gibt es nur in einer Sprache; sie stehen in der anderen Fassung unübersetzt.',
          'Some answers exist in one language only; they appear untranslated in the other version.',
        ),
      ),
      remedy: always(
        both(
          'Den Text in beiden Sprachen angeben, wenn beide Fassungen verwendet werden.',
          'Provide the text in both languages if both versions are used.',
        ),
      ),
    },
  },
]
