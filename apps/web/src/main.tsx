// Entry of the browser client: applies what the person chose, follows addresses, draws the page.
import { render } from 'preact'
import { App } from './app/app.tsx'
import { loadInstance } from './app/instance.ts'
import { applyPrefs } from './app/prefs.ts'
import { startRouter } from './app/router.ts'

applyPrefs()
startRouter()
void loadInstance()

const root = document.getElementById('app')
if (root !== null) render(<App />, root)
