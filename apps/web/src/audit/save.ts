// Hands a text to the browser as a download; it comes from this page's memory, not from a server.
import type { ExportKind } from './protocol.ts'

const FILES: Readonly<Record<ExportKind, { readonly name: string; readonly type: string }>> = {
  json: { name: 'jitsi-audit.json', type: 'application/json' },
  sarif: { name: 'jitsi-audit.sarif', type: 'application/sarif+json' },
  markdown: { name: 'jitsi-audit.md', type: 'text/markdown' },
  html: { name: 'jitsi-audit.html', type: 'text/html' },
  patch: { name: 'jitsi-audit.patch', type: 'text/x-diff' },
}

/** The address must live until the browser has read it; after a minute it has. */
const KEEP_MS = 60_000

/** Starts the download. */
export function saveText(format: ExportKind, text: string): void {
  const { name, type } = FILES[format]
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  setTimeout(() => URL.revokeObjectURL(url), KEEP_MS)
}
