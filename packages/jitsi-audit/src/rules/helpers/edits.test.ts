// Where a machine may add a line, and where it must not.
import { expect, it } from 'vitest'
import { appendLine } from './edits.ts'

it.each([
  ['etc/turnserver.conf', 1],
  ['web/custom-config.js', 1],
  ['.env', 1],
  ['templates/turn/configmap.yaml', 0],
  ['base/kustomization.yml', 0],
  ['install.sh', 0],
  ['debian/postinst', 0],
])('a line behind the last one of %s: %i edits', (file, count) => {
  expect(appendLine(file, 'no-multicast-peers')).toHaveLength(count)
})
