// Package dashboard counts and lists what the other rooms keep. It reads across their tables and never writes.
//
// Every figure has a list behind it, and both ask the same question of the database: a figure on the Lagebild says
// exactly how many records its link shows. Each rule therefore stands here once, for figure and list together:
//
//	overdue   which steps are late, and the sentence that says so (overdue.go)
//	circle    whose steps and onboardings a reader may count (circle.go)
//	Stage     how the states of an onboarding are grouped (stage.go)
//	Share     what counts, and out of what (share.go)
//
// A Picture is the Lagebild of those who may know the bodies by name. A Summary is what a committee sees of it:
// counts alone, read by statements that touch neither a body's name nor a step. Body, ministry and provider each find
// on their Desk what waits for them.
package dashboard
