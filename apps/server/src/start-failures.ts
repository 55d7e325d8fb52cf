// The table of reasons why the server or a command refuses to start: one sentence and its mend, in both languages.
import type { Bilingual } from '@runde/contract'

/** Everything that can go wrong before the server serves, with what the sentence needs to know. */
interface Facts {
  port_in_use: { port: number }
  port_privileged: { port: number }
  host_not_available: { host: string }
  udp_port_in_use: { port: number }
  udp_port_privileged: { port: number }
  config_unreadable: { file: string }
  config_not_yaml: { where: string }
  config_unknown_key: { key: string; where: string; suggestion: string | undefined }
  config_value: { key: string; where: string; expects: Bilingual }
  config_pair: { key: string; where: string; missing: string }
  secret_too_short: { key: string; minimum: number }
  data_unwritable: { folder: string }
  data_not_ours: { folder: string }
  data_too_new: { folder: string }
  tls_unreadable: { file: string }
  tls_not_matching: { cert: string; key: string }
  web_missing: { folder: string }
  media_failed: object
  usage: { text: Bilingual }
  internal: object
}

export type StartFailureCode = keyof Facts

/** One failure: its code and its facts. */
export type StartFailureKind<Code extends StartFailureCode = StartFailureCode> = {
  [C in Code]: { code: C } & Facts[C]
}[Code]

/** Refusing to start is an expected end, not a bug: it is shown as a sentence, without a stack. */
export class StartFailure extends Error {
  override readonly name = 'StartFailure'
  readonly kind: StartFailureKind

  constructor(kind: StartFailureKind, cause?: unknown) {
    super(`cannot start: ${kind.code}`, { cause })
    this.kind = kind
  }
}

const SENTENCES: { readonly [Code in StartFailureCode]: (facts: Facts[Code]) => Bilingual } = {
  port_in_use: ({ port }) => ({
    de: `Der Port ${port} ist schon belegt. Beenden Sie das andere Programm, oder wählen Sie mit RUNDE_PORT einen freien Port.`,
    en: `Port ${port} is already in use. Stop the other program, or choose a free port with RUNDE_PORT.`,
  }),
  port_privileged: ({ port }) => ({
    de: `Den Port ${port} darf dieses Benutzerkonto nicht öffnen. Wählen Sie mit RUNDE_PORT einen Port ab 1024, oder geben Sie Node das Recht dazu (setcap cap_net_bind_service).`,
    en: `This user account may not open port ${port}. Choose a port from 1024 with RUNDE_PORT, or grant Node the right to (setcap cap_net_bind_service).`,
  }),
  host_not_available: ({ host }) => ({
    de: `Die Adresse in RUNDE_HOST gehört nicht zu dieser Maschine: ${host}. Tragen Sie eine eigene Adresse ein, oder lassen Sie die Angabe weg, um auf allen zu antworten.`,
    en: `The address in RUNDE_HOST does not belong to this machine: ${host}. Enter one of its own, or leave the setting out to answer on all of them.`,
  }),
  udp_port_in_use: ({ port }) => ({
    de: `Der UDP-Port ${port} für Ton und Bild ist schon belegt. Beenden Sie das andere Programm, oder wählen Sie mit RUNDE_UDP_PORT einen freien Port.`,
    en: `UDP port ${port} for audio and video is already in use. Stop the other program, or choose a free port with RUNDE_UDP_PORT.`,
  }),
  udp_port_privileged: ({ port }) => ({
    de: `Den UDP-Port ${port} für Ton und Bild darf dieses Benutzerkonto nicht öffnen. Wählen Sie mit RUNDE_UDP_PORT einen Port ab 1024.`,
    en: `This user account may not open UDP port ${port} for audio and video. Choose a port from 1024 with RUNDE_UDP_PORT.`,
  }),
  config_unreadable: ({ file }) => ({
    de: `Die Konfigurationsdatei lässt sich nicht lesen: ${file}. Prüfen Sie, ob es sie gibt und ob dieses Benutzerkonto sie lesen darf.`,
    en: `The configuration file cannot be read: ${file}. Check that it exists and that this user account may read it.`,
  }),
  config_not_yaml: ({ where }) => ({
    de: `Die Konfigurationsdatei ist kein gültiges YAML, siehe ${where}. Vergleichen Sie die Stelle mit config.sample.yaml; meist fehlt ein Doppelpunkt oder die Einrückung stimmt nicht.`,
    en: `The configuration file is not valid YAML, see ${where}. Compare the place with config.sample.yaml; usually a colon is missing or the indentation is wrong.`,
  }),
  config_unknown_key: ({ key, suggestion, where }) =>
    suggestion === undefined
      ? {
          de: `Die Einstellung ${key} gibt es nicht (${where}). Streichen Sie sie; alle Einstellungen stehen in config.sample.yaml.`,
          en: `There is no setting ${key} (${where}). Remove it; all settings are listed in config.sample.yaml.`,
        }
      : {
          de: `Die Einstellung ${key} gibt es nicht (${where}). Meinten Sie ${suggestion}? Alle Einstellungen stehen in config.sample.yaml.`,
          en: `There is no setting ${key} (${where}). Did you mean ${suggestion}? All settings are listed in config.sample.yaml.`,
        },
  config_value: ({ expects, key, where }) => ({
    de: `Der Wert von ${key} passt nicht (${where}). Erwartet wird ${expects.de}.`,
    en: `The value of ${key} does not fit (${where}). Expected: ${expects.en}.`,
  }),
  config_pair: ({ key, missing, where }) => ({
    de: `${key} ist gesetzt (${where}), ${missing} aber nicht. Setzen Sie beide oder keines von beiden.`,
    en: `${key} is set (${where}), but ${missing} is not. Set both or neither.`,
  }),
  secret_too_short: ({ key, minimum }) => ({
    de: `Der Wert von ${key} ist kürzer als ${minimum} Zeichen und ließe sich erraten. Nehmen Sie einen zufälligen, oder lassen Sie ihn weg, dann macht der Server selbst einen.`,
    en: `The value of ${key} is shorter than ${minimum} characters and could be guessed. Use a random one, or leave it out and the server makes its own.`,
  }),
  data_unwritable: ({ folder }) => ({
    de: `In den Datenordner lässt sich nicht schreiben: ${folder}. Geben Sie diesem Benutzerkonto Schreibrecht, oder wählen Sie mit RUNDE_DATA einen anderen Ordner.`,
    en: `The data folder cannot be written to: ${folder}. Give this user account the right to write, or choose another folder with RUNDE_DATA.`,
  }),
  data_not_ours: ({ folder }) => ({
    de: `Die Datenbank im Datenordner ist beschädigt oder nicht von Runde: ${folder}. Spielen Sie eine Sicherung ein, oder wählen Sie mit RUNDE_DATA einen anderen Ordner.`,
    en: `The database in the data folder is damaged or not one of Runde's: ${folder}. Restore a backup, or choose another folder with RUNDE_DATA.`,
  }),
  data_too_new: ({ folder }) => ({
    de: `Die Datenbank stammt von einer neueren Version von Runde: ${folder}. Starten Sie die neuere Version, oder spielen Sie eine ältere Sicherung ein.`,
    en: `The database was made by a newer version of Runde: ${folder}. Start the newer version, or restore an older backup.`,
  }),
  tls_unreadable: ({ file }) => ({
    de: `Die Zertifikats- oder Schlüsseldatei lässt sich nicht lesen: ${file}. Prüfen Sie RUNDE_TLS_CERT und RUNDE_TLS_KEY und ob dieses Benutzerkonto die Dateien lesen darf.`,
    en: `The certificate or key file cannot be read: ${file}. Check RUNDE_TLS_CERT and RUNDE_TLS_KEY and that this user account may read the files.`,
  }),
  tls_not_matching: ({ cert, key }) => ({
    de: `Zertifikat und Schlüssel gehören nicht zusammen oder sind kein PEM: ${cert}, ${key}. Nehmen Sie beide Dateien aus derselben Ausstellung.`,
    en: `Certificate and key do not belong together or are not PEM: ${cert}, ${key}. Use the two files of the same issuance.`,
  }),
  web_missing: ({ folder }) => ({
    de: `Die Web-Oberfläche ist noch nicht gebaut: ${folder}. Starten Sie mit npm start, dann wird sie vorher gebaut.`,
    en: `The web client has not been built yet: ${folder}. Start with npm start, which builds it first.`,
  }),
  media_failed: () => ({
    de: 'Der Medienserver ließ sich nicht starten. Sehen Sie die Zeilen darüber an, und versuchen Sie es mit RUNDE_MEDIA_WORKERS=1 noch einmal.',
    en: 'The media server could not be started. Look at the lines above, and try again with RUNDE_MEDIA_WORKERS=1.',
  }),
  usage: ({ text }) => text,
  internal: () => ({
    de: 'Beim Starten ist ein Fehler aufgetreten, den das Programm nicht kennt. Bitte melden Sie ihn mit den Zeilen darüber.',
    en: 'An error occurred during the start that the program does not know. Please report it with the lines above.',
  }),
}

/** The sentence and the mend for people. */
export function explainStartFailure<Code extends StartFailureCode>(kind: StartFailureKind<Code>): Bilingual {
  const sentence: (facts: StartFailureKind<Code>) => Bilingual = SENTENCES[kind.code]
  return sentence(kind)
}
