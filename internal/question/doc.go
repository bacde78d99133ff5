// Package question lets a body and those who help it talk: questions (Fragen) and comments (Kommentare) at a step of a
// checklist, or at the way to a service as a whole.
//
//	open -> answered -> closed (nothing more is said)
//	  ^--------'  the asker goes on asking
//
// Nobody is addressed by name. A question goes to where its step lies: to the provider or the ministry that the step
// belongs to, or else to the Land's advice team; a question of the Land goes to the body. A comment waits for no answer.
//
// Other bodies never see a question. What may help them, the Land publishes as a Help: question and answer as texts of
// their own, without names, at that step of the template for every body and service. Nothing leads back to the asker.
package question
