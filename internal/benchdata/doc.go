// Package benchdata fills a database with Länder in full work, as large as one likes: it is for measuring, and nobody's
// story.
//
// A Set says how many Länder, bodies and services there are. Load sets up the Länder as an operator would and copies
// everything else in past row security. What it writes agrees with itself: the states of the onboardings follow from
// their steps, and every kept figure is what a recount finds (onboarding.Service.VerifyProgress). Only the links of the
// audit trail are not chained, so the trail has its weight and proves nothing.
//
// The same Set on the same day is the same data.
package benchdata
