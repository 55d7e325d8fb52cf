// Reads the native sender's histogram: how long packets are inside this server, from the kernel back to the kernel.

/** Milliseconds that packets were inside, since the start; each figure is the upper end of its bucket (a quarter of a doubling). */
export interface AddedDelays {
  /** Datagrams that were measured: those that came in turns which sent media. */
  readonly count: number
  readonly p50: number
  readonly p99: number
  readonly p999: number
}

/** Lower end of a bucket in microseconds: 0 to 3, then four for each doubling (native/transmit.c). */
function bucketStart(bucket: number): number {
  if (bucket < 4) return bucket
  return (4 + (bucket % 4)) * 2 ** (Math.floor(bucket / 4) - 1)
}

/** The figures of a histogram. */
export function addedDelays(histogram: Float64Array): AddedDelays {
  const count = histogram.reduce((sum, of) => sum + of, 0)
  const quantile = (share: number): number => {
    let seen = 0
    const bucket = histogram.findIndex((of) => (seen += of) >= share * count)
    return count === 0 ? 0 : bucketStart(bucket + 1) / 1000
  }
  return { count, p50: quantile(0.5), p99: quantile(0.99), p999: quantile(0.999) }
}
