import { describe, expect, it, vi } from 'vitest'
import { fuzzParser } from '../../parse/testing/fuzz.ts'
import type { Node } from '../../core/value.ts'
import { renderGo } from './go/render.ts'
import { renderJinja } from './jinja/render.ts'
import type { Span } from './output.ts'
import { mapOfSpans } from './source-map.ts'

const HERE = { kind: 'file', file: 'v.yml', line: 1, column: 1, endLine: 1, endColumn: 1 } as const
const ROOT: Node = {
  kind: 'map',
  entries: new Map<string, Node>([['Env', { kind: 'map', entries: new Map(), origin: HERE }]]),
  origin: HERE,
}

const JINJA = [
  "{% for a in b %}{{ a.c | default('x', true) | join(',') }}{% else %}n{% endfor %}",
  '{% if a is defined and not (b == 1 or c in [1, "2"]) %}{{ a[0]["k"] ~ b }}{% elif d %}x{% else %}y{% endif %}',
  "{% set x = {'a': [1, 2]} %}{% set y %}{{ x.a | length }}{% endset %}{# c #}{% raw %}{{ }}{% endraw %}{{- y -}}",
]
const GO = [
  '{{ $x := .Env.A | default "a" | toBool -}}{{ if and $x (not .B) }}a{{ else if eq $x "b" }}b{{ else }}c{{ end }}',
  '{{ range $i, $e := splitList "," .Env.L | compact }}{{ if gt $i 0 }},{{ end }}"{{ $e }}"{{ else }}n{{ end }}',
  '{{ define "h" }}{{ .x.y }}{{ end }}{{ with .V }}{{ include "h" . | quote | nindent 4 }}{{ end }}{{/* c */}}',
]

const PIECES = [
  '{{',
  '}}',
  '{%',
  '%}',
  '{#',
  '#}',
  '-',
  '|',
  '(',
  ')',
  '"',
  "'",
  '`',
  '\\',
  '$x',
  '.a',
  ' := ',
  'if ',
  'else',
  'end',
  'endif',
  'for a in b',
  'endfor',
  'range ',
  'define "h"',
  'include "h" .',
  'default "x"',
  '[',
  ']',
  ',',
  'raw',
  '\n',
  'a',
]

/** Every place of the output is a place of the template. */
function places(
  source: string,
  rendered: { readonly text: string; readonly spans: readonly Span[] },
): string {
  const map = mapOfSpans({ path: 't', text: source }, rendered.text, rendered.spans)
  const { origin } = map.place({ ...HERE, file: 't', endColumn: 9 })
  const lines = source.split('\n').length
  if (origin.file === 't' && (origin.line < 1 || origin.line > lines))
    throw new Error('a place outside of the template')
  return rendered.text
}

vi.setConfig({ testTimeout: 600_000 })

describe('hostile templates', () => {
  it('of Jinja never throw, never hang, and keep their places inside the template', () => {
    const parse = (text: string): string =>
      places(
        text,
        renderJinja({ path: 't', text }, () => undefined, 'bare'),
      )
    expect(fuzzParser({ seeds: JINJA, pieces: PIECES, parse })).toEqual([])
  })
  it('of Go never throw, never hang, and keep their places inside the template', () => {
    const parse = (text: string): string =>
      places(
        text,
        renderGo({ path: 't', text }, { root: ROOT, definitions: new Map(), booleans: 'lenient' }, 'quoted'),
      )
    expect(fuzzParser({ seeds: GO, pieces: PIECES, parse })).toEqual([])
  })
})
