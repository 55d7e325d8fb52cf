// What stands beside the files of the bundle: which is which, and how its hashes are checked without this product.
import type { Bilingual } from '@runde/contract'

/** As plain text, in both languages. */
export const BUNDLE_README: Bilingual = {
  de: `Unterlagen zum Datenschutz: alles in einem Paket

de/, en/          jede Unterlage auf Deutsch und auf Englisch: PDF, Word, HTML, Markdown und JSON
facts.json        worauf die Sätze beruhen: Einstellungen, Messungen und Angaben; daraus macht
                  "runde dossier --facts facts.json" dieselben Unterlagen ohne Server
approvals.json    die Freigaben: wer, in welcher Rolle, wann, nächste Prüfung, Prüfsumme
snapshots/        was jeweils freigegeben wurde, Zeichen für Zeichen, wie es in die Prüfsumme einging
comments.json     die Anmerkungen mit ihren Antworten
proofs.json       das letzte Ergebnis jedes Prüflaufs
deletions.json    die Nachweise, dass gelöscht wurde
SHA256SUMS        Prüfsumme jeder anderen Datei; zu prüfen mit: sha256sum -c SHA256SUMS

Die Kette der Freigaben: Jede Prüfsumme in approvals.json ist SHA-256 über das JSON (ohne Leerzeichen) der Liste
[previous, number, document, SHA-256 der Datei in snapshots/, approverName, approverRoles, approvedAt als Zahl
in Millisekunden seit 1970, reviewOn]. "previous" ist die Prüfsumme der Freigabe davor, bei der ersten 64 Nullen.
Wer eine Freigabe ändert oder herausnimmt, ändert damit alle Prüfsummen danach.
`,
  en: `Data protection documents: everything in one bundle

de/, en/          each document in German and in English: PDF, Word, HTML, Markdown and JSON
facts.json        what the sentences rest on: settings, measurements and statements; from it,
                  "runde dossier --facts facts.json" makes the same documents without a server
approvals.json    the approvals: who, in which role, when, next review, hash
snapshots/        what was approved each time, character by character, as it went into the hash
comments.json     the comments with their answers
proofs.json       the latest result of each proof
deletions.json    the evidence that data was deleted
SHA256SUMS        hash of every other file; to check: sha256sum -c SHA256SUMS

The chain of approvals: each hash in approvals.json is SHA-256 of the JSON (without blanks) of the list
[previous, number, document, SHA-256 of the file in snapshots/, approverName, approverRoles, approvedAt as a number
of milliseconds since 1970, reviewOn]. "previous" is the hash of the approval before, 64 zeros for the first.
Whoever changes an approval or takes one out changes all hashes after it.
`,
}
