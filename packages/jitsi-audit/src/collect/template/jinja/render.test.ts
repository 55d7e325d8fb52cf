import { describe, expect, it } from 'vitest'
import { PLACEHOLDER } from '../../../core/placeholder.ts'
import type { Node } from '../../../core/value.ts'
import { flag, list, map, text } from '../values.ts'
import { renderJinja } from './render.ts'

const HERE = {
  kind: 'file',
  file: 'defaults/main.yml',
  line: 3,
  column: 5,
  endLine: 3,
  endColumn: 9,
} as const

const VALUES: Readonly<Record<string, Node>> = {
  host: text('meet.example.org', HERE),
  on: flag(true, HERE),
  off: flag(false, HERE),
  empty: text('', HERE),
  servers: list([text('a', HERE), text('b', HERE)], HERE),
  tree: map(new Map<string, Node>([['leaf', text('x', HERE)]]), HERE),
}

function render(source: string): string {
  return renderJinja({ path: 't.j2', text: source }, (name) => VALUES[name], 'bare').text.replaceAll(
    PLACEHOLDER,
    '?',
  )
}

describe('renderJinja', () => {
  it.each([
    ['{{ host }}', 'meet.example.org'],
    ['{{ missing }}', '?'],
    ["{{ missing | default('d') }}", 'd'],
    ["{{ empty | default('d', true) }}", 'd'],
    ["{{ empty | default('d') }}", ''],
    ['{{ on | lower }}', 'true'],
    ['{{ on }}', 'True'],
    ["{{ servers | join(',') }}", 'a,b'],
    ['{{ tree.leaf }}{{ tree["leaf"] }}', 'xx'],
    ['{{ servers[0] }} {{ servers | length }}', 'a 2'],
    ["{{ 'x' if off else 'y' }}", 'y'],
    ["{{ 'stun:' ~ host }}", 'stun:meet.example.org'],
    ["{{ lookup('env', 'HOME') }}", '?'],
    ['{% if on %}A{% else %}B{% endif %}', 'A'],
    ['{% if off %}A{% elif servers %}B{% else %}C{% endif %}', 'B'],
    ['{% if missing is defined %}A{% else %}B{% endif %}', 'B'],
    ['{% if not missing is defined and on %}A{% endif %}', 'A'],
    ['{% for s in servers %}{{ s }}{% if not loop.last %},{% endif %}{% endfor %}', 'a,b'],
    ['{% for s in [] %}x{% else %}none{% endfor %}', 'none'],
    ['{% for k, v in tree.items() %}{{ k }}={{ v }}{% endfor %}', 'leaf=x'],
    ["{% set x = host | replace('meet', 'm') %}{{ x }}", 'm.example.org'],
    ['{% set y %}{{ host }}!{% endset %}{{ y }}', 'meet.example.org!'],
    ['{# {{ host }} #}a', 'a'],
    ['{% raw %}{{ host }}{% endraw %}', '{{ host }}'],
    ['a  {{- host -}}  b', 'ameet.example.orgb'],
    ["{{ 'b' in servers }} {{ 'z' not in servers }}", 'True True'],
    ["{{ salt['pillar.get']('a:b', 'd') }}", 'd'],
    ["{{ {'a': 1}['a'] }}", '1'],
    ['{{ 1 + 2 * 3 }}', '7'],
    ['{{ broken | }} after', '? after'],
    ['{{ never closed', '{{ never closed'],
  ])('%s', (source, expected) => {
    expect(render(source)).toBe(expected)
  })

  it('shows both sides of a condition that nobody can decide, and trusts neither', () => {
    const { text: out, spans } = renderJinja(
      { path: 't', text: 'k {% if missing %}a{% else %}b{% endif %} z' },
      () => undefined,
      'bare',
    )
    expect(out).toBe('k ab z')
    expect(spans.filter(({ doubtful }) => doubtful)).toHaveLength(2)
  })

  it('shows only one side when both together would not be a file', () => {
    const source = 'x {% if missing %}{ a {% else %}{ b {% endif %}}'
    const { text: out } = renderJinja({ path: 't', text: source }, () => undefined, 'bare')
    expect(out).toBe('x { a }')
  })

  it('quotes a placeholder where the language needs a value', () => {
    const rendered = renderJinja({ path: 't', text: 'a = {{ x }}\nb = "{{ x }}"' }, () => undefined, 'quoted')
    expect(rendered.text).toBe(`a = "${PLACEHOLDER}"\nb = "${PLACEHOLDER}"`)
  })

  it('ends on loops within loops', () => {
    const loop = '{% for a in range(1000) %}'.repeat(6) + 'x' + '{% endfor %}'.repeat(6)
    expect(renderJinja({ path: 't', text: loop }, () => undefined, 'bare').text.length).toBeLessThan(400_000)
  })
})
