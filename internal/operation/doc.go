// Package operation is what whoever runs the platform sees of it: the work behind the scenes that does not get done, and
// the button to try it once more. It names no Land and shows no contents.
//
//	retryable -> (tries are used up) -> discarded -> Retry -> available
package operation
