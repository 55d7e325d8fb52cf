import { describe, expect, it } from 'vitest'
import { PLACEHOLDER } from '../../../core/placeholder.ts'
import type { Node } from '../../../core/value.ts'
import { flag, list, map, text, unknown } from '../values.ts'
import { type Definitions, parseBlocks } from './blocks.ts'
import { renderGo } from './render.ts'
import type { BooleanDialect } from './scope.ts'

const HERE = { kind: 'file', file: 'values.yaml', line: 2, column: 3, endLine: 2, endColumn: 9 } as const
const entries = (record: Readonly<Record<string, Node>>): Node => map(new Map(Object.entries(record)), HERE)
const ROOT = entries({
  Env: entries({
    A: text('x', HERE),
    LIST: text('a,b,,c', HERE),
    NO: text('no', HERE),
    ONE: text('1', HERE),
  }),
  Values: entries({
    jvb: entries({ on: flag(true, HERE), servers: list([text('s1', HERE), text('s2', HERE)], HERE) }),
    empty: text('', HERE),
  }),
  Open: unknown(HERE),
})

function render(source: string, booleans: BooleanDialect = 'lenient', helpers = ''): string {
  const definitions: Definitions = new Map()
  parseBlocks(helpers, definitions)
  const rendered = renderGo({ path: 't', text: source }, { root: ROOT, definitions, booleans }, 'bare')
  return rendered.text.replaceAll(PLACEHOLDER, '?')
}

describe('renderGo', () => {
  it.each([
    ['{{ .Env.A }}', 'x'],
    ['{{ .Env.MISSING }}', ''],
    ['{{ .Env.MISSING | default "d" }}', 'd'],
    ['{{ .Env.MISSING | default "true" | toBool }}', 'true'],
    ['{{ $X := .Env.A | default "d" -}}  {{ $X }}', 'x'],
    ['{{ if .Env.A }}a{{ else if .Env.B }}b{{ else }}c{{ end }}', 'a'],
    ['{{ if and .Env.A (eq .Env.A "x") }}a{{ end }}', 'a'],
    ['{{ if not (.Env.MISSING | default "0" | toBool) }}a{{ end }}', 'a'],
    [
      '{{ range $i, $e := splitList "," .Env.LIST | compact }}{{ if $i }};{{ end }}{{ $e }}{{ end }}',
      'a;b;c',
    ],
    [`{{ join "','" (splitList "," .Env.LIST | compact) }}`, "a','b','c"],
    ['{{ (split "." "muc.meet.jitsi")._0 }}', 'muc'],
    ['{{ .Values.jvb.on | ternary "y" "n" | quote }}', '"y"'],
    ['{{ with .Values.jvb }}{{ .on }}{{ end }}', 'true'],
    ['{{ range .Values.jvb.servers }}[{{ . }}]{{ end }}', '[s1][s2]'],
    ['{{ range $k, $v := .Values.jvb }}{{ $k }} {{ end }}', 'on servers '],
    ['{{ toYaml .Values.jvb.servers }}', '["s1", "s2"]'],
    ['{{ .Values.nothing.deeper }}', ''],
    ['{{ .Open.deeper }}', '?'],
    ['{{ randAlphaNum 10 }}', '?'],
    ['{{/* a comment }} */}}b', 'b'],
    ['{{- printf "%s:%v" .Env.A 3478 }}', 'x:3478'],
    ['{{ .Env.A | b64enc }}', '?'],
    ['{{ unclosed', '{{ unclosed'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it('reads booleans in two dialects', () => {
    expect(render('{{ .Env.NO | toBool }}', 'lenient')).toBe('true')
    expect(render('{{ .Env.NO | toBool }}', 'strict')).toBe('false')
    expect(render('{{ .Env.ONE | toBool }}', 'strict')).toBe('true')
  })

  it('includes helpers with their dot', () => {
    const helpers = '{{ define "name" }}{{ .jvb.on }}-n{{ end }}'
    expect(render('{{ include "name" .Values | upper }}', 'strict', helpers)).toBe('TRUE-N')
    expect(render('{{ template "name" .Values }}', 'strict', helpers)).toBe('true-n')
    expect(render('{{ include "none" . }}')).toBe('?')
  })

  it('ends on helpers that include themselves', () => {
    expect(
      render(
        '{{ include "a" . }}',
        'strict',
        '{{ define "a" }}{{ include "a" . }}{{ include "a" . }}{{ end }}',
      ).length,
    ).toBeLessThan(100_000)
  })

  it('marks what depends on an unknown condition', () => {
    const rendered = renderGo(
      { path: 't', text: '{{ if .Open }}a{{ end }}b' },
      { root: ROOT, definitions: new Map(), booleans: 'strict' },
      'bare',
    )
    expect(rendered.spans.map(({ doubtful }) => doubtful)).toEqual([true, false])
  })
})
