import { spokenDuration } from './time'

/** How long something lasts, in whole words; as the API says it on hover. */
export function Lasting({ iso }: { iso: string }) {
  return <span title={iso}>{spokenDuration(iso)}</span>
}
