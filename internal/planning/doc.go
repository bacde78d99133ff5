// Package planning prepares the roll-in of an approved service, before it starts.
//
// The Land fills a draft, part by part: which competent bodies take part, in which waves, when each wave goes live, and
// what the bodies are told. The draft is kept for the service; whoever of the Land comes next goes on with it.
//
//	scope -> waves -> dates -> letter -> start (waves, checklists and letters come; of the draft the letter stays)
//
// An IT-Dienstleister connects only so many bodies a week. Spread gives every body a day within that, and says which
// wave does not fit. The letter is a text with fields from a short list; it is kept for each body as it was sent. Whoever is
// taken in later gets it too.
package planning
