/** One event of a stream of server-sent events. */
export interface ServerEvent {
  name: string
  data: string
}

/** Takes a stream's text apart into its events, wherever the pieces of text begin and end. */
export class EventReader {
  private rest = ''

  /** The events that are complete with this piece of text. */
  take(text: string): ServerEvent[] {
    this.rest += text.replaceAll('\r\n', '\n')
    const events: ServerEvent[] = []
    let end = this.rest.indexOf('\n\n')
    while (end >= 0) {
      const event = parse(this.rest.slice(0, end))
      if (event) events.push(event)
      this.rest = this.rest.slice(end + 2)
      end = this.rest.indexOf('\n\n')
    }
    return events
  }
}

function parse(block: string): ServerEvent | undefined {
  let name = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon <= 0) continue
    const value = line.slice(colon + 1).replace(/^ /, '')
    if (line.startsWith('event:')) name = value
    else if (line.startsWith('data:')) data.push(value)
  }
  return data.length > 0 ? { name, data: data.join('\n') } : undefined
}

/** Reads a body of server-sent events to its end. */
export async function readEvents(body: ReadableStream<Uint8Array>, hear: (event: ServerEvent) => void): Promise<void> {
  const reader = new EventReader()
  const decoder = new TextDecoder()
  const source = body.getReader()
  for (;;) {
    const { done, value } = await source.read()
    if (done) return
    for (const event of reader.take(decoder.decode(value, { stream: true }))) hear(event)
  }
}
