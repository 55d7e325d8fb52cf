// A provider's own offer to its customers: what Art. 28(3) GDPR asks of the contract, from the facts of its server.
import { MISSING, both, enumerate, same } from '../engine/bilingual.ts'
import { type Clause, clause } from '../engine/clause.ts'
import { art } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'
import { controller, groups, meetingData, processors } from './shared.ts'

const LETTERS: readonly Clause[] = [
  clause(
    'offer.a',
    () =>
      both(
        'a) Wir verarbeiten die Daten nur auf dokumentierte Weisung des Auftraggebers, auch bei einer Übermittlung in Drittländer. Müssen wir nach dem Recht der Union oder eines Mitgliedstaats anders handeln, teilen wir das vorher mit, soweit es erlaubt ist.',
        '(a) We process the data only on documented instructions of the customer, including transfers to third countries. If Union or member state law requires otherwise, we say so beforehand where permitted.',
      ),
    { fills: ['28(3)(a)'], laws: [art('28(3)(a)'), art('29')] },
  ),
  clause(
    'offer.b',
    (f) => {
      return f.is('staff.confidential', true)
        ? both(
            'b) Wir setzen nur Personen ein, die zur Vertraulichkeit verpflichtet sind.',
            '(b) We engage only persons who are committed to confidentiality.',
          )
        : f.is('staff.confidential', false)
          ? both(
              'b) Die Verpflichtung der Personen mit Zugang zur Vertraulichkeit steht noch aus.',
              '(b) The commitment of persons with access to confidentiality is still pending.',
            )
          : both(
              `b) Verpflichtung zur Vertraulichkeit: ${MISSING.de}.`,
              `(b) Commitment to confidentiality: ${MISSING.en}.`,
            )
    },
    { fills: ['28(3)(b)'], laws: [art('28(3)(b)')] },
  ),
  clause(
    'offer.c',
    (f) => {
      const version = f.print('server.version')
      return both(
        `c) Es gelten die Maßnahmen des Dokuments „Technische und organisatorische Maßnahmen“ (Runde, Version ${version.de}).`,
        `(c) The measures of the document "Technical and organisational measures" apply (Runde, version ${version.en}).`,
      )
    },
    { fills: ['28(3)(c)'], laws: [art('28(3)(c)'), art('32')] },
  ),
  clause(
    'offer.d',
    (f) => {
      const found = processors(f)
      const list =
        found.length === 0
          ? both('Weitere Auftragsverarbeiter setzen wir nicht ein.', 'We engage no sub-processors.')
          : both(
              `Der Auftraggeber genehmigt diese weiteren Auftragsverarbeiter: ${enumerate(found.map(({ name, address }) => same(`${name} (${address})`))).de}.`,
              `The customer authorises these sub-processors: ${enumerate(found.map(({ name, address }) => same(`${name} (${address})`))).en}.`,
            )
      return both(
        `d) ${list.de} Über jede beabsichtigte Änderung informieren wir so rechtzeitig, dass der Auftraggeber widersprechen kann; wir erlegen ihnen dieselben Pflichten auf.`,
        `(d) ${list.en} We announce every intended change early enough for the customer to object; we impose the same obligations on them.`,
      )
    },
    { fills: ['28(3)(d)'], laws: [art('28(3)(d)'), art('28(2)'), art('28(4)')] },
  ),
  clause(
    'offer.e',
    (f) => {
      const contact = f.print('org.contact')
      return both(
        `e) Anträge betroffener Personen, die bei uns eingehen, leiten wir unverzüglich weiter und helfen bei der Antwort; erreichbar unter ${contact.de}.`,
        `(e) We forward requests of data subjects that reach us without delay and help with the answer; reachable at ${contact.en}.`,
      )
    },
    { fills: ['28(3)(e)'], laws: [art('28(3)(e)')] },
  ),
  clause(
    'offer.f',
    (f) => {
      const contact = f.print('org.incidentContact')
      return both(
        `f) Verletzungen des Schutzes personenbezogener Daten melden wir dem Auftraggeber unverzüglich; Anlaufstelle: ${contact.de}. Wir unterstützen bei Sicherheit, Meldungen, Folgenabschätzung und Konsultation der Aufsicht.`,
        `(f) We notify the customer of personal data breaches without undue delay; contact: ${contact.en}. We assist with security, notifications, impact assessment and consultation of the authority.`,
      )
    },
    { fills: ['28(3)(f)'], laws: [art('28(3)(f)'), art('33(2)')] },
  ),
  clause(
    'offer.g',
    (f) => {
      const backups = f.is('backup.made', true)
        ? both(
            ` Aus Sicherungskopien verschwinden die Daten nach deren Frist (${f.print('backup.kept').de}).`,
            ` From backups the data disappear after their period (${f.print('backup.kept').en}).`,
          )
        : both('', '')
      return both(
        `g) Am Ende löschen wir alle Daten des Auftraggebers oder geben sie zurück, wie er es wählt.${backups.de}`,
        `(g) At the end we erase all data of the customer or return them, as the customer chooses.${backups.en}`,
      )
    },
    { fills: ['28(3)(g)'], laws: [art('28(3)(g)')] },
  ),
  clause(
    'offer.h',
    () =>
      both(
        'h) Wir stellen alle Angaben bereit, die zum Nachweis nötig sind, und ermöglichen Überprüfungen, auch vor Ort, durch den Auftraggeber oder von ihm beauftragte Prüfer. Halten wir eine Weisung für rechtswidrig, sagen wir es unverzüglich.',
        '(h) We provide all information needed as evidence and allow audits, including inspections, by the customer or auditors it appoints. If we consider an instruction unlawful, we say so without delay.',
      ),
    { fills: ['28(3)(h)'], laws: [art('28(3)(h)')] },
  ),
]

export const PROCESSOR_OFFER: DocumentSpec = {
  kind: 'processor-offer',
  basis: art('28(3)'),
  title: both('Angebot zur Auftragsverarbeitung', 'Offer of a processing agreement'),
  subtitle: (f) => {
    const law = f.law(art('28(3)'))
    return both(
      `Inhalt des Vertrags mit Auftraggebern nach ${law.de}`,
      `Contents of the contract with customers under ${law.en}`,
    )
  },
  body(page) {
    page.section('head', both('Gegenstand', 'Subject'), (inner) => {
      const fills = ['28(3)']
      inner.rows('head', [
        [both('Auftragsverarbeiter', 'Processor'), [clause('offer.processor', controller)]],
        [
          both('Gegenstand, Art und Zweck', 'Subject, nature and purpose'),
          [
            clause(
              'offer.subject',
              () =>
                both(
                  'Betrieb eines Servers für Videobesprechungen des Auftraggebers: Räume, Konten, Weiterleitung von Ton und Bild',
                  'operation of a server for video meetings of the customer: rooms, accounts, forwarding of audio and video',
                ),
              { fills },
            ),
          ],
        ],
        [
          both('Dauer', 'Duration'),
          [
            clause(
              'offer.duration',
              () => both('für die Laufzeit des Hauptvertrags', 'for the term of the main contract'),
              { fills },
            ),
          ],
        ],
        [
          both('Art der Daten', 'Types of data'),
          [
            clause(
              'offer.data',
              (f) => {
                const data = meetingData(f)
                return both(
                  `${data.de}; je nach Inhalt der Besprechungen auch besondere Kategorien personenbezogener Daten, worüber der Auftraggeber entscheidet`,
                  `${data.en}; depending on the contents of the meetings also special categories of personal data, which the customer decides`,
                )
              },
              { fills },
            ),
          ],
        ],
        [both('Betroffene Personen', 'Data subjects'), [clause('offer.subjects', groups, { fills })]],
        [
          both('Pflichten und Rechte des Auftraggebers', "Customer's obligations and rights"),
          [
            clause(
              'offer.duties',
              () =>
                both(
                  'Der Auftraggeber bleibt verantwortlich, erteilt Weisungen in Textform, informiert die Teilnehmenden und darf prüfen.',
                  'The customer remains the controller, gives instructions in text form, informs participants and may audit.',
                ),
              { fills },
            ),
          ],
        ],
      ])
    })
    page.section(
      'letters',
      both('Pflichten des Auftragsverarbeiters', "Processor's obligations"),
      (inner) => {
        // They bring their letters with them, so a paragraph each instead of a list with bullets.
        for (const each of LETTERS) inner.text(each.id.replace('.', '-'), [each])
        inner.slot('offer.end')
      },
    )
  },
}
