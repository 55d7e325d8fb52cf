// Shows the stage with made-up people and no server, for pictures and checks of the view. Not part of the build.
// Address: /stage-preview.html?n=9&share=1&panel=1&lost=1&speaker=2&lang=de&scheme=dark&view=speaker&toast=1
import { signal } from '@preact/signals'
import { render } from 'preact'
import '../styles/main.css'
import { applyPrefs, scheme } from '../app/prefs.ts'
import { DeviceList } from '../devices/device-list.ts'
import { lang } from '../i18n/i18n.ts'
import type { Meeting, Person, VideoSource } from '../meeting/model.ts'
import { SEAT_HUES } from '../meeting/model.ts'
import { Notices } from '../meeting/notices.ts'
import { Stage } from '../stage/stage.tsx'
import { ViewState } from '../stage/view-state.ts'
import { drawPerson, drawSlide } from './scenes.ts'

const wish = new URLSearchParams(location.search)
const NAMES =
  'Anna Ben Carla David Emma Finn Greta Hannes Ida Jonas Klara Leon Mara Nils Olga Paul Rosa Samir Tara Uwe Vera Willi Yara'.split(
    ' ',
  )

function canvasSource(
  width: number,
  height: number,
  draw: (pen: CanvasRenderingContext2D) => void,
): VideoSource {
  const canvas = document.createElement('canvas')
  canvas.width = width
  canvas.height = height
  const pen = canvas.getContext('2d')
  const stream = canvas.captureStream(5)
  const paint = (): void => {
    if (pen !== null) draw(pen)
  }
  paint()
  setInterval(paint, 500)
  return {
    attach: (element) => {
      element.srcObject = stream
    },
    detach: (element) => {
      element.srcObject = null
    },
  }
}

function person(index: number, of: number): Person {
  const isSelf = index === of - 1
  const hue = SEAT_HUES[index % SEAT_HUES.length] ?? 0
  const camOn = index % 4 !== 3
  const name = isSelf ? 'Sascha' : (NAMES[index] ?? '')
  return {
    identity: `p${index}`,
    name,
    guest: name === '' ? index - NAMES.length + 1 : 0,
    isSelf,
    hue,
    micOn: index % 3 !== 1,
    camOn,
    speaking: String(index) === (wish.get('speaker') ?? ''),
    weak: index === 5,
    video: camOn ? canvasSource(640, 360, (pen) => drawPerson(pen, hue)) : null,
    screen: wish.get('share') === String(index) ? canvasSource(1280, 720, drawSlide) : null,
  }
}

const n = Number(wish.get('n') ?? '3')
const micOn = signal(true)
const camOn = signal(true)
const sharing = signal(false)
const notices = new Notices()

const meeting: Meeting = {
  people: signal(Array.from({ length: n }, (_, index) => person(index, n))),
  connection: signal(wish.has('lost') ? 'reconnecting' : 'connected'),
  micOn,
  camOn,
  sharing,
  soundBlocked: signal(wish.has('sound')),
  notices,
  devices: new DeviceList(),
  canShare: true,
  setMic: async (on) => void (micOn.value = on),
  setCam: async (on) => void (camOn.value = on),
  setShare: async (on) => void (sharing.value = on),
  startSound: async () => {},
  activeDevice: () => '',
  chooseDevice: async () => {},
  watch: (identities) => {
    document.documentElement.dataset['watched'] = [...identities].join(' ')
  },
  leave: async () => {},
}

applyPrefs()
if (wish.get('lang') === 'en') lang.value = 'en'
if (wish.get('scheme') === 'dark' || wish.get('scheme') === 'light')
  scheme.value = wish.get('scheme') === 'dark' ? 'dark' : 'light'
const state = new ViewState(meeting)
if (wish.get('view') === 'speaker') state.view.value = 'speaker'
if (wish.has('panel')) state.peopleOpen.value = true
if (wish.has('toast')) {
  notices.add('Greta ist da', new Date())
  notices.add('Ihr Mikrofon liefert keinen Ton.', new Date())
}
const root = document.getElementById('app')
if (root !== null) {
  render(
    <Stage
      meeting={meeting}
      title="Vorstandssitzung November"
      link="https://runde.example/abc-defg-hij"
      state={state}
      onRestart={() => {}}
      onLeave={() => {}}
    />,
    root,
  )
}
