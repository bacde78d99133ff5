package page

import (
	"slices"

	"rollinportal/web/ui"
)

// AgeKeys are the spans of hurdle.Ages as URLs name them, AgeWords as people read them.
var (
	AgeKeys  = []string{"bis-14", "bis-30", "bis-60", "laenger"}
	AgeWords = []string{"bis 14 Tage", "15 bis 30 Tage", "31 bis 60 Tage", "länger als 60 Tage"}
)

// AgeOf reads a span as a URL names it, counted from 1; 0 for what nobody knows.
func AgeOf(key string) int { return 1 + slices.Index(AgeKeys, key) }

// AgeOptions offers the spans in a filter.
func AgeOptions() []ui.Option {
	options := make([]ui.Option, len(AgeKeys))
	for i, key := range AgeKeys {
		options[i] = ui.Option{Value: key, Text: AgeWords[i]}
	}
	return options
}
