// `npm run prove:meeting`: a trial meeting on the running server with the browsers of this machine; what it shows is stored as proof.
import { randomBytes } from 'node:crypto'
import { asEpochMillis } from '@runde/contract'
import { FACTS } from '@runde/dossier'
import { addMeeting, findKeyPair, loadConfig, makeSignInLink, openStore } from '@runde/server/proving'
import type { Store } from '@runde/store'
import { type Shown, holdMeeting } from './prove/meeting.ts'
import { say } from './support/say.ts'

const { config, secrets } = loadConfig(process.env)
const store = await openStore(config.dataFolder)
try {
  await prove(store)
} finally {
  await store.close()
}

async function prove(proofs: Store): Promise<void> {
  const now = asEpochMillis(Date.now())
  const pair = await findKeyPair(proofs, secrets, now)
  const meeting = await addMeeting(proofs, randomBytes, { organiserId: null, title: 'Probe', createdAt: now })
  if (meeting === undefined) throw new Error('there are too many meetings for a trial')
  try {
    const maker = { store: proofs, publicUrl: config.publicUrl, now, random: randomBytes }
    const shown = await holdMeeting({
      config,
      room: meeting.id,
      pair,
      // The pages behind the sign-in are looked at, too, where somebody has set the server up.
      signIn: await makeSignInLink(maker),
    })
    for (const each of shown) await keep(proofs, each)
  } finally {
    await proofs.meetings.discard(meeting.id)
  }
}

async function keep(proofs: Store, { id, value, passed, found }: Shown): Promise<void> {
  await proofs.probes.add({
    probe: id,
    ranAt: asEpochMillis(Date.now()),
    result: JSON.stringify(value),
    passed,
  })
  const { de, en } = FACTS[id].label
  const places = found.length === 0 ? '' : `; ${found.join(', ')}`
  say(
    `${passed ? 'bestanden' : 'NICHT bestanden'}  ${de}: ${JSON.stringify(value)}${places}`,
    `${passed ? 'passed' : 'FAILED'}  ${en}: ${JSON.stringify(value)}${places}`,
  )
  if (!passed) process.exitCode = 1
}
