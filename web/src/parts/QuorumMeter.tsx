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
  /** In a row: yours first, two of them at most, and one line of words. */
  dense?: boolean
}

const FEW = 2

/** What fits into a row: the reader's own line first, then what nobody can fill, then the others; the rest is a number. */
export function fewSlots(slots: readonly Slot[]): { shown: Slot[]; more: number } {
  const weight = (slot: Slot) => (slot.mine ? 0 : slot.impossible ? 1 : 2)
  const shown = [...slots].sort((a, b) => weight(a) - weight(b)).slice(0, slots.length === FEW + 1 && slots.every((one) => one.label.length < 10) ? FEW + 1 : FEW)
  return { shown, more: slots.length - shown.length }
}

/** A sheet with signature lines: who has signed, which lines are empty, and which of them is yours. */
export function QuorumMeter({ signatures, slots, bold, words, dense = false }: QuorumMeterProps) {
  const { shown, more } = dense ? fewSlots(slots) : { shown: slots, more: 0 }
  return (
    <div className={classes.meter} data-dense={dense}>
      <div className={classes.line} data-part="line" hidden={signatures.length + slots.length === 0}>
        {signatures.map((one) => (
          <Face key={one.id} id={one.id} name={one.name} kind={one.kind} mark={one.denied ? 'denied' : 'approved'} />
        ))}
        {shown.map((slot, at) => (
          <span key={`${slot.label}-${at}`} className={classes.slot} data-mine={slot.mine === true} data-impossible={slot.impossible === true} data-short={slot.label.length < 12} title={slot.label}>
            {slot.label}
          </span>
        ))}
        {more > 0 ? (
          <span className={classes.slot} data-more title={slots.map((slot) => slot.label).join(', ')}>
            +{more} <span className="visually-hidden">more</span>
          </span>
        ) : null}
      </div>
      {bold || words ? (
        <div className={classes.words} title={dense ? words : undefined}>
          {bold ? <strong>{bold}</strong> : null}
          {bold && words ? ' · ' : null}
          {words}
        </div>
      ) : null}
    </div>
  )
}
