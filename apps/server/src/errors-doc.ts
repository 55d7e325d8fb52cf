// Writes docs/errors.md out of the tables of errors, so that the page and the program cannot differ.
import { ERRORS } from '@runde/contract'
import { explainStartFailure, type StartFailureCode, type StartFailureKind } from './start-failures.ts'

/** Facts for the example sentence of each start failure. */
const EXAMPLES: { readonly [Code in StartFailureCode]: StartFailureKind<Code> } = {
  port_in_use: { code: 'port_in_use', port: 8080 },
  port_privileged: { code: 'port_privileged', port: 443 },
  host_not_available: { code: 'host_not_available', host: '192.0.2.1' },
  udp_port_in_use: { code: 'udp_port_in_use', port: 10_000 },
  udp_port_privileged: { code: 'udp_port_privileged', port: 443 },
  config_unreadable: { code: 'config_unreadable', file: 'config.yaml' },
  config_not_yaml: { code: 'config_not_yaml', where: 'config.yaml:4:7' },
  config_unknown_key: {
    code: 'config_unknown_key',
    key: 'prot',
    where: 'config.yaml:4:1',
    suggestion: 'port',
  },
  config_value: {
    code: 'config_value',
    key: 'port',
    where: 'config.yaml:4:1',
    expects: { de: 'eine ganze Zahl von 1 bis 65535', en: 'a whole number from 1 to 65535' },
  },
  config_pair: { code: 'config_pair', key: 'RUNDE_TLS_CERT', where: 'environment', missing: 'RUNDE_TLS_KEY' },
  secret_too_short: { code: 'secret_too_short', key: 'RUNDE_API_SECRET', minimum: 32 },
  data_unwritable: { code: 'data_unwritable', folder: './data' },
  data_not_ours: { code: 'data_not_ours', folder: './data' },
  data_too_new: { code: 'data_too_new', folder: './data' },
  tls_unreadable: { code: 'tls_unreadable', file: 'fullchain.pem' },
  tls_not_matching: { code: 'tls_not_matching', cert: 'fullchain.pem', key: 'privkey.pem' },
  web_missing: { code: 'web_missing', folder: 'apps/web/dist' },
  media_failed: { code: 'media_failed' },
  usage: {
    code: 'usage',
    text: {
      de: 'Die Angabe --title fehlt. Beispiele zeigt runde --help.',
      en: 'The option --title is missing. See runde --help for examples.',
    },
  },
  internal: { code: 'internal' },
}

const INTRODUCTION = `# Fehler und was sie bedeuten / Errors and what they mean

Diese Seite entsteht aus den Tabellen in \`packages/contract/src/errors.ts\` und \`apps/server/src/start-failures.ts\`;
ein Test vergleicht sie. Die Kennungen bleiben gleich, die Sätze dürfen besser werden.

This page is made from the tables in \`packages/contract/src/errors.ts\` and \`apps/server/src/start-failures.ts\`;
a test compares them. The codes stay, the sentences may improve.
`

/** The whole page as Markdown. */
export function renderErrorsDoc(): string {
  const answers = Object.entries(ERRORS).map(
    ([code, { status, de, en }]) => `| \`${code}\` | ${status} | ${de} | ${en} |`,
  )
  const failures = Object.values(EXAMPLES).map((kind: StartFailureKind) => {
    const { de, en } = explainStartFailure(kind)
    return `| \`${kind.code}\` | ${de} | ${en} |`
  })
  return [
    INTRODUCTION,
    '## Antworten der Schnittstelle / Answers of the interface\n',
    'Jede Antwort hat die Form `{"error": {"code", "message": {"de", "en"}, "field"?}}`; `field` nennt das Eingabefeld.',
    'Every answer has this form; `field` names the input.\n',
    '| Kennung / code | Status | Deutsch | English |',
    '|---|---|---|---|',
    ...answers,
    '\n## Der Server startet nicht / The server does not start\n',
    'Der Satz steht auf der Fehlerausgabe, der Rückgabewert ist 1. Angaben wie Port oder Datei sind Beispiele.',
    'The sentence is on standard error, the exit code is 1. Facts such as port or file are examples.\n',
    '| Kennung / code | Deutsch | English |',
    '|---|---|---|',
    ...failures,
    '',
  ].join('\n')
}
