const words: Record<string, string> = {
  person: 'Person',
  service: 'Service account',
  agent: 'Agent',
  team: 'Team',
  bootstrap: 'Administration token',
}

/** What sort of principal it is, in words. */
export function kindWords(kind: string): string {
  return words[kind] ?? kind
}
