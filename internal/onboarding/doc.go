// Package onboarding brings a service into the bodies of a Land.
//
// After a ministry approved, the Land starts a roll-in: each competent body gets an onboarding, and the steps of the
// Musterprojektvorlage are laid out — once for the service (land), once for the body (basis), once for both (kommune).
// What a step says is a fact that a person entered; what the steps say together is computed from them:
//
//	step        open -> in_progress -> done -> (reopened, with a reason) in_progress
//	            in_progress -> submitted -> done | returned -> in_progress      where another organisation checks
//	                           submitted -> in_progress                         by the organisation that submitted
//	            done -> in_progress                                             by the day on which its evidence ends
//	            any unfinished -> not_applicable (a reason; coordinator only)
//
//	onboarding  not_started -> interested -> committed -> preparing -> connecting -> testing -> ready -> live -> operating
//	            on the side, each with a reason: paused, declined, not_applicable, decommissioned
//
// Up to ready the state of an onboarding follows its own steps (basis steps say nothing about one service). Taking
// part, going live and every side state are acts of a person. Blocked and overdue are never stored: a step is blocked
// while a step before it is unfinished, and overdue only when it could be done.
//
// Many steps change in one act, the batch: judged one after the other by the same rules, saved at once, under one number.
// Whoever made it can undo it for 15 minutes; what changed since stays (ADR 0016).
//
// A change of a step locks the onboardings it counts in (FOR NO KEY UPDATE, in the order of their ids), then loads,
// judges, saves and recounts. Land steps lock one another by service. Starting a roll-in locks the Land's
// coordination first, so that two roll-ins never lay out the basis steps of a body at once.
package onboarding
