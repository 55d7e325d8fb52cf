import { expect, test, vi } from 'vitest'
import { fuzzParser, timed } from '../testing/fuzz.ts'
import { evaluateConfig } from './evaluate-config.ts'

vi.setConfig({ testTimeout: 900_000 })

const SEEDS = [
  `var subdomain = "<!--# echo var="subdomain" default="" -->";
if (subdomain) { subdomain = subdomain.substr(0, subdomain.length - 1).split('.').join('_').toLowerCase() + '.'; }
var config = { hosts: { domain: 'x', muc: 'conference.' + subdomain + 'x' }, p2p: { enabled: true, stunServers: [{ urls: 'stun:a:1' }] } };
<!--#include file="inc.js" -->
config.p2p = { enabled: false }; config.gravatar.disabled = true; config.after = [1, 2, 3].map(function (x) { return x * 2; });`,
  `if (!config.hasOwnProperty('p2p')) config.p2p = {};
config.p2p.stunServers = 'a:1,b:2'.split(',').map(url => ({ urls: \`stun:\${url}\` }));
for (var i = 0; i < 3; i++) { try { config['k' + i] = location.x ? i : { y: i } } catch (e) { config.e = e } finally { delete config.z } }
switch (config.a) { case 1: config.b = 2; break; default: config.c = 3 }
(function () { window.config = Object.assign({}, config, { d: [...'ab'] }); if (navigator.y) return; config.d.push(4) })();`,
]

const PIECES =
  `config config. config.p2p config.a.b var let const function if else for while do switch case default: break; continue; return throw try catch finally
typeof delete new in of this window location null undefined true false 0 1 -1 'a' "b" \`c\` \`\${ \` / /x/g => = == === != + - * % ** || && ?? ?. ? : ; , . ... ( ) [ ] { }
!! ~ ++ -- += ||= <!--#include file="inc.js" --> <!--# echo var="x" --> <!-- // /* */ \n \uE000 Object.assign( JSON.parse( .map( .split( .concat( .push( .reduce( .forEach( .filter(
(function(){ })() async await yield class x{ } import( with(config){ } label: break label; config=config config.x=config.x||{} [].concat( 'x'.replace(/a/g,`
    .split(/\s+/)
    .concat([
      '\n',
      ' ',
      '{a:1}',
      'config.a={b:{}};',
      'if(location.x){',
      'function f(){f()}',
      'f();',
      'while(true)',
      'x+=x;',
      'var x="ab";',
    ])

function parse(text: string): unknown {
  const include = (path: string): { path: string; text: string } | undefined =>
    path === 'inc.js' ? { path, text: 'config.inc = 1;\n<!--#include file="inc.js" -->' } : undefined
  const half = text.length >> 1
  const files = text.length % 7 === 0 ? [text.slice(0, half), text.slice(half)] : [text]
  return evaluateConfig(
    files.map((part, index) => ({ path: `${index}.js`, text: part })),
    { root: text.length % 11 === 0 ? 'interfaceConfig' : 'config', include },
  )
}

test('changed and made-up scripts are evaluated without throwing or hanging, twice alike', () => {
  expect(fuzzParser({ seeds: SEEDS, pieces: PIECES, parse })).toEqual([])
})

test('made-up scripts that parse are evaluated without throwing or hanging', () => {
  const made = (text: string): unknown => parse(program(numbers(text), 2))
  expect(fuzzParser({ seeds: ['seed'], pieces: PIECES, parse: made })).toEqual([])
})

/** Numbers that follow from a text: FNV-1a, stirred on. */
function numbers(text: string): () => number {
  let state = 0x811c9dc5
  const stir = (by: number): void => {
    state = Math.imul(state ^ by, 0x01000193)
  }
  for (let at = 0; at < text.length; at += 1) stir(text.charCodeAt(at))
  return () => {
    stir(0x5d)
    return (state ^ (state >>> 15)) >>> 0
  }
}

/** A script by the grammar: statements that write, branch, loop, call and throw. */
function program(random: () => number, depth: number): string {
  return Array.from({ length: 1 + (random() % 5) }, () => statement(random, depth)).join('\n')
}

function pick<T>(random: () => number, list: readonly T[]): T {
  const one = list[random() % list.length]
  if (one === undefined) throw new Error('an empty list')
  return one
}

function target(random: () => number): string {
  return pick(random, [
    'config',
    'config.a',
    'config.a.b',
    'config["c"]',
    'config.l[0]',
    'x',
    'y.z',
    'window.config.d',
    'config[x]',
  ])
}

function statement(random: () => number, depth: number): string {
  if (depth <= 0) return `${target(random)} = ${expression(random, 1)};`
  const inner = (): string => program(random, depth - 1)
  const value = (): string => expression(random, depth)
  return pick<() => string>(random, [
    () => `${target(random)} = ${value()};`,
    () => `var config = ${value()};`,
    () => `var x = ${value()}, y = {};`,
    () => `if (${value()}) { ${inner()} } else { ${inner()} }`,
    () => `for (var i = 0; i < ${random() % 5}; i++) { ${inner()} }`,
    () => `for (var k in ${value()}) { ${inner()} }`,
    () => `while (${value()}) { ${inner()} break; }`,
    () => `try { ${inner()} } catch (e) { ${inner()} }`,
    () => `(function (config) { ${inner()} return ${value()}; })(${value()});`,
    () => `switch (${value()}) { case ${value()}: ${inner()} case 1: ${inner()} break; default: ${inner()} }`,
    () => `delete ${target(random)};`,
    () => `throw ${value()};`,
    () => `l: for (;;) { ${inner()} break l; }`,
    () => `{ let x = ${value()}; ${inner()} }`,
  ])()
}

function expression(random: () => number, depth: number): string {
  const value = (): string => expression(random, depth - 1)
  const simple = (): string =>
    pick(random, [
      '1',
      '"a"',
      'null',
      'undefined',
      'true',
      '{}',
      '[]',
      'location.x',
      'config',
      'x',
      '\uE000',
      '"s\uE000"',
    ]).replace(/^\{\}$/, '({})')
  if (depth <= 0) return simple()
  return pick<() => string>(random, [
    simple,
    () => target(random),
    () => `({ a: ${value()}, b: { c: ${value()} }, ...${simple()} })`,
    () => `[${value()}, ${value()}]`,
    () =>
      `(${value()} ${pick(random, ['+', '-', '||', '&&', '??', '===', '<', 'in'])} ${value()})`.replace(
        /\?\? \((.*)\)$/,
        '?? ($1)',
      ),
    () => `(${value()} ? ${value()} : ${value()})`,
    () =>
      `[${value()}].${pick(random, ['map', 'filter', 'forEach', 'some'])}(function (v) { config.v = v; return v })`,
    () => `Object.assign({}, ${value()}, { q: ${value()} })`,
    () => `(${target(random)} = ${value()})`,
    () => `(${value()} || {}).p`,
    () => `typeof ${simple()}`,
    () =>
      `foo(function () { config.late = ${value()} })`.replace(
        'foo',
        pick(random, ['setTimeout', 'location.then']),
      ),
    () => `"a,b".split(",").concat(${value()}).join(${simple()})`,
  ])()
}

test.each([
  ['statements', 'config.a.b = {c: 1};'.repeat(24_000)],
  ['new keys', Array.from({ length: 20_000 }, (_, index) => `config.k${index}=1;`).join('')],
  [
    'a large object replaced often',
    `var config={${'a:{b:{c:1}},'.repeat(9000)}};${'config={a:1};'.repeat(20_000)}`,
  ],
  ['brackets', '['.repeat(490_000)],
  ['parentheses', '('.repeat(490_000)],
  ['unary operators', `config=${'!'.repeat(490_000)}1`],
  ['a long concatenation', `config={a:${"'a'+".repeat(90_000)}'b'}`],
  ['a long chain', `config${'.a'.repeat(200_000)}=1`],
  ['directives', '<!--#include file="inc.js" -->'.repeat(16_000)],
  ['open directives', '<!--#'.repeat(90_000)],
  ['undecidable branches', 'if(location.a){config.a=1}'.repeat(18_000)],
  ['undecidable nested branches', `${'if(location.a){config.a=1;'.repeat(300)}${'}'.repeat(300)}`],
  ['undecidable returns', `(function(){${'if(location.a)return;config.a=1;'.repeat(9000)}})()`],
  ['throws', 'try{config.a.b.c=1}catch(e){}'.repeat(16_000)],
  ['sharing', `var config={};var o={};${'o={a:o,b:o};'.repeat(60)}config.o=o`],
  ['doubling lists', `var config={a:[1]};${'config.a=config.a.concat(config.a);'.repeat(60)}`],
  ['callbacks', `var config={};${'setTimeout(function(){'.repeat(80)}config.a=1${'})'.repeat(80)}`],
  ['patterns', `var config={a:'${'a'.repeat(2000)}'.replace(/a*b/g,'c')};`.repeat(20)],
  ['else if', `var config={};${'if(config.x===1){config.a=1}else '.repeat(9000)}{config.b=2}`],
  ['conditional chains', `var config={a:${'config.x?1:'.repeat(20_000)}2}`],
])('%s in masses stay within a second', (_name, text) => {
  expect(timed(() => parse(text.slice(0, 499_990)), text)).toBeDefined()
})
