// The mandatory fields of the law, and when one of them does not apply to an organisation.
import type { Bilingual } from '@runde/contract'
import { both } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import { hasProcessors } from '../documents/shared.ts'
import { usesConsent } from '../documents/notice-rights.ts'

export interface Field {
  /** As clauses name it in `fills`: `13(1)(a)`. */
  id: string
  requirement: Bilingual
  /** Why the field does not apply; undefined when it does. */
  skip?: (f: Reader) => Bilingual | undefined
}

const noProcessor = (f: Reader): Bilingual | undefined =>
  !hasProcessors(f) && !f.is('org.sector', 'provider')
    ? both(
        'kein Auftragsverarbeiter, siehe Entscheidung zur Auftragsverarbeitung',
        'no processor, see the decision on processing by others',
      )
    : undefined

const notProvider = (f: Reader): Bilingual | undefined =>
  f.is('org.sector', 'provider')
    ? undefined
    : both('verarbeitet nicht im Auftrag anderer', 'does not process on behalf of others')

const noConsent = (f: Reader): Bilingual | undefined =>
  usesConsent(f)
    ? undefined
    : both('keine Verarbeitung beruht auf Einwilligung', 'no processing is based on consent')

const noThirdParties = (f: Reader): Bilingual | undefined =>
  f.is('use.thirdParties', false) ? both('keine Daten von anderen', 'no data from others') : undefined

function field(id: string, de: string, en: string, skip?: Field['skip']): Field {
  return skip === undefined ? { id, requirement: both(de, en) } : { id, requirement: both(de, en), skip }
}

export const FIELDS: readonly Field[] = [
  field(
    '13(1)(a)',
    'Name und Kontaktdaten des Verantwortlichen und seines Vertreters',
    'Identity and contact details of the controller and its representative',
  ),
  field(
    '13(1)(b)',
    'Kontaktdaten der oder des Datenschutzbeauftragten',
    'Contact details of the data protection officer',
  ),
  field('13(1)(c)', 'Zwecke und Rechtsgrundlage', 'Purposes and legal basis'),
  field('13(1)(d)', 'Berechtigte Interessen', 'Legitimate interests'),
  field('13(1)(e)', 'Empfänger', 'Recipients'),
  field(
    '13(1)(f)',
    'Übermittlung in Drittländer und Garantien',
    'Transfers to third countries and safeguards',
  ),
  field('13(2)(a)', 'Speicherdauer', 'Storage period'),
  field('13(2)(b)', 'Rechte der betroffenen Person', 'Rights of the data subject'),
  field('13(2)(c)', 'Widerruf der Einwilligung', 'Withdrawal of consent', noConsent),
  field('13(2)(d)', 'Beschwerde bei einer Aufsichtsbehörde', 'Complaint to a supervisory authority'),
  field('13(2)(e)', 'Pflicht zur Bereitstellung und Folgen', 'Obligation to provide data and consequences'),
  field('13(2)(f)', 'Automatisierte Entscheidungen', 'Automated decisions'),
  field('13(3)', 'Information bei neuem Zweck', 'Information on a new purpose'),
  field('14(1)(d)', 'Kategorien der Daten', 'Categories of data'),
  field('14(2)(f)', 'Quelle der Daten', 'Source of the data'),
  field('14(3)', 'Zeitpunkt der Information', 'Time of the information', noThirdParties),
  field(
    '21(4)',
    'Hinweis auf das Widerspruchsrecht, getrennt von anderen Informationen',
    'Notice of the right to object, separate from other information',
  ),
  field(
    '30(1)(a)',
    'Verantwortlicher, gemeinsam Verantwortliche, Vertreter, Datenschutzbeauftragte',
    'Controller, joint controllers, representative, data protection officer',
  ),
  field('30(1)(b)', 'Zwecke', 'Purposes'),
  field('30(1)(c)', 'Kategorien betroffener Personen und Daten', 'Categories of data subjects and data'),
  field('30(1)(d)', 'Kategorien von Empfängern', 'Categories of recipients'),
  field('30(1)(e)', 'Übermittlungen in Drittländer', 'Transfers to third countries'),
  field('30(1)(f)', 'Fristen für die Löschung', 'Time limits for erasure'),
  field('30(1)(g)', 'Allgemeine Beschreibung der Maßnahmen', 'General description of the measures'),
  field(
    '30(2)(a)',
    'Auftragsverarbeiter, jeder Verantwortliche, Vertreter, Datenschutzbeauftragte',
    'Processor, each controller, representatives, data protection officer',
    notProvider,
  ),
  field(
    '30(2)(b)',
    'Kategorien der Verarbeitungen je Verantwortlichem',
    'Categories of processing for each controller',
    notProvider,
  ),
  field('30(2)(c)', 'Übermittlungen in Drittländer', 'Transfers to third countries', notProvider),
  field(
    '30(2)(d)',
    'Allgemeine Beschreibung der Maßnahmen',
    'General description of the measures',
    notProvider,
  ),
  field(
    '28(3)',
    'Gegenstand, Dauer, Art, Zweck, Daten, Betroffene, Pflichten und Rechte',
    'Subject, duration, nature, purpose, data, data subjects, obligations and rights',
    noProcessor,
  ),
  ...'abcdefgh'
    .split('')
    .map((letter) =>
      field(`28(3)(${letter})`, `Pflichtklausel ${letter}`, `Mandatory clause (${letter})`, noProcessor),
    ),
  field('32(1)(a)', 'Pseudonymisierung und Verschlüsselung', 'Pseudonymisation and encryption'),
  field(
    '32(1)(b)',
    'Vertraulichkeit, Integrität, Verfügbarkeit und Belastbarkeit',
    'Confidentiality, integrity, availability and resilience',
  ),
  field('32(1)(c)', 'Wiederherstellung', 'Restoration'),
  field('32(1)(d)', 'Regelmäßige Überprüfung', 'Regular testing'),
  field('32(4)', 'Verarbeitung nur auf Weisung', 'Processing on instructions only'),
  field(
    '33(3)(a)',
    'Art der Verletzung, Kategorien und Zahlen',
    'Nature of the breach, categories and numbers',
  ),
  field('33(3)(b)', 'Anlaufstelle', 'Contact point'),
  field('33(3)(c)', 'Wahrscheinliche Folgen', 'Likely consequences'),
  field('33(3)(d)', 'Maßnahmen', 'Measures'),
  field('35(7)(a)', 'Beschreibung der Verarbeitung und Zwecke', 'Description of the processing and purposes'),
  field('35(7)(b)', 'Notwendigkeit und Verhältnismäßigkeit', 'Necessity and proportionality'),
  field('35(7)(c)', 'Risiken', 'Risks'),
  field('35(7)(d)', 'Abhilfemaßnahmen', 'Measures to address the risks'),
]
