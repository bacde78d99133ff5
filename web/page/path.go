package page

import (
	"net/http"

	"github.com/go-chi/chi/v5"
	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

// ID reads an id in the path. What is no id is as unknown as one that nobody has.
func ID(r *http.Request, name string) (uuid.UUID, error) {
	id, err := uuid.Parse(chi.URLParam(r, name))
	if err != nil {
		return uuid.Nil, fault.Missing()
	}
	return id, nil
}
