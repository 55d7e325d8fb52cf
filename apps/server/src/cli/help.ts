// The text of `runde --help`, in both languages.
import type { Bilingual } from '@runde/contract'
import { VERSION } from '../version.ts'

export const HELP: Bilingual = {
  de: `Runde ${VERSION} - Besprechungen auf dem eigenen Server

  runde start
      startet den Server; dasselbe wie npm start ohne Bau der Web-Oberfläche
  runde meeting create --title TITEL
      legt eine Besprechung an und zeigt ihren Link
  runde organiser link
      zeigt einen Einmal-Link zum Anmelden, vor der Einrichtung den Einrichtungslink
  runde token --room RAUM --identity KENNUNG [--name NAME] [--ttl 6h]
              [--no-publish] [--no-subscribe] [--no-data] [--hidden] [--admin]
      zeigt eine Zutrittsmarke für den Medienserver (für Entwicklung und Bots)
  runde --version
  runde --help

Die Befehle lesen dieselben Einstellungen wie der Server: RUNDE_CONFIG, RUNDE_DATA und die
anderen aus config.sample.yaml. Der Server darf dabei laufen.`,
  en: `Runde ${VERSION} - meetings on your own server

  runde start
      starts the server; the same as npm start without building the web client
  runde meeting create --title TITLE
      creates a meeting and prints its link
  runde organiser link
      prints a one-time link to sign in, or the set-up link before the set-up
  runde token --room ROOM --identity IDENTITY [--name NAME] [--ttl 6h]
              [--no-publish] [--no-subscribe] [--no-data] [--hidden] [--admin]
      prints an access token for the media server (for development and bots)
  runde --version
  runde --help

The commands read the same settings as the server: RUNDE_CONFIG, RUNDE_DATA and the others
in config.sample.yaml. The server may be running meanwhile.`,
}
