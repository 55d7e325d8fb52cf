// Head and foot of every page off the stage: mark, language, appearance, and who runs the server.
import type { ComponentChildren, JSX } from 'preact'
import { chooseLang, chooseScheme, scheme } from '../app/prefs.ts'
import { instance } from '../app/instance.ts'
import { lang, t } from '../i18n/i18n.ts'
import { Logo } from './logo.tsx'

/** Link that jumps over the head; the first tab stop of every page. */
export function SkipLink(): JSX.Element {
  return (
    <a class="skip" href="#main">
      {t().app.skip}
    </a>
  )
}

/** The two languages; the one in use is marked. */
export function LangSwitch(): JSX.Element {
  const m = t().app
  return (
    <fieldset class="lang" aria-label={m.language} data-testid="lang-switch">
      <button type="button" lang="de" aria-pressed={lang.value === 'de'} onClick={() => chooseLang('de')}>
        <span>
          DE<span class="vh">, {m.german}</span>
        </span>
      </button>
      <button
        type="button"
        lang="en"
        aria-pressed={lang.value === 'en'}
        data-testid="lang-en"
        onClick={() => chooseLang('en')}
      >
        <span>
          EN<span class="vh">, {m.english}</span>
        </span>
      </button>
    </fieldset>
  )
}

/** Light, dark, or as the device. */
export function SchemeChoice({ class: className }: { class?: string }): JSX.Element {
  const m = t().app
  return (
    <label class={className ?? 'quietselect'}>
      <span>{m.scheme}</span>
      <select
        value={scheme.value}
        onChange={(event) => {
          const { value } = event.currentTarget
          chooseScheme(value === 'light' || value === 'dark' ? value : 'system')
        }}
      >
        <option value="system">{m.schemeSystem}</option>
        <option value="light">{m.schemeLight}</option>
        <option value="dark">{m.schemeDark}</option>
      </select>
    </label>
  )
}

/** Foot of a page. */
export function Foot(): JSX.Element {
  const name = instance.value?.name ?? ''
  return (
    <footer class="foot">
      <nav class="legal" aria-label={t().app.legal}>
        <a href="/impressum">{t().app.imprint}</a>
        <a href="/datenschutz" data-testid="foot-privacy">
          {t().app.privacy}
        </a>
        <a href="/barrierefreiheit">{t().app.accessibility}</a>
      </nav>
      <SchemeChoice />
      <span class="spacer" />
      {name === '' ? null : <span>{t().app.runBy(name)}</span>}
    </footer>
  )
}

/** A page with head and foot. `main` classes place the content. */
export function Shell(props: {
  children: ComponentChildren
  main?: string
  actions?: ComponentChildren
}): JSX.Element {
  return (
    <>
      <SkipLink />
      <div class="shell">
        <header class="head">
          <a class="logo" href="/" aria-label={t().app.home}>
            <Logo />
          </a>
          <span class="spacer" />
          {props.actions}
          <LangSwitch />
        </header>
        <main id="main" tabIndex={-1} class={`main ${props.main ?? ''}`}>
          {props.children}
        </main>
        <Foot />
      </div>
    </>
  )
}
