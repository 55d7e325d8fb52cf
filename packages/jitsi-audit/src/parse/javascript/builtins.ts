// Names that every browser gives to a script: those computed here, and those that depend on the visit.
import { textOf } from './operators.ts'
import { ARRAY, JSON_OBJECT, OBJECT, native } from './natives-object.ts'
import { type Native, type Value, isPrimitive, truthy, unknown } from './values.ts'

const silent: Native = native(() => undefined)

function ofText(run: (text: string) => Value): Native {
  return native((_, __, args, at) => {
    const text = args.length === 0 ? '' : textOf(args[0]?.value)
    return text === undefined ? unknown('runtime', at) : run(text)
  })
}

function ofNumbers(run: (numbers: readonly number[]) => Value): Native {
  return native((_, __, args, at) => {
    const numbers: number[] = []
    for (const { value } of args) {
      if (!isPrimitive(value)) return unknown('runtime', at)
      numbers.push(Number(value))
    }
    return run(numbers)
  })
}

function encoded(run: (text: string) => string): Native {
  return native((_, __, args, at) => {
    const text = textOf(args[0]?.value)
    try {
      return text === undefined ? unknown('runtime', at) : run(text)
    } catch {
      return unknown('runtime', at)
    }
  })
}

const MATH: Native = native(
  (_, __, ___, at) => unknown('runtime', at),
  [
    ['abs', ofNumbers(([one]) => Math.abs(one ?? Number.NaN))],
    ['ceil', ofNumbers(([one]) => Math.ceil(one ?? Number.NaN))],
    ['floor', ofNumbers(([one]) => Math.floor(one ?? Number.NaN))],
    ['max', ofNumbers((all) => Math.max(...all.slice(0, 1000)))],
    ['min', ofNumbers((all) => Math.min(...all.slice(0, 1000)))],
    ['round', ofNumbers(([one]) => Math.round(one ?? Number.NaN))],
  ],
)

const toNumber = ofNumbers(([one]) => one ?? 0)
const parseFloatOf = ofText((text) => Number.parseFloat(text))
const parseIntOf = native((_, __, args, at) => {
  const text = textOf(args[0]?.value)
  const radix = args[1]?.value
  if (text === undefined || !isPrimitive(radix)) return unknown('runtime', at)
  return Number.parseInt(text, radix === undefined ? undefined : Number(radix))
})

/** Values of global names. */
export const BUILTINS: ReadonlyMap<string, Value> = new Map<string, Value>([
  ['undefined', undefined],
  ['NaN', Number.NaN],
  ['Infinity', Number.POSITIVE_INFINITY],
  ['Object', OBJECT],
  ['Array', ARRAY],
  ['JSON', JSON_OBJECT],
  ['Math', MATH],
  ['String', ofText((text) => text)],
  [
    'Number',
    {
      ...toNumber,
      members: new Map([
        ['parseInt', parseIntOf],
        ['parseFloat', parseFloatOf],
      ]),
    },
  ],
  ['Boolean', native((_, __, args, at) => truthy(args[0]?.value) ?? unknown('runtime', at))],
  ['parseInt', parseIntOf],
  ['parseFloat', parseFloatOf],
  ['isNaN', ofNumbers(([one]) => Number.isNaN(one ?? Number.NaN))],
  ['encodeURIComponent', encoded(encodeURIComponent)],
  ['decodeURIComponent', encoded(decodeURIComponent)],
  ['encodeURI', encoded(encodeURI)],
  ['decodeURI', encoded(decodeURI)],
  [
    'console',
    native(
      (_, __, ___, at) => unknown('runtime', at),
      ['log', 'warn', 'error', 'info', 'debug', 'trace', 'table'].map((name) => [name, silent]),
    ),
  ],
])

/** Names of the window itself. */
export const WINDOW_NAMES: ReadonlySet<string> = new Set(['window', 'self', 'globalThis', 'frames'])

const BROWSER_NAMES: ReadonlySet<string> = new Set(
  `AbortController Audio BigInt Blob CustomEvent Date Document Element Error Event EventTarget FormData Function
  HTMLElement Headers Image Intl Map MediaRecorder MediaStream MutationObserver Navigator Node Notification Promise Proxy
  RTCPeerConnection RangeError ReferenceError Reflect RegExp Request Response Set SharedArrayBuffer Symbol SyntaxError
  TypeError URL URLSearchParams Uint8Array WeakMap WeakSet WebAssembly WebSocket Worker XMLHttpRequest addEventListener
  alert atob btoa caches chrome clearInterval clearTimeout closed confirm crypto customElements
  devicePixelRatio dispatchEvent document escape eval event external fetch frameElement getComputedStyle history
  indexedDB innerHeight innerWidth isFinite length localStorage location matchMedia name navigator onload open opener
  origin outerHeight outerWidth parent performance postMessage print prompt queueMicrotask removeEventListener
  requestAnimationFrame screen screenX screenY scrollTo sessionStorage setInterval setTimeout speechSynthesis status
  structuredClone top trustedTypes unescape visualViewport webkitRTCPeerConnection webkitURL
  $ jQuery _ JitsiMeetJS APP loggingConfig`.split(/\s+/),
)

/** True for a name that a browser or the page around the configuration defines. */
export function isBrowserName(name: string): boolean {
  return BROWSER_NAMES.has(name) || /^(?:HTML|SVG|RTC|Media|CSS|DOM|on)[A-Za-z]+$/.test(name)
}
