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
            `Sie haben angegeben: ${kind.de}. Für rein private Gespräche mit Familie und Bekannten gilt die Datenschutz-Grundverordnung nicht (${law.de}). Datenschutzhinweise, Verzeichnis, Verträge und Abwägungen brauchen Sie nicht.`,
            `You stated: ${kind.en}. The General Data Protection Regulation does not apply to purely private conversations with family and friends (${law.en}). You need no notices, records, contracts or assessments.`,
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
              `Auch privat gilt: Gespräche heimlich aufzunehmen ist strafbar (${law.de}), und Bilder anderer dürfen nicht ohne deren Einwilligung verbreitet werden.`,
              `The following holds in private too: secretly recording conversations is a criminal offence (${law.en}), and pictures of others must not be disseminated without their consent.`,
            )
          },
          { laws: [norm('§ 22 KUG', 'section 22 German Art Copyright Act')] },
        ),
      ])
    })
  },
}
