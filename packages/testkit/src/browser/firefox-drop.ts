// Drops files and folders from the disk on a page of Firefox. WebDriver BiDi has no command for it, so it is done with the
// browser's own rights (`moz:scope`): the files are opened as its desktop side opens them, and the page gets trusted drag events.
import type { Browser, Page } from 'puppeteer-core'
import { BidiBrowser } from 'puppeteer-core/internal/bidi/Browser.js'

/** Lets scripts run with the browser's own rights; the tests' Firefox shows no other pages than ours. */
export const SYSTEM_ACCESS = '--remote-allow-system-access'

/** What the desktop grants with a drop, and what nobody grants here: that the page may walk the dropped folder. */
export const DROP_PREFERENCES: Readonly<Record<string, boolean>> = {
  'dom.filesystem.pathcheck.disabled': true,
}

/**
 * Drops at a point of the viewport (CSS pixels).
 * @param paths full paths of files and folders
 * @throws when the browser refuses
 */
export async function dropInFirefox(
  browser: Browser,
  page: Page,
  [x, y]: readonly [number, number],
  paths: readonly string[],
): Promise<void> {
  if (!(browser instanceof BidiBrowser)) throw new Error('Firefox is not driven through WebDriver BiDi')
  // The tab in front is the one that gets the files.
  await page.bringToFront()
  const scope = { maxDepth: 0, 'moz:scope': 'chrome' }
  const { result: tree } = await browser.connection.send('browsingContext.getTree', scope)
  const [main] = tree.contexts
  if (main === undefined) throw new Error('Firefox has no window')
  const { result: answer } = await browser.connection.send('script.evaluate', {
    expression: `(${DROP})(${JSON.stringify({ x, y, paths, inside: `(${INSIDE})()` })})`,
    target: { context: main.context },
    awaitPromise: true,
  })
  const failure = answer.type === 'exception' ? answer.exceptionDetails.text : failureOf(answer.result)
  if (failure !== '') throw new Error(`The drop failed: ${failure}`)
}

function failureOf(value: object): string {
  return 'value' in value && typeof value.value === 'string' ? value.value : 'no answer'
}

/** Runs in the browser's main process; gives the failure as a text. Files become what the drag service makes of them. */
const DROP = String.raw`async ({ x, y, paths, inside }) => {
  const { gBrowser } = Services.wm.getMostRecentWindow('navigator:browser')
  const messages = gBrowser.selectedBrowser.messageManager
  const files = paths.map((path) => {
    const file = Cc['@mozilla.org/file/local;1'].createInstance(Ci.nsIFile)
    file.initWithPath(path)
    const transfer = new DataTransfer()
    transfer.mozSetDataAt('application/x-moz-file', file, 0)
    return transfer.items[0].getAsFile()
  })
  const script = 'data:,' + encodeURIComponent(inside)
  return await new Promise((resolve) => {
    const done = ({ data }) => {
      messages.removeMessageListener('test:dropped', done)
      messages.removeDelayedFrameScript(script)
      resolve(data)
    }
    messages.addMessageListener('test:dropped', done)
    messages.loadFrameScript(script, false)
    messages.sendAsyncMessage('test:drop', { x, y, files })
  })
}`

/** Runs beside the page with more rights than it has; the transfer is made with the page's own rights, or it could not read it. */
const INSIDE = String.raw`() => {
  const drop = ({ data: { x, y, files } }) => {
    removeMessageListener('test:drop', drop)
    let failure = ''
    try {
      const page = Cu.Sandbox(content.document.nodePrincipal, { sandboxPrototype: content, wantXrays: false })
      page.files = Cu.cloneInto(files, page)
      const transfer = Cu.evalInSandbox(
        'const made = new DataTransfer(); for (const file of files) made.items.add(file); made',
        page,
      )
      for (const type of ['dragenter', 'dragover', 'drop']) {
        const event = content.document.createEvent('DragEvent')
        event.initDragEvent(type, true, true, content, 0, 0, 0, x, y, false, false, false, false, 0, null, transfer)
        content.windowUtils.dispatchDOMEventViaPresShellForTesting(content.document.elementFromPoint(x, y), event)
      }
    } catch (error) {
      failure = String(error)
    }
    sendAsyncMessage('test:dropped', failure)
  }
  addMessageListener('test:drop', drop)
}`
