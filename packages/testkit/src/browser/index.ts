// Real browsers for tests: Chromium and Firefox behind one face, probes that run in the page, accessibility runs.
export { launchBrowsers, type BrowserDriver, type BrowserName } from './driver.ts'
export type { MediaMode, PersonOptions } from './options.ts'
export type { BrowserPage } from './browser-page.ts'
export { foreignRequests, type PageLog } from './page-log.ts'
export { type AccessibilityViolation, findViolations } from './axe.ts'
export { findBrowser, type BrowserProgram } from './find-browser.ts'
export {
  audioReception,
  iceServerUrls,
  type TileState,
  tileStates,
  cameraFrames,
  waitForMedia,
  mediaQuestions,
} from './media-probes.ts'
export { catchDownload } from './download-probe.ts'
export { alertText, coveredControls, markupOf, sidewaysScroll, unfoldAll } from './layout-probes.ts'
export { type StoredEntry, storedEntries } from './stored-entries.ts'
export { pageLanguage, printRules, structureFaults, textsOf } from './document-probes.ts'
export { countMatches, focusDescription, focusIsOn } from './focus-probes.ts'
export { connectionsThatWork } from './network-probes.ts'
export { type LoopbackResult, loopbackCall, screenCapture } from './self-check.ts'
