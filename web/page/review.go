package page

import (
	"net/http"

	"github.com/go-chi/chi/v5"

	"rollinportal/internal/decision"
	"rollinportal/internal/fault"
)

// arts are the four reviews as addresses name them.
var arts = map[string]decision.Kind{
	"fachlich": decision.Professional, "technisch": decision.Technical, "datenschutz": decision.Privacy, "wirtschaftlichkeit": decision.Economic,
}

// Art reads which review an address is about; NotFound for any other word.
func Art(r *http.Request) (decision.Kind, error) {
	kind, ok := arts[chi.URLParam(r, "art")]
	if !ok {
		return "", fault.Missing()
	}
	return kind, nil
}

// ArtOf is the word for a review in addresses, "" for what is no review.
func ArtOf(k decision.Kind) string {
	for art, kind := range arts {
		if kind == k {
			return art
		}
	}
	return ""
}
