package planpage

import (
	"context"
	"slices"

	"github.com/a-h/templ"

	"rollinportal/internal/access"
	"rollinportal/internal/planning"
)

// part is a step of the way to the start.
type part struct {
	Key, Title string
	save       func(s *planning.Service, ctx context.Context, who access.Actor, slug string, version int64, in planning.Input) error
	view       func(v view) templ.Component
}

// previewKey is the last part: it only shows, and starts.
const previewKey = "vorschau"

var parts = []part{
	{"umfang", "Umfang", func(s *planning.Service, ctx context.Context, who access.Actor, slug string, version int64, in planning.Input) error {
		return s.SaveScope(ctx, who, slug, version, in.LeftOut)
	}, scope},
	{"wellen", "Wellen", func(s *planning.Service, ctx context.Context, who access.Actor, slug string, version int64, in planning.Input) error {
		return s.SaveWaves(ctx, who, slug, version, in.Waves)
	}, waves},
	{"termine", "Termine", func(s *planning.Service, ctx context.Context, who access.Actor, slug string, version int64, in planning.Input) error {
		return s.SaveDates(ctx, who, slug, version, in.Spans, in.Capacity)
	}, dates},
	{"schreiben", "Schreiben", func(s *planning.Service, ctx context.Context, who access.Actor, slug string, version int64, in planning.Input) error {
		return s.SaveLetter(ctx, who, slug, version, *in.Letter)
	}, letter},
	{previewKey, "Vorschau", nil, preview},
}

func partOf(key string) (part, bool) {
	i := slices.IndexFunc(parts, func(p part) bool { return p.Key == key })
	if i < 0 {
		return part{}, false
	}
	return parts[i], true
}

// at is the place of a part on the way.
func (p part) at() int { return slices.IndexFunc(parts, func(q part) bool { return q.Key == p.Key }) }
