#!/usr/bin/env node
// Puts the `runde` command of the repository's root into node_modules/.bin, where npx finds it at once.
import '../../../bin/runde.js'
