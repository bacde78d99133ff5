// Package healthpage tells load balancers whether this instance lives and whether it can work. It gives no details.
package healthpage

import (
	"context"
	"io"
	"net/http"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/postgres"
)

// Pages answers health checks.
type Pages struct{ DB *postgres.DB }

// Alive answers as long as the process does.
func (p Pages) Alive(w http.ResponseWriter, _ *http.Request, _ access.Actor) error {
	return answer(w, http.StatusOK, "ok")
}

// Ready answers 200 while the database does within half a second, and 503 otherwise.
func (p Pages) Ready(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	ctx, cancel := context.WithTimeout(r.Context(), 500*time.Millisecond)
	defer cancel()
	if p.DB.Ping(ctx) != nil {
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
