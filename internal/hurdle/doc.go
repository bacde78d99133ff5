// Package hurdle keeps the obstacles (Hürden) that bodies meet on their way to a service.
//
// A body reports what hinders it at a step, or joins what others have reported before. The Land sees how many bodies
// each obstacle affects, and sees to it:
//
//	reported -> confirmed -> in_progress -> resolved (in words: every affected body reads them at its step)
//	                                     -> accepted | rejected (a reason is mandatory)
//	resolved | rejected -> in_progress (an affected body says that it persists, and why)
//
// In progress with a solution means that the affected bodies are testing it. Beside its state an open obstacle may be
// escalated to a committee, whose decision comes back, or be merged into another. While it is open it blocks
// the steps of those who said so; nobody stores that (see views portal.blockade and portal.blocked_onboarding).
//
// An obstacle belongs to the Land: no row of it names a body. Whom it affects stands apart, as records of the bodies.
package hurdle
