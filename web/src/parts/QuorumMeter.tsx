import { Face } from './PersonChip'
import classes from './QuorumMeter.module.css'

export interface Signature {
  id: string
  name: string
  kind?: string
  denied?: boolean
}

export interface Slot {
  /** Who or what is missing: a team, a role, a person. */
  label: string
  /** You can fill it. */
  mine?: boolean
  /** Nobody can fill it now. */
  impossible?: boolean
}

interface QuorumMeterProps {
  signatures: Signature[]
  slots: Slot[]
  /** The line beneath: how many of how many, and what is missing, in words. */
  bold?: string
  words?: string
}

/** A sheet with signature lines: who has signed, which lines are empty, and which of them is yours. */
export function QuorumMeter({ signatures, slots, bold, words }: QuorumMeterProps) {
  return (
    <div>
      <div className={classes.line} hidden={signatures.length + slots.length === 0}>
        {signatures.map((one) => (
          <Face key={one.id} id={one.id} name={one.name} kind={one.kind} mark={one.denied ? 'denied' : 'approved'} />
        ))}
        {slots.map((slot, at) => (
          <span key={`${slot.label}-${at}`} className={classes.slot} data-mine={slot.mine === true} data-impossible={slot.impossible === true}>
            {slot.label}
          </span>
        ))}
      </div>
      {bold || words ? (
        <div className={classes.words}>
          {bold ? <strong>{bold}</strong> : null}
          {bold && words ? ' · ' : null}
          {words}
        </div>
      ) : null}
    </div>
  )
}
