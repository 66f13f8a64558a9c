import classes from './RiskTag.module.css'

const heights = [5, 8, 11]
const levels: Record<string, { word: string; bars: number }> = {
  low: { word: 'Low', bars: 1 },
  medium: { word: 'Medium', bars: 1 },
  high: { word: 'High', bars: 2 },
  critical: { word: 'Critical', bars: 3 },
}

/** How dangerous an action is: three bars and a word; critical is red and bold and full. */
export function RiskTag({ risk }: { risk: string }) {
  const level = levels[risk] ?? { word: risk, bars: 1 }
  return (
    <span className={classes.risk} data-risk={risk}>
      <svg width="14" height="12" viewBox="0 0 14 12" aria-hidden>
        {heights.map((height, at) => (
          <rect key={height} x={at * 5} y={12 - height} width="3.6" height={height} rx="0.8" className={at < level.bars ? classes.full : classes.empty} />
        ))}
      </svg>
      {level.word}
    </span>
  )
}
