// The instruments first: both browsers bring devices, media and logs, so a failing journey is the product's fault.
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import {
  type BrowserName,
  foreignRequests,
  launchBrowsers,
  loopbackCall,
  mediaQuestions,
  screenCapture,
} from '@runde/testkit/browser'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const BROWSERS: BrowserName[] = ['chromium', 'firefox']
const PAGE = `<!doctype html><html lang="en"><title>self check</title><link rel="icon" href="data:,">
<button data-testid="here">here</button><button data-testid="off" disabled>off</button>
<p data-testid="language"></p><input aria-label="field" data-testid="field" value="old">
<script>
  document.querySelector('[data-testid=language]').textContent = [navigator.language,
    matchMedia('(prefers-color-scheme: dark)').matches, matchMedia('(prefers-reduced-motion: reduce)').matches,
    innerWidth].join(' ')
  document.querySelector('[data-testid=here]').onclick = (event) => { event.target.textContent = 'clicked' }
</script>`

const browsers = launchBrowsers()
const server = createServer((_, response) => response.setHeader('content-type', 'text/html').end(PAGE))
let home = ''

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  home = `http://127.0.0.1:${isAddress(address) ? address.port : 0}`
})
afterAll(async () => {
  await browsers.close()
  server.close()
})

function isAddress(address: AddressInfo | string | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

describe.each(BROWSERS)('%s', (name) => {
  test('clicks what can be reached, types, and refuses what is disabled', async () => {
    const page = await browsers.open(name, { viewport: { width: 360, height: 640 } })
    await page.goto(home)
    await page.click('here')
    expect(await page.text('here')).toBe('clicked')
    await page.fill('field', 'new')
    expect(await page.text('field')).toBe('new')
    await expect(page.click('off', { timeout: 500 })).rejects.toThrow('disabled')
    expect(await page.text('language')).toBe('de-DE false false 360')
    await page.close()
  })

  test('takes over language and appearance', async () => {
    const page = await browsers.open(name, { language: 'en-GB', colorScheme: 'dark', reducedMotion: true })
    await page.goto(home)
    expect(await page.text('language')).toBe('en-GB true true 1280')
    await page.close()
  })

  test('sends synthetic picture and sound through a peer connection', async () => {
    const page = await browsers.open(name)
    await page.goto(home)
    const { outcome, framesDecoded, audioEnergy } = await loopbackCall(page)
    expect(outcome).toBe('connected')
    expect(framesDecoded).toBeGreaterThanOrEqual(10)
    expect(audioEnergy).toBeGreaterThan(0)
    expect(await mediaQuestions(page)).toEqual(['getUserMedia'])
    expect(page.log.errors).toEqual([])
    await page.close()
  })

  test.each([
    ['denied', 'NotAllowedError'],
    ['none', 'NotFoundError'],
  ] as const)('devices %s: %s', async (media, outcome) => {
    const page = await browsers.open(name, { media })
    await page.goto(home)
    expect(await loopbackCall(page)).toEqual({ outcome, framesDecoded: 0, audioEnergy: 0 })
    await page.close()
  })

  test('notices foreign requests, page errors and console errors', async () => {
    const page = await browsers.open(name)
    await page.goto(home)
    await page.runScript(`
      fetch('http://foreign.example/x').catch(() => undefined)
      new WebSocket('ws://foreign.example/socket')
      setTimeout(() => { throw new Error('thrown by the page') })
      console.error('said by the page')`)
    await page.until(() => Promise.resolve(page.log.errors.length > 0 && page.log.failures.length > 0))
    // Firefox reports the handshake of a WebSocket as an HTTP request.
    const foreign = foreignRequests(page.log, home).map((url) => url.replace(/^\w+:/, ''))
    expect(foreign.toSorted()).toEqual(['//foreign.example/socket', '//foreign.example/x'])
    expect(page.log.errors.join()).toContain('thrown by the page')
    expect(page.log.consoleErrors.join()).toContain('said by the page')
    await page.close()
  })
})

test('chromium shares a synthetic screen', async () => {
  const page = await browsers.open('chromium')
  await page.goto(home)
  await page.click('here')
  expect(await screenCapture(page)).toBe('frames')
  await page.close()
})
