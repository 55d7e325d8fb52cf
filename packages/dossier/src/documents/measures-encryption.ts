// Measures on pseudonymisation and encryption.
import { both } from '../engine/bilingual.ts'
import { isSafeTls } from '../facts/proof-ways.ts'
import { byProof, bySetting } from './measures-forms.ts'
import type { Measure } from './measures-table.ts'
import { encryption } from './shared.ts'

export const ENCRYPTION_MEASURES: readonly Measure[] = [
  bySetting(
    {
      id: 'tls',
      control: 'verschluesselung',
      goals: ['confidentiality', 'integrity'],
      fills: ['32(1)(a)'],
      name: both('Verschlüsselter Abruf der Seiten', 'Encrypted page access'),
    },
    'tls.enabled',
    {
      yes: both(
        'Seiten und Steuerung der Besprechung werden nur verschlüsselt (TLS) ausgeliefert.',
        'Pages and control of the meeting are delivered encrypted (TLS) only.',
      ),
      no: both(
        'Seiten und Steuerung der Besprechung werden unverschlüsselt ausgeliefert.',
        'Pages and control of the meeting are delivered unencrypted.',
      ),
    },
  ),
  byProof(
    {
      id: 'tlsProof',
      control: 'verschluesselung',
      goals: ['confidentiality', 'integrity'],
      fills: ['32(1)(a)'],
      name: both(
        'Stand der Verschlüsselung der öffentlichen Adresse',
        'State of encryption of the public address',
      ),
    },
    'probe.tls',
    {
      passed: isSafeTls,
      good: (version) =>
        both(
          `Die öffentliche Adresse antwortet mit ${version}`,
          `The public address answers with ${version}`,
        ),
      bad: (version) =>
        both(
          `Die öffentliche Adresse antwortet mit ${version}; das gilt nicht als sicher`,
          `The public address answers with ${version}; that is not considered secure`,
        ),
    },
  ),
  {
    id: 'media',
    control: 'verschluesselung',
    goals: ['confidentiality', 'integrity'],
    fills: ['32(1)(a)'],
    name: both('Verschlüsselung von Ton und Bild', 'Encryption of audio and video'),
    standing: (f) => {
      const transit = f.get('media.encrypted')
      if (transit === undefined) return 'open'
      if (!transit) return 'notInPlace'
      return f.is('feature.e2ee', 'forced') && f.get('probe.e2ee') === true ? 'inPlace' : 'partly'
    },
    write: encryption,
  },
  byProof(
    {
      id: 'plainMedia',
      control: 'verschluesselung',
      goals: ['confidentiality'],
      fills: ['32(1)(a)'],
      name: both('Ausschluss unverschlüsselter Übertragung', 'Exclusion of unencrypted transmission'),
    },
    'probe.plainMedia',
    {
      passed: (count) => count === 0,
      good: () =>
        both(
          'Unverschlüsselt gesendete Pakete nimmt der Server nicht an',
          'The server does not accept packets sent unencrypted',
        ),
      bad: (count) =>
        both(
          `Der Server hat ${count} unverschlüsselt gesendete Pakete angenommen`,
          `The server accepted ${count} packets sent unencrypted`,
        ),
    },
  ),
  bySetting(
    {
      id: 'pseudonym',
      control: 'verschluesselung',
      goals: ['dataMinimisation', 'unlinkability'],
      fills: ['32(1)(a)'],
      name: both('Teilnahme unter Pseudonym', 'Participation under a pseudonym'),
    },
    'join.nameOptional',
    {
      yes: both(
        'Teilnahme ist unter einem Pseudonym oder ohne Namen möglich; ein Konto ist dafür nicht nötig.',
        'Participation is possible under a pseudonym or without a name; no account is needed for it.',
      ),
      no: both('Für die Teilnahme wird ein Name verlangt.', 'A name is required for participation.'),
    },
  ),
]
