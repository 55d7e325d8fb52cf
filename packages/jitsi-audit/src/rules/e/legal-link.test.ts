import { expect, it } from 'vitest'
import { timed } from '../../parse/testing/fuzz.ts'
import { hasLegalLink } from './legal-link.ts'

it.each([
  ['the address names it', '<a href="/impressum">hier</a>', true],
  ['the text names it', '<p><a href="/x">Datenschutz</a></p>', true],
  [
    'other attributes come first',
    '<a class="x" target="_blank" href=\'https://example.org/privacy\'>x</a>',
    true,
  ],
  ['only a sentence', '<p>Datenschutz ist uns wichtig.</p>', false],
  ['only a comment', '<!-- <a href="/impressum">Impressum</a> -->', false],
  ['another attribute', '<a title="privacy" class="x">x</a>', false],
  ['behind the link', '<a href="/x">x</a> Impressum', false],
  ['nothing', '', false],
])('%s', (_name, html, expected) => {
  expect(hasLegalLink(html)).toBe(expected)
})

it('stays quick with pages made to hurt', () => {
  for (const piece of ['<', '>', '<a href="', 'privacy', '<!--', 'impressum<', '<a >'])
    expect(timed(() => hasLegalLink(piece.repeat(400_000)), piece)).toBeTypeOf('boolean')
})
