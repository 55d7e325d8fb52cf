import { expect, test } from 'vitest'
import { readCompose } from '../env/read-compose.ts'
import { readDotenv } from '../env/read-dotenv.ts'
import { place, plain, values } from '../testing/plain.ts'
import { type ContainerLogging, containerLogging, readDockerDaemon } from './container-logging.ts'

function logging(yaml: string, daemon?: string): ContainerLogging {
  const env = readDotenv({ path: '.env', text: '' })
  const [service] = readCompose(
    [{ path: 'c.yml', text: `services:\n  web:\n    image: x\n${yaml}` }],
    env,
    () => undefined,
  )
  if (service === undefined) throw new Error('no service')
  return containerLogging(
    service,
    daemon === undefined ? undefined : readDockerDaemon({ path: 'daemon.json', text: daemon }),
  )
}

function options(one: ContainerLogging): unknown {
  return Object.fromEntries([...one.options].map(([key, node]) => [key, plain(node)]))
}

test('daemon.json with places; broken ones are a fragment', () => {
  const daemon = readDockerDaemon({
    path: 'daemon.json',
    text: '{\n "log-driver": "local",\n "log-opts": { "max-size": "10m" }\n}',
  })
  expect(values(daemon)).toEqual({ 'log-driver': 'local', 'log-opts': { 'max-size': '10m' } })
  expect([daemon.completeness, place(daemon.root.entries.get('log-driver'))]).toEqual([
    'complete',
    'daemon.json:2',
  ])
  expect(readDockerDaemon({ path: 'd', text: '{ "a": ' }).completeness).toBe('fragment')
  expect(values(readDockerDaemon({ path: 'd', text: '[]' }))).toEqual({})
})

test('the service decides, then the daemon, then Docker', () => {
  const own = logging(
    '    logging:\n      driver: journald\n      options: { tag: x }\n',
    '{"log-driver":"local","log-opts":{"max-size":"1m"}}',
  )
  expect([own.driver, options(own), place(own)]).toEqual(['journald', { tag: 'x' }, 'c.yml:5'])
  const daemon = logging(
    '    logging:\n      options: { max-file: "2" }\n',
    '{"log-driver":"local","log-opts":{"max-size":"1m"}}',
  )
  expect([daemon.driver, options(daemon), place(daemon)]).toEqual([
    'local',
    { 'max-size': '1m', 'max-file': '2' },
    'daemon.json:1',
  ])
  const stock = logging('')
  expect([stock.driver, options(stock), place(stock)]).toEqual(['json-file', {}, 'stock-default c.yml:3'])
  expect(logging('    logging:\n      driver: {{ d }}\n').driver).toBeUndefined()
})
