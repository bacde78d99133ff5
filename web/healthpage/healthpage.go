// Package healthpage tells load balancers whether this instance lives and whether it can work. It gives no details.
package healthpage

import (
	"context"
	"io"
	"net/http"
	"sync/atomic"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Pages answers health checks.
type Pages struct {
	DB       *postgres.DB
	Draining *atomic.Bool // this instance is about to end
}

// Alive answers as long as the process does.
func (p Pages) Alive(w http.ResponseWriter, _ *http.Request, _ access.Actor) error {
	return answer(w, http.StatusOK, "ok")
}

// Ready answers 200 while the database does within half a second and has the schema that this program needs; 503
// otherwise, and from the moment on when the instance is told to end.
func (p Pages) Ready(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	ctx, cancel := context.WithTimeout(r.Context(), 500*time.Millisecond)
	defer cancel()
	if p.Draining.Load() || p.DB.Ready(ctx) != nil {
		return answer(w, http.StatusServiceUnavailable, "unavailable")
	}
	return answer(w, http.StatusOK, "ready")
}

func answer(w http.ResponseWriter, status int, text string) error {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(status)
	_, err := io.WriteString(w, text+"\n")
	return err
}
