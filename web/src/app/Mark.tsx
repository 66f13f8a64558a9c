/** The mark: the asker's check in the colour of text, the second one, in ink, starting behind it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" fill="none" strokeWidth={2.6} strokeLinecap="round" strokeLinejoin="round" aria-hidden>
      <path stroke="var(--cs-text)" d="M2 12.6l4.2 4.2L14 7.4" />
      <path stroke="var(--cs-ink)" d="M12.4 16.8L22 7.4" />
      <path stroke="var(--cs-ink)" d="M9.9 14.4l1.2 1.2" />
    </svg>
  )
}
