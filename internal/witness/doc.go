// Package witness writes down what people asked of the portal and what they heard, and judges whether one clerk with one pen
// could have given these answers: in some order, one after the other, each at a moment between question and answer. That is
// linearizability, promise P8; porcupine searches for the order.
//
//	people ── ask ──> the portal
//	   └── History: question, answer, and which came before which ── Check ──> nil, or what cannot have been
//
// Whoever hears nothing, or that nobody knows, leaves a question open: it counted at any time since, or never. It is for
// tests; they bring the portal and the faults.
package witness
