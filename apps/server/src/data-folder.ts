// Opens the store in the data folder and makes its faults sentences; finds the key pair to sign with.
import { randomBytes } from 'node:crypto'
import { hide, type EpochMillis } from '@runde/contract'
import { StoreOpenError, openSqliteStore, type KeyPair, type Store, type StoreFault } from '@runde/store'
import type { ServerSecrets } from './config/secrets.ts'
import { StartFailure } from './start-failures.ts'

/** Faults the operator can mend; any other one is a bug and keeps its own error. */
const FAILURES: Readonly<Partial<Record<StoreFault, 'data_unwritable' | 'data_not_ours' | 'data_too_new'>>> =
  {
    folder_unwritable: 'data_unwritable',
    not_a_database: 'data_not_ours',
    too_new: 'data_too_new',
  }

/** Opens the data folder's database. @throws StartFailure */
export async function openStore(folder: string): Promise<Store> {
  try {
    return await openSqliteStore(folder)
  } catch (error) {
    const code = error instanceof StoreOpenError ? FAILURES[error.fault] : undefined
    throw code === undefined ? error : new StartFailure({ code, folder }, error)
  }
}

/** The configured pair, else the one in the data folder, which is made on first use. */
export async function findKeyPair(store: Store, secrets: ServerSecrets, now: EpochMillis): Promise<KeyPair> {
  return secrets.keyPair ?? (await store.keyPairs.getOrMake(makeKeyPair, now))
}

/** The secret has the 256 bits of the signature's hash (RFC 7518 section 3.2). */
function makeKeyPair(): KeyPair {
  return {
    key: `runde-${randomBytes(6).toString('hex')}`,
    secret: hide(randomBytes(32).toString('base64url')),
  }
}
