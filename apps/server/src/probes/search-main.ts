// The search as a process of its own: paths and needles come in as JSON on standard input, what was found goes out the same way.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { searchPaths } from './search.ts'

const Order = z.object({
  paths: z.array(z.string()),
  needles: z.array(z.object({ name: z.string(), forms: z.array(z.base64()) })),
})

const { paths, needles } = Order.parse(JSON.parse(await text(process.stdin)))
const found = await searchPaths(
  paths,
  needles.map(({ name, forms }) => ({ name, forms: forms.map((form) => Buffer.from(form, 'base64')) })),
)
process.stdout.write(JSON.stringify(found))
