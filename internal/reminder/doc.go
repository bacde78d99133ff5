// Package reminder tells people of dates before and after they pass.
//
//	days to the due date of a step:   -14  -3 | +1  +7 | +14 | +21
//	who hears of it:            the coordinator    | the deputy | the Land
//
// A step that lies with an organisation of the Land, or waits for its check, is that organisation's: it hears instead of
// the body, and the Land in the end. Nobody is reminded of what nobody here can do now: steps that rest, that wait for
// another step, that an obstacle blocks, or that lie with somebody outside.
//
// Deputies are those whom the body's profile names and who can sign in. Without one, everybody of the body hears who does
// not coordinate: the profile's addresses are for asking people, not for mails that they never agreed to.
//
// Reminders go out on working days: before a date on the last one before, after it on the next. A step reminds once for
// each date and distance; a date that moves is a new one. What concerns one reader, service and date is one notice.
package reminder
