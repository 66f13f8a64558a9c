/** A link of somebody else's is a link only to the web; anything else is shown as text. */
export function webAddress(text: string): string | undefined {
  try {
    const address = new URL(text)
    return address.protocol === 'https:' || address.protocol === 'http:' ? address.href : undefined
  } catch {
    return undefined
  }
}
