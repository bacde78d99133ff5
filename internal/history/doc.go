// Package history answers how a Land stood on a day, and what became of it since another day.
//
// It reads what triggers write down beside every change (ADR 0020): each row knows the day on which the portal learnt
// it and the day from which it holds. A Stichtag can therefore be asked for in two ways:
//
//	as known then   rows that were known by the Stichtag: the answer is the same for ever
//	as known today  rows that hold from the Stichtag or before, whenever they were reported or corrected
//
// A Produktivstart reported on 2 September that was on 28 August counts on 31 August only in the second answer.
//
// Everything on a report comes from the same ways, a row for each service and body, so its figures, its chart and its
// lists agree. How far a service still has to go says a Forecast.
package history
