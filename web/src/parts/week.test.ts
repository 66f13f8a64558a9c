import { describe, expect, it } from 'vitest'
import { dayWords, hoursPerWeek, offsetWords, placeInWeek, runs, weekWords } from './week'

const day = (applies: (hour: number) => boolean) => Array.from({ length: 24 }, (_, hour) => applies(hour))
const week = (applies: (day: number, hour: number) => boolean) =>
  Array.from({ length: 7 }, (_, at) => day((hour) => applies(at, hour)))
const plain = (text: string) => text.replaceAll('\u00a0', ' ')

describe('a week in words', () => {
  it('says the shapes people know by their names', () => {
    expect(weekWords(week(() => true))).toBe('always')
    expect(weekWords(week(() => false))).toBe('never')
    expect(weekWords(week((at, hour) => at > 4 || hour < 9 || hour >= 18))).toBe('at night and on weekends')
    expect(weekWords(week((_, hour) => hour < 6 || hour >= 22))).toBe('at night')
  })
  it('says others by days and hours', () => {
    expect(weekWords(week((at) => at < 5))).toBe('Mon to Fri')
    expect(weekWords(week((at, hour) => at < 5 && hour >= 9 && hour < 18))).toBe('Mon to Fri 09:00 to 18:00')
    expect(weekWords(week((at, hour) => at > 4 && (hour < 9 || hour >= 18)))).toBe('Sat and Sun 18:00 to 09:00')
    expect(weekWords(week((at, hour) => hour === at))).toBe('7 hours a week')
  })
  it('counts the hours and finds the stretches', () => {
    expect(hoursPerWeek(week((at, hour) => at > 4 || hour < 9 || hour >= 18))).toBe(123)
    expect(runs(day((hour) => hour < 9 || hour >= 18))).toEqual([
      { from: 0, to: 9 },
      { from: 18, to: 24 },
    ])
  })
  it('joins days that follow each other', () => {
    expect(dayWords([0, 1, 2, 3, 4])).toBe('Mon to Fri')
    expect(dayWords([5, 6])).toBe('Sat and Sun')
    expect(dayWords([4, 0, 2])).toBe('Mon, Wed and Fri')
    expect(dayWords([0, 1, 2, 3, 4, 5, 6])).toBe('every day')
  })
})

describe('moments in a zone', () => {
  const friday = Date.parse('2026-11-27T14:12:00Z')
  it('finds the place of now in the week of the policy', () => {
    expect(placeInWeek(friday, 'Europe/Istanbul')).toEqual({ day: 4, hour: 17.2, clock: 'Fri 17:12' })
    expect(placeInWeek(Date.parse('2026-11-29T23:30:00Z'), 'Europe/Istanbul').day).toBe(0)
  })
  it('says how far the reader is off', () => {
    expect(plain(offsetWords(friday, 'Europe/Istanbul', 'UTC'))).toBe('you are in UTC: 3 h behind')
    expect(plain(offsetWords(friday, 'UTC', 'Asia/Kolkata'))).toBe('you are in Kolkata: 5 h 30 min ahead')
    expect(offsetWords(friday, 'UTC', 'UTC')).toBe('')
    expect(offsetWords(friday, 'UTC', 'Europe/London')).toBe('you are in London: the same time')
  })
})
