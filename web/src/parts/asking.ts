/** A word as a shell takes it: quoted unless it is plain. */
export function shellWord(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

/** The first ask at a terminal. */
export function cliLines(origin: string, handle: string, environment: string): string {
  return [
    `countersign login ${shellWord(handle)} --url ${shellWord(origin)}`,
    `countersign ask -a release.deploy -R ${shellWord(environment)} --to 1.0.0 \\`,
    `  -r "first held deploy" --wait`,
  ].join('\n')
}

/** The same over HTTP. */
export function curlLines(origin: string, environment: string): string {
  const body = JSON.stringify({
    action: 'release.deploy',
    resource: { type: 'environment', id: environment, to: '1.0.0' },
    reason: 'first held deploy',
    payload: { mediaType: 'text/plain', text: 'version 1.0.0' },
  })
  return [
    `curl -sS ${shellWord(`${origin}/api/v1/asks`)} \\`,
    `  -H "Authorization: Bearer $COUNTERSIGN_TOKEN" \\`,
    `  -H "Content-Type: application/json" \\`,
    `  -d ${shellWord(body)}`,
  ].join('\n')
}

/** A thing asked for before, once more with another payload. */
export function changedLine(action: string, resource: { type: string; name: string }): string {
  const where = resource.type === 'organization' ? 'organization' : resource.type === 'environment' ? resource.name : `${resource.type}:${resource.name}`
  return `countersign ask -a ${shellWord(action)} -R ${shellWord(where)} -p FILE -r "what has changed"`
}
