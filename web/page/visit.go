package page

import (
	"context"
	"net/http"

	"rollinportal/internal/access"
)

// Visit is what is known about a request on its way: who it is, and what the log line will say.
type Visit struct {
	ID     string
	Who    access.Actor
	Action access.Action
	Err    error // why it is not known who it is
	Stale  bool  // showed a session that is over
	Failed error // what the log line reports
}

type visitKey struct{}

// WithVisit returns a request that carries a visit.
func WithVisit(r *http.Request, v *Visit) *http.Request {
	return r.WithContext(context.WithValue(r.Context(), visitKey{}, v))
}

// VisitOf returns the visit of a request; an anonymous one where the middleware was not passed.
func VisitOf(r *http.Request) *Visit {
	if v, ok := r.Context().Value(visitKey{}).(*Visit); ok {
		return v
	}
	return &Visit{}
}

// Note tells the log line why a request was refused, where the answer is no page.
func Note(r *http.Request, err error) { VisitOf(r).Failed = err }
