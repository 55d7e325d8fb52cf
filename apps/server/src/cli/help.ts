// The text of `runde --help`, in both languages.
import type { Bilingual } from '@runde/contract'
import { VERSION } from '../version.ts'

export const HELP: Bilingual = {
  de: `Runde ${VERSION} - Besprechungen auf dem eigenen Server

  runde start
      startet den Server; dasselbe wie npm start ohne Bau der Web-Oberfläche
  runde meeting create --title TITEL
      legt eine Besprechung an und zeigt ihren Link
  runde organiser link [--name NAME]
      zeigt einen Einmal-Link zum Anmelden, mit --name für dieses Konto; vor der Einrichtung
      den Einrichtungslink
  runde token --room RAUM --identity KENNUNG [--name NAME] [--ttl 6h]
              [--no-publish] [--no-subscribe] [--no-data] [--admin]
      zeigt eine Zutrittsmarke für den Medienserver (für Entwicklung und Bots)
  runde audit-jitsi PFAD... [--lang de|en] [--json] [--fail-on crit|high|med|low|none]
              [--sarif DATEI] [--markdown DATEI] [--html DATEI] [--pdf DATEI] [--docx DATEI]
              [--patch DATEI] [--compare FRÜHER.json] [--own-host NAME]...
              [--assume-release stable-9646] [--live https://RECHNER [--yes]]
      prüft die Konfiguration eines Jitsi-Servers: Ordner, Dateien, Archive, - für die
      Standardeingabe. Rückgabewert 1, wenn Schweres verletzt ist (Vorgabe: high), 2 bei
      falschem Aufruf. Nur --live sendet etwas: an den genannten Rechner, nach einer Rückfrage,
      die --yes beantwortet.
  runde dossier --out ORDNER [--lang de|en] [--format md,html,docx,pdf] [--facts DATEI]
              [--packs DATEI]
      schreibt die Datenschutzunterlagen dieser Installation, mit --facts die eines Faktenblatts,
      mit --packs nach den Regeln einer Datei
  runde prove
      lässt den laufenden Server seine Zusagen prüfen und zeigt die Ergebnisse
  runde debug --hours STUNDEN --purpose ZWECK | --off | --status
      schaltet für 1 bis 72 Stunden ein Diagnoseprotokoll mit gekürzten Netzadressen ein, beendet
      es oder zeigt, ob es läuft und was gelöscht wurde
  runde backup [--out DATEI]
      sichert Datenbank und Einstellungen in eine Datei, auch während der Server läuft; ohne --out
      in den eingestellten Ordner, aus dem zu alte Kopien dann gelöscht werden. Ohne Schlüssel,
      Anmeldungen und Links
  runde restore --from DATEI --to ORDNER
      prüft eine Sicherungskopie und macht daraus einen neuen Datenordner
  runde surroundings [PFAD...]
      sagt, was nginx, Caddy, Apache, coturn und journald auf diesem Rechner mitschreiben, wie
      lange es bleibt und was zu ändern ist. Rückgabewert 1, wenn etwas zu ändern ist
  runde --version
  runde --help

Die Befehle außer audit-jitsi lesen dieselben Einstellungen wie der Server: RUNDE_CONFIG,
RUNDE_DATA und die anderen aus config.sample.yaml. Der Server darf dabei laufen.`,
  en: `Runde ${VERSION} - meetings on your own server

  runde start
      starts the server; the same as npm start without building the web client
  runde meeting create --title TITLE
      creates a meeting and prints its link
  runde organiser link [--name NAME]
      prints a one-time link to sign in, with --name for that account; before the set-up the
      set-up link
  runde token --room ROOM --identity IDENTITY [--name NAME] [--ttl 6h]
              [--no-publish] [--no-subscribe] [--no-data] [--admin]
      prints an access token for the media server (for development and bots)
  runde audit-jitsi PATH... [--lang de|en] [--json] [--fail-on crit|high|med|low|none]
              [--sarif FILE] [--markdown FILE] [--html FILE] [--pdf FILE] [--docx FILE]
              [--patch FILE] [--compare EARLIER.json] [--own-host NAME]...
              [--assume-release stable-9646] [--live https://HOST [--yes]]
      examines the configuration of a Jitsi server: folders, files, archives, - for standard
      input. Exit code 1 if something severe is violated (default: high), 2 for a wrong call.
      Only --live sends anything: to the host named, after a question
      (--yes answers it).
  runde dossier --out FOLDER [--lang de|en] [--format md,html,docx,pdf] [--facts FILE]
              [--packs FILE]
      writes the data protection documents of this installation, or of a fact sheet (--facts),
      with --packs under the rules of a file
  runde prove
      makes the running server test its promises and prints the results
  runde debug --hours HOURS --purpose PURPOSE | --off | --status
      switches a diagnostic log with truncated network addresses on for 1 to 72 hours, ends it,
      or says whether it runs and what was deleted
  runde backup [--out FILE]
      backs the database and the settings up into one file, also while the server runs; without
      --out into the configured folder, from which copies that are too old are then deleted.
      Without keys, sign-ins and links
  runde restore --from FILE --to FOLDER
      checks a backup and makes a new data folder out of it
  runde surroundings [PATH...]
      says what nginx, Caddy, Apache, coturn and journald on this machine log, how long it stays
      and what to change. Exit code 1 if something is to be changed
  runde --version
  runde --help

The commands other than audit-jitsi read the same settings as the server: RUNDE_CONFIG,
RUNDE_DATA and the others in config.sample.yaml. The server may be running meanwhile.`,
}
