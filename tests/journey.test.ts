// The whole product in stock Chromium and Firefox at once: from the set-up link to the goodbye, and through a crash of the server.
import {
  type BrowserPage,
  type TileState,
  alertText,
  audioReception,
  foreignRequests,
  iceServerUrls,
  launchBrowsers,
  mediaQuestions,
  tileStates,
  waitForMedia,
} from '@runde/testkit/browser'
import { type RunningServer, startServer } from '@runde/testkit/server'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createMeeting, join, setUp } from './support/people.ts'

const browsers = launchBrowsers()
let server: RunningServer
let link = ''
let anna: BrowserPage
let ben: BrowserPage
let carla: BrowserPage

beforeAll(async () => {
  server = await startServer()
  anna = await browsers.open('chromium')
  ben = await browsers.open('chromium')
  carla = await browsers.open('firefox')
})
afterAll(async () => {
  await browsers.close()
  await server[Symbol.asyncDispose]()
})

/** The tile of the person with this name. */
async function tileOf(viewer: BrowserPage, name: string): Promise<TileState | undefined> {
  return (await tileStates(viewer)).find(({ label }) => label.startsWith(name))
}

/** Waits until everyone in `viewers` sees the state on the person's tile. */
async function tileShows(viewers: BrowserPage[], name: string, state: Partial<TileState>): Promise<void> {
  const wanted = JSON.stringify(state)
  for (const viewer of viewers)
    await viewer.until(
      async () => {
        const tile = await tileOf(viewer, name)
        return tile !== undefined && JSON.stringify({ ...tile, ...state }) === JSON.stringify(tile)
      },
      { what: `${name}'s tile to show ${wanted}` },
    )
}

describe('from the set-up link to the goodbye', () => {
  test('the set-up link makes the organiser, and works once', async () => {
    await setUp(anna, server)
    await ben.goto(server.setUpLink ?? '')
    await ben.fill('setup-name', 'Somebody else')
    await ben.click('setup-submit')
    expect(await ben.until(async () => await alertText(ben))).toContain('schon eingerichtet')
    expect(await ben.count('desk-new')).toBe(0)
  })

  test('a new meeting has a link that can be read out', async () => {
    link = await createMeeting(anna, 'Vorstandssitzung')
    expect(link).toMatch(new RegExp(`^${server.url}/[a-z]{3}-[a-z]{4}-[a-z]{3}$`))
  })

  test('the join page asks for nothing by itself', async () => {
    await carla.goto(link)
    await carla.see('join-submit')
    expect(await mediaQuestions(carla)).toEqual([])
    expect(await carla.text('join-name')).toBe('')
  })

  test('three people in two browsers see and hear the two others', async () => {
    await join(anna, link, { name: 'Anna' })
    await join(ben, link, { name: 'Ben' })
    await join(carla, link, { name: 'Carla' })
    for (const page of [anna, ben, carla]) {
      await waitForMedia(page, { videos: 2, audios: 2 })
      expect(await tileStates(page)).toHaveLength(3)
    }
  })

  test('a muted microphone is silent and shown to the others', async () => {
    await anna.click('btn-mic')
    await tileShows([ben, carla], 'Anna', { mic: 'off' })
    for (const viewer of [ben, carla]) expect(await silentTracks(viewer, 1)).toBe(1)
    await anna.click('btn-mic')
    await tileShows([ben, carla], 'Anna', { mic: 'on' })
    await waitForMedia(ben, { videos: 2, audios: 2 })
  })

  test('a camera that is switched off leaves a seat, switched on a picture', async () => {
    await carla.click('btn-cam')
    await tileShows([anna, ben], 'Carla', { cam: 'off', width: 0 })
    await carla.click('btn-cam')
    await tileShows([anna, ben], 'Carla', { cam: 'on' })
    for (const viewer of [anna, ben]) await waitForMedia(viewer, { videos: 2, audios: 2 })
    expect(await anna.count('tile')).toBe(3)
  })

  test('a shared screen appears at the others and goes again', async () => {
    await ben.click('btn-share')
    for (const viewer of [anna, carla]) {
      await viewer.see('share-stage')
      await viewer.until(async () => {
        const share = (await tileStates(viewer)).find(({ identity }) => identity.startsWith('share:'))
        return share !== undefined && share.decodedFrames > 5 && share.width > 600
      })
    }
    await ben.click('btn-share')
    for (const viewer of [anna, carla]) await viewer.gone('share-stage')
    expect(await ben.count('share-stage')).toBe(0)
  })

  test('the list of people names everyone', async () => {
    await anna.click('btn-people')
    const list = await anna.text('people-list')
    for (const name of ['Anna', 'Ben', 'Carla']) expect(list).toContain(name)
    expect(await anna.count('people-row')).toBe(3)
    await anna.press('Escape')
    await anna.gone('people-list')
  })

  test('who leaves is gone at once and can come back', async () => {
    await carla.click('btn-leave')
    await carla.see('left-page')
    for (const viewer of [anna, ben])
      await viewer.until(async () => (await viewer.count('tile')) === 2, { what: 'two tiles' })
    await carla.click('leave-rejoin')
    await carla.seeState('connection-state', 'data-state', 'connected', { timeout: 30_000 })
    for (const page of [anna, ben, carla]) {
      await waitForMedia(page, { videos: 2, audios: 2 })
      expect(await page.count('tile')).toBe(3)
    }
  })

  test('nothing went wrong and nobody else was asked', async () => {
    for (const page of [anna, ben, carla]) {
      expect(page.log.errors).toEqual([])
      // The used set-up link is answered with an error on purpose, and browsers log that.
      expect(page.log.consoleErrors.filter((line) => !/status of 4\d\d/.test(line))).toEqual([])
      expectNothingForeign(page)
      expect(foreignIce(await iceServerUrls(page))).toEqual([])
    }
  })

  test('after a crash of the server everyone comes back by themselves', async () => {
    await server.kill()
    await anna.until(async () => (await anna.count('lost-banner')) + (await anna.count('error-page')) > 0, {
      what: 'the page to say that the connection is lost',
    })
    await server.restart()
    for (const page of [anna, ben, carla]) {
      await page.seeState('connection-state', 'data-state', 'connected', { timeout: 60_000 })
      await waitForMedia(page, { videos: 2, audios: 2 }, 60_000)
      expect(page.log.errors).toEqual([])
      expectNothingForeign(page)
    }
  })
})

describe.each(['chromium', 'firefox'] as const)('%s without devices', (name) => {
  test('who refuses is told how to allow it, and can still listen', async () => {
    const page = await browsers.open(name, { media: 'denied' })
    await page.goto(link)
    await page.click('join-mic')
    await page.seeState('error-page', 'data-error', 'permission_denied')
    await page.click('permission-listen')
    await page.seeState('connection-state', 'data-state', 'connected', { timeout: 30_000 })
    await waitForMedia(page, { videos: 2, audios: 2 })
    expect(page.log.errors).toEqual([])
    await page.close()
  })

  test('who has no camera and no microphone joins as a guest and sees the others', async () => {
    const page = await browsers.open(name, { media: 'none' })
    await page.goto(link)
    await page.click('join-cam')
    await page.seeState('error-page', 'data-error', 'no_camera')
    await page.click('permission-back')
    await page.click('join-submit')
    await page.seeState('connection-state', 'data-state', 'connected', { timeout: 30_000 })
    await waitForMedia(page, { videos: 2, audios: 2 })
    expect(page.log.errors).toEqual([])
    await page.close()
  })

  test('a link to no meeting says so', async () => {
    const page = await browsers.open(name)
    await page.goto(`${server.url}/zzz-zzzz-zzz`)
    await page.seeState('error-page', 'data-error', 'meeting_not_found')
    expect(page.log.errors).toEqual([])
    expectNothingForeign(page)
    await page.close()
  })
})

function expectNothingForeign(page: BrowserPage): void {
  expect(page.log.requests.length).toBeGreaterThan(0)
  expect(foreignRequests(page.log, server.url)).toEqual([])
}

/** STUN and TURN servers that are not on this machine. */
function foreignIce(urls: readonly string[]): string[] {
  return urls.filter((url) => !/^(?:stun|turn)s?:(?:localhost|127\.0\.0\.1)(?::|\?|$)/.test(url))
}

/** Waits until `count` remote tracks bring no new sound. @returns how many are silent then */
async function silentTracks(page: BrowserPage, count: number): Promise<number> {
  const silent = await page.until(
    async () => {
      const before = await audioReception(page)
      // Chromium's synthetic microphone beeps once a second; a second and a half contains a beep for sure.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      const quiet = (await audioReception(page)).filter(({ track, energy }) => {
        const earlier = before.find((other) => other.track === track)
        return earlier !== undefined && energy - earlier.energy < 1e-7
      })
      return quiet.length >= count ? quiet : undefined
    },
    { what: `${count} silent tracks` },
  )
  return silent.length
}
