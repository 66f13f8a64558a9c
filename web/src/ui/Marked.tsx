/** A sentence of the server: what stands in backticks is what somebody typed, or a name, and is set as such. */
export function Marked({ children }: { children: string }) {
  return (
    <>
      {children.split('`').map((part, at) => (at % 2 === 1 ? <code key={at}>{part}</code> : part))}
    </>
  )
}
