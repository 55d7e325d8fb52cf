// What a private person needs: nothing, and why (household exemption, Art. 2(2)(c) GDPR).
import { both } from '../engine/bilingual.ts'
import { clause } from '../engine/clause.ts'
import { art, norm } from '../engine/law.ts'
import type { DocumentSpec } from '../engine/page.ts'

export const HOUSEHOLD: DocumentSpec = {
  kind: 'household',
  basis: art('2(2)(c)'),
  title: both('Sie brauchen keine Unterlagen', 'You need no paperwork'),
  subtitle: () =>
    both(
      'Ausnahme für persönliche und familiäre Tätigkeiten',
      'Exemption for personal and household activities',
    ),
  body(page) {
    page.section('exemption', both('Warum', 'Why'), (inner) => {
      inner.text('exemption', [
        clause('household.exemption', (f) => {
          const law = f.law(art('2(2)(c)'))
          const kind = f.print('org.sector')
          return both(
            `Angegeben ist: ${kind.de}. Wer nur privat mit Familie und Bekannten spricht, fällt nicht unter die Datenschutz-Grundverordnung (${law.de}). Datenschutzhinweise, Verzeichnis, Verträge und Abwägungen sind nicht nötig.`,
            `Stated: ${kind.en}. Whoever talks only privately with family and friends is not covered by the General Data Protection Regulation (${law.en}). No notices, records, contracts or assessments are needed.`,
          )
        }),
      ])
    })
    page.section('end', both('Wo die Ausnahme endet', 'Where the exemption ends'), (inner) => {
      inner.list('end', [
        clause(
          'household.club',
          () =>
            both(
              'Sobald Sie für einen Verein, einen Beruf oder ein Geschäft einladen, gilt die Ausnahme nicht mehr; beantworten Sie dann die Fragen neu.',
              'As soon as you invite for an association, a profession or a business, the exemption no longer applies; then answer the questions again.',
            ),
          { laws: [art('2(2)(c)')] },
        ),
        clause(
          'household.public',
          () =>
            both(
              'Dasselbe gilt, wenn der Server Fremden offensteht oder Besprechungen öffentlich übertragen werden.',
              'The same holds if the server is open to strangers or meetings are streamed to the public.',
            ),
          { laws: [art('2(2)(c)')] },
        ),
        clause(
          'household.recording',
          (f) => {
            const law = f.law(norm('§ 201 StGB', 'section 201 German Criminal Code'))
            return both(
              `Auch privat gilt: Gespräche heimlich aufzunehmen ist strafbar (${law.de}), und Bilder anderer dürfen nicht ohne deren Einverständnis verbreitet werden.`,
              `In private, too: secretly recording conversations is a criminal offence (${law.en}), and pictures of others must not be disseminated without their agreement.`,
            )
          },
          { laws: [norm('§ 22 KUG', 'section 22 German Art Copyright Act')] },
        ),
      ])
    })
  },
}
