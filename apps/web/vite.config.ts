// Decides how the client is bundled: hashed files, nothing inlined (strict content security policy), modern CSS kept.
import { defineConfig } from 'vite'

// Oldest browsers that have oklch(), light-dark(), <dialog>, popover and :has(); lightningcss packs one byte each for major, minor, patch.
const version = (major: number, minor = 0): number => (major << 16) | (minor << 8)

// Where `vite` sends API and media signalling while developing.
const api = process.env['RUNDE_DEV_API'] ?? 'http://localhost:8080'

export default defineConfig({
  root: import.meta.dirname,
  css: {
    transformer: 'lightningcss',
    lightningcss: {
      targets: { chrome: version(125), edge: version(125), firefox: version(125), safari: version(17, 5) },
    },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2024',
    // The minifier has targets of its own; without them it replaces light-dark(), and the dark stage turns light.
    cssTarget: ['chrome125', 'edge125', 'firefox125', 'safari17.5'],
    cssMinify: 'lightningcss',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    proxy: {
      '/api': { target: api },
      '/rtc': { target: api, ws: true },
    },
  },
})
