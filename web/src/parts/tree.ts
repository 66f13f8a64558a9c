export interface Branch<Node> {
  node: Node
  /** How deep it stands, 0 at the top. */
  depth: number
}

/** Things that may stand below each other, in the order of a tree; what stands below something unknown is at the top. */
export function asTree<Node extends { id: string; parentId?: string | undefined; name: string }>(nodes: readonly Node[]): Array<Branch<Node>> {
  const known = new Set(nodes.map((one) => one.id))
  const below = new Map<string, Node[]>()
  for (const node of nodes) {
    const parent = node.parentId !== undefined && known.has(node.parentId) ? node.parentId : ''
    below.set(parent, [...(below.get(parent) ?? []), node])
  }
  const all: Array<Branch<Node>> = []
  const seen = new Set<string>()
  const walk = (parent: string, depth: number) => {
    for (const node of (below.get(parent) ?? []).sort((a, b) => a.name.localeCompare(b.name))) {
      if (seen.has(node.id)) continue
      seen.add(node.id)
      all.push({ node, depth })
      walk(node.id, depth + 1)
    }
  }
  walk('', 0)
  return all
}
