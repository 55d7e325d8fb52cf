// Functions that run inside a page or one of its workers and try to reach the network. Each is sent as its source text, so each stands alone.

/** Names of the ways to connect to the own server that are open. */
export async function connectionsThatWork(): Promise<string[]> {
  const target = new URL('/', self.location.href).href
  const fetched = await fetch(target).then(
    () => ['fetch'],
    () => [],
  )
  const request = new XMLHttpRequest()
  const requested = await new Promise<string[]>((resolve) => {
    request.addEventListener('load', () => resolve(['XMLHttpRequest']))
    request.addEventListener('error', () => resolve([]))
    request.open('GET', target)
    request.send()
  })
  return [...fetched, ...requested]
}
