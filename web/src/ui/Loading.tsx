import { Skeleton } from '@mantine/core'
import { useEffect, useState } from 'react'

/** Grey lines while something comes; after a second it says what. */
export function Loading({ what, lines = 4 }: { what: string; lines?: number }) {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), 1000)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div style={{ padding: 16 }} aria-busy>
      {Array.from({ length: lines }, (_, at) => (
        <Skeleton key={at} height={14} mb={12} width={`${92 - ((at * 17) % 40)}%`} animate={false} />
      ))}
      <div role="status" style={{ color: 'var(--cs-dim)', minHeight: 20 }}>
        {long ? `Loading ${what}…` : ''}
      </div>
    </div>
  )
}
