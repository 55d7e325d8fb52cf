// The few things a browser driver must do itself; everything else in this folder is built on them, so both browsers behave alike.

/** One page of one person in one browser. */
export interface RawPage {
  /** Opens the address and waits until the document has loaded. */
  goto(url: string): Promise<void>
  reload(): Promise<void>
  /** Value of a JavaScript expression in the page; promises are awaited; the value must survive JSON. */
  evaluate(expression: string): Promise<unknown>
  /** The same in the page's first worker. @throws if the page has none, or where the browser cannot be driven to */
  evaluateInWorker(expression: string): Promise<unknown>
  /** Presses the main mouse button at a point in CSS pixels of the viewport. */
  click(x: number, y: number): Promise<void>
  /** Types text into whatever has the focus. */
  type(text: string): Promise<void>
  /** Presses a key by its `KeyboardEvent.key` name, for instance `Enter` or `m`. */
  press(key: string): Promise<void>
  /** Chooses files in a file input, which may be hidden; `selector` is CSS, `paths` are files or, where the input takes one, a folder. */
  chooseFiles(selector: string, paths: readonly string[]): Promise<void>
  /** Drops files and folders at a point of the viewport, as from the desktop. */
  dropFiles(x: number, y: number, paths: readonly string[]): Promise<void>
  /** Names of all cookies of the page's person, also of those that no script may read. */
  cookieNames(): Promise<string[]>
  /** PNG of the viewport. */
  screenshot(): Promise<Uint8Array>
  setViewport(width: number, height: number): Promise<void>
  bringToFront(): Promise<void>
  /** Closes the page and forgets the person's cookies and storage. */
  close(): Promise<void>
}
