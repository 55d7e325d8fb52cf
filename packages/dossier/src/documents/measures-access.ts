// Measures on physical, system and data access.
import { MISSING, both, localized } from '../engine/bilingual.ts'
import type { Reader } from '../engine/reader.ts'
import type { Bilingual } from '@runde/contract'
import { HOSTING } from '../facts/options.ts'
import { byProof, bySetting, byWord, open, share } from './measures-forms.ts'
import type { Measure, Standing } from './measures-table.ts'
import { says } from './shared.ts'

export const ACCESS_MEASURES: readonly Measure[] = [
  {
    id: 'place',
    control: 'zutritt',
    goals: ['confidentiality', 'availability'],
    fills: ['32(1)(b)'],
    name: both('Standort des Servers', 'Location of the server'),
    standing: (f) =>
      f.get('hosting.model') === undefined || f.get('hosting.place') === undefined ? 'open' : 'inPlace',
    write: (f) => {
      const model = f.get('hosting.model')
      const place = f.get('hosting.place')
      const who = says(f)
      const how = model === undefined ? MISSING : HOSTING[model]
      const where = place === undefined ? MISSING : localized(place)
      return both(
        `${who.de} wird der Server so betrieben: ${how.de}; Standort: ${where.de}.`,
        `${who.en} the server is operated as follows: ${how.en}; location: ${where.en}.`,
      )
    },
  },
  {
    id: 'physical',
    control: 'zutritt',
    goals: ['confidentiality', 'integrity', 'availability'],
    fills: ['32(1)(b)'],
    name: both('Zutritt zum Server', 'Physical access to the server'),
    standing: (f) => (f.get('hosting.physical') === undefined ? 'open' : 'inPlace'),
    write: (f) => {
      const text = f.get('hosting.physical')
      if (text === undefined) return open(both('Zutritt zum Server', 'Physical access to the server'))
      const who = says(f)
      const what = localized(text)
      return both(
        `${who.de} gilt für den Zutritt: ${what.de.replace(/[.\s]+$/, '')}.`,
        `${who.en} the rule for physical access is: ${what.en.replace(/[.\s]+$/, '')}.`,
      )
    },
  },
  bySetting(
    {
      id: 'creation',
      control: 'zugang',
      goals: ['confidentiality', 'integrity'],
      fills: ['32(1)(b)'],
      name: both('Räume nur durch angemeldete Personen', 'Rooms by signed-in persons only'),
    },
    'room.creationRestricted',
    {
      yes: both(
        'Nur angemeldete Personen können Besprechungsräume anlegen.',
        'Only signed-in persons can create meeting rooms.',
      ),
      no: both(
        'Jede Person, die den Server erreicht, kann Besprechungsräume anlegen.',
        'Everybody who reaches the server can create meeting rooms.',
      ),
    },
  ),
  {
    id: 'secondFactor',
    control: 'zugang',
    goals: ['confidentiality', 'integrity'],
    fills: ['32(1)(b)'],
    name: both('Zweiter Faktor bei der Anmeldung', 'Second factor at sign-in'),
    standing: (f) =>
      f.is('feature.secondFactor', 'required')
        ? 'inPlace'
        : f.is('feature.secondFactor', 'optional')
          ? 'partly'
          : 'notInPlace',
    write: (f) => {
      switch (f.get('feature.secondFactor')) {
        case 'required':
          return both(
            'Die Anmeldung verlangt von jedem Konto einen zweiten Faktor; daran vorbei führt nur ein Einmal-Link, den allein anlegen kann, wer auf dem Server Befehle ausführen darf.',
            'Sign-in requires a second factor of every account; the only way past it is a one-time link, which only those can make who may run commands on the server.',
          )
        case 'optional':
          return both(
            'Bei der Anmeldung kann ein zweiter Faktor benutzt werden; Pflicht ist er nicht.',
            'A second factor can be used at sign-in; it is not mandatory.',
          )
        default:
          return both(
            'Veranstaltende melden sich über Einmal-Links an; ein zweiter Faktor ist nicht vorhanden.',
            'Organisers sign in by one-time links; there is no second factor.',
          )
      }
    },
  },
  {
    id: 'roomId',
    control: 'zugang',
    goals: ['confidentiality'],
    fills: ['32(1)(b)'],
    name: both('Nicht zu erratende Besprechungslinks', 'Unguessable meeting links'),
    standing: (f) => {
      const bits = f.get('room.idBits')
      return bits === undefined ? 'open' : bits >= ENOUGH_BITS ? 'inPlace' : 'partly'
    },
    write: (f) => {
      const bits = f.get('room.idBits')
      if (bits === undefined)
        return open(both('Nicht zu erratende Besprechungslinks', 'Unguessable meeting links'))
      return bits >= ENOUGH_BITS
        ? both(
            `Besprechungslinks enthalten ${bits} Bit Zufall und sind nicht zu erraten.`,
            `Meeting links contain ${bits} bits of randomness and cannot be guessed.`,
          )
        : both(
            `Besprechungslinks enthalten ${bits} Bit Zufall; empfohlen sind ${ENOUGH_BITS}.`,
            `Meeting links contain ${bits} bits of randomness; ${ENOUGH_BITS} are recommended.`,
          )
    },
  },
  guarded('password', both('Passwort für Räume', 'Room passwords'), 'feature.password', 'room.withPassword', {
    absent: both(
      'Ein Passwort für Räume gibt es nicht; wer den Link hat, kann beitreten.',
      'There are no room passwords; whoever has the link can join.',
    ),
    off: both(
      'Ein Passwort für Räume ist nicht eingeschaltet; wer den Link hat, kann beitreten.',
      'Room passwords are not switched on; whoever has the link can join.',
    ),
    default: both(
      'Räume sind in der Voreinstellung durch ein Passwort geschützt',
      'Rooms are protected by a password by default',
    ),
    forced: both('Jeder Raum ist durch ein Passwort geschützt', 'Every room is protected by a password'),
  }),
  guarded('lobby', both('Warteraum', 'Lobby'), 'feature.lobby', 'room.withLobby', {
    absent: both(
      'Einen Warteraum gibt es nicht; Teilnehmende treten unmittelbar bei.',
      'There is no lobby; participants join directly.',
    ),
    off: both(
      'Der Warteraum ist ausgeschaltet; Teilnehmende treten unmittelbar bei.',
      'The lobby is switched off; participants join directly.',
    ),
    default: both(
      'In der Voreinstellung warten Teilnehmende, bis die Moderation sie einlässt',
      'By default participants wait until the host admits them',
    ),
    forced: both(
      'Teilnehmende warten immer, bis die Moderation sie einlässt',
      'Participants always wait until the host admits them',
    ),
  }),
  bySetting(
    {
      id: 'guessing',
      control: 'zugang',
      goals: ['confidentiality', 'dataMinimisation'],
      fills: ['32(1)(b)'],
      name: both('Abwehr von Rateversuchen', 'Defence against guessing'),
    },
    'log.guessingWithoutAddresses',
    {
      yes: both(
        'Rateversuche werden gebremst, ohne Netzadressen zu speichern; gezählt wird im Arbeitsspeicher.',
        'Guessing is slowed down without storing network addresses; counting happens in memory.',
      ),
      no: both(
        'Zur Abwehr von Rateversuchen werden Netzadressen gespeichert.',
        'Network addresses are stored to ward off guessing.',
      ),
    },
  ),
  byProof(
    {
      id: 'hiddenJoin',
      control: 'zugriff',
      goals: ['confidentiality', 'transparency'],
      fills: ['32(1)(b)'],
      name: both('Ausschluss unsichtbarer Teilnahme', 'Exclusion of hidden participation'),
    },
    'probe.hiddenJoin',
    {
      passed: (possible) => !possible,
      good: () =>
        both(
          'Niemand kann einer Besprechung unsichtbar beiwohnen, auch die Verwaltung nicht',
          'Nobody can attend a meeting unseen, not even the administration',
        ),
      bad: () =>
        both(
          'Die Prüfung hat eine unsichtbare Teilnahme zugelassen',
          'The test allowed hidden participation',
        ),
    },
  ),
  byProof(
    {
      id: 'remoteControl',
      control: 'zugriff',
      goals: ['confidentiality', 'intervenability'],
      fills: ['32(1)(b)'],
      name: both(
        'Ausschluss der Fernschaltung von Mikrofon und Kamera',
        'Exclusion of remote switching of microphone and camera',
      ),
    },
    'probe.remoteControl',
    {
      passed: (possible) => !possible,
      good: () =>
        both(
          'Niemand kann das Mikrofon oder die Kamera einer anderen Person einschalten',
          "Nobody can switch on another person's microphone or camera",
        ),
      bad: () =>
        both(
          'Die Prüfung konnte Mikrofon oder Kamera einer anderen Person einschalten',
          "The test was able to switch on another person's microphone or camera",
        ),
    },
  ),
  bySetting(
    {
      id: 'devicesOff',
      control: 'zugriff',
      goals: ['dataMinimisation', 'intervenability'],
      fills: ['32(1)(b)'],
      name: both('Kamera und Mikrofon anfangs aus', 'Camera and microphone off at first'),
    },
    'join.devicesOff',
    {
      yes: both('Beim Beitreten sind Kamera und Mikrofon aus.', 'On joining, camera and microphone are off.'),
      no: both(
        'Beim Beitreten können Kamera und Mikrofon schon eingeschaltet sein.',
        'On joining, camera and microphone may already be on.',
      ),
    },
  ),
  byWord(
    {
      id: 'diskEncrypted',
      control: 'zugriff',
      goals: ['confidentiality'],
      fills: ['32(1)(a)'],
      name: both('Verschlüsselte Datenträger', 'Encrypted disks'),
    },
    'hosting.diskEncrypted',
    {
      yes: both('sind die Datenträger des Servers verschlüsselt', 'the disks of the server are encrypted'),
      no: both(
        'sind die Datenträger des Servers nicht verschlüsselt',
        'the disks of the server are not encrypted',
      ),
    },
  ),
]

/** 2^128 tries: out of reach for anybody; the design of the meeting link. */
export const ENOUGH_BITS = 128

interface GuardTexts {
  absent: Bilingual
  off: Bilingual
  /** Without a full stop: the share of rooms follows. */
  default: Bilingual
  forced: Bilingual
}

function guarded(
  id: string,
  name: Bilingual,
  feature: 'feature.password' | 'feature.lobby',
  rooms: 'room.withPassword' | 'room.withLobby',
  texts: GuardTexts,
): Measure {
  return {
    id,
    control: 'zugang',
    goals: ['confidentiality'],
    fills: ['32(1)(b)'],
    name,
    standing: (f): Standing => {
      const state = f.get(feature)
      if (state === 'forced') return 'inPlace'
      if (state !== 'default') return 'notInPlace'
      return f.get(rooms) === f.get('room.total') ? 'inPlace' : 'partly'
    },
    write: (f: Reader) => {
      const state = f.get(feature) ?? 'absent'
      if (state === 'absent' || state === 'off') return texts[state]
      const text = texts[state]
      const part = state === 'default' ? share(f, rooms) : undefined
      return part === undefined
        ? both(`${text.de}.`, `${text.en}.`)
        : both(`${text.de} (${part.de}).`, `${text.en} (${part.en}).`)
    },
  }
}
