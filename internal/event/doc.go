// Package event keeps the dates that people attend: numbered Sprechstunden, information events, advice on site.
//
//	event         planned -> (its day passes) -> held        planned -> cancelled, with a reason
//	registration  none -> registered <-> withdrawn -> attended | absent, noted by the Land after the event
//
// The Land plans, every body registers with one click and may ask something beforehand. Where seats are limited, whoever
// registered first has one; the others wait, and move up when somebody withdraws. That is derived from the order of
// registration and stored nowhere.
//
// A body sees its own registration, the Land all of them; others see how many there are.
package event
