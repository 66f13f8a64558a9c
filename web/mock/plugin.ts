import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Plugin } from 'vite'
import { answer, listen } from './server.ts'

/** Answers the API inside Vite: `npm run mock` shows the console without a server. What is clicked is forgotten at the end. */
export function mockApi(): Plugin {
  return {
    name: 'countersign-mock',
    configureServer(vite) {
      vite.middlewares.use((request, response, next) => {
        const url = new URL(request.url ?? '/', 'http://mock')
        if (!url.pathname.startsWith('/api/')) {
          next()
          return
        }
        if (url.pathname === '/api/v1/events') {
          stream(request, response)
          return
        }
        void bodyOf(request).then((body) => {
          const told = answer(request.method ?? 'GET', url, body)
          response.statusCode = told.status
          response.setHeader('Content-Type', told.status >= 400 ? 'application/problem+json' : 'application/json')
          for (const [name, value] of Object.entries(told.headers ?? {})) response.setHeader(name, value)
          response.end(told.body === undefined ? '' : JSON.stringify(told.body))
        })
      })
    },
  }
}

function stream(request: IncomingMessage, response: ServerResponse) {
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
  response.write(':\n\n')
  const stop = listen((event) => response.write(`id:${event.leafIndex}\ndata:${JSON.stringify(event)}\n\n`))
  request.on('close', stop)
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = ''
  for await (const chunk of request) text += String(chunk)
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>)
}
