package page

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"rollinportal/web/ui"
)

// Query is the state of a list as its URL carries it: filters, sort order, page.
type Query struct {
	path   string
	values url.Values
	kept   url.Values // what the list carries along and is no filter
}

// The parameters that every list has besides its filters.
const (
	sortParam = "sortierung"
	pageParam = "seite"
)

// QueryOf reads the named filters of a list, its sort order and page. Everything else in the URL is dropped.
func QueryOf(r *http.Request, filters ...string) Query {
	q := Query{path: r.URL.Path, values: url.Values{}}
	for _, name := range append(filters, sortParam, pageParam) {
		storable := strings.ToValidUTF8(strings.ReplaceAll(r.URL.Query().Get(name), "\x00", ""), "")
		if value := strings.TrimSpace(storable); value != "" {
			q.values.Set(name, value)
		}
	}
	return q
}

// Keeping returns the list with a parameter that stays whatever is filtered.
func (q Query) Keeping(name, value string) Query {
	kept := url.Values{name: {value}}
	maps.Copy(kept, q.kept)
	q.kept = kept
	return q
}

// Joining reads a filter that may be given several times, or once with commas, and has at most n values.
func (q Query) Joining(r *http.Request, name string, n int) Query {
	all := strings.FieldsFunc(strings.Join(r.URL.Query()[name], ","), func(c rune) bool { return c == ',' || c == 0 })
	if all = all[:min(len(all), n)]; len(all) > 0 {
		q.values.Set(name, strings.ToValidUTF8(strings.Join(all, ","), ""))
	}
	return q
}

// All returns the values of a filter that may have several.
func (q Query) All(name string) []string { return several(q.Get(name)) }

// several are the values of a filter that stands once, with commas between them.
func several(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return c == ',' })
}

// Encoded is the state of the list without its path: what a saved view keeps. The page is left out.
func (q Query) Encoded() string {
	values := maps.Clone(q.values)
	values.Del(pageParam)
	return values.Encode()
}

// EncodedWithout leaves out more than the page.
func (q Query) EncodedWithout(name string) string {
	values := maps.Clone(q.values)
	values.Del(name)
	return Query{values: values}.Encoded()
}

// Values are the filters, as hidden fields of another form on the page.
func (q Query) Values(without ...string) []ui.Value {
	var found []ui.Value
	for _, name := range slices.Sorted(maps.Keys(q.values)) {
		if name != pageParam && !slices.Contains(without, name) {
			found = append(found, ui.Value{Name: name, Value: q.Get(name)})
		}
	}
	return found
}

// Bare reports whether the URL asks for nothing: no filter, no order, no page.
func (q Query) Bare() bool { return len(q.values) == 0 }

// Get returns a filter, "" if it is not set.
func (q Query) Get(name string) string { return q.values.Get(name) }

// Sort returns the key of the sort order; a leading minus turns it round.
func (q Query) Sort() string { return q.values.Get(sortParam) }

// Page returns the page from 1.
func (q Query) Page() int {
	n, err := strconv.Atoi(q.values.Get(pageParam))
	if err != nil || n < 1 || n > 1_000_000 {
		return 1
	}
	return n
}

// Filtered reports whether any filter is set.
func (q Query) Filtered() bool {
	for name := range q.values {
		if name != sortParam && name != pageParam {
			return true
		}
	}
	return false
}

// With returns the list with one parameter changed, or removed if the value is "". A changed filter starts at page 1.
func (q Query) With(name, value string) string {
	values := url.Values{}
	for n, v := range q.values {
		if n != pageParam {
			values[n] = v
		}
	}
	values.Set(name, value)
	if value == "" {
		values.Del(name)
	}
	return q.to(values)
}

// Beside returns the list with one parameter changed that does not change which page one is on.
func (q Query) Beside(name, value string) string {
	values := maps.Clone(q.values)
	values.Set(name, value)
	return q.to(values)
}

// Reset returns the list without any filter.
func (q Query) Reset() string { return q.to(url.Values{}) }

func (q Query) to(values url.Values) string {
	maps.Copy(values, q.kept)
	if len(values) == 0 {
		return q.path
	}
	return q.path + "?" + values.Encode()
}

// Hidden carries the sort order, and what is kept, through a filter form.
func (q Query) Hidden() []ui.Value {
	var hidden []ui.Value
	for name := range q.kept {
		hidden = append(hidden, ui.Value{Name: name, Value: q.kept.Get(name)})
	}
	if q.Sort() != "" {
		hidden = append(hidden, ui.Value{Name: sortParam, Value: q.Sort()})
	}
	return hidden
}

// Active returns a removable link for a filter that is set; text says it in words.
func (q Query) Active(name, text string) []ui.Link {
	if q.Get(name) == "" {
		return nil
	}
	return []ui.Link{{Text: text, URL: q.With(name, "")}}
}

// SortHeader returns the head of a column that sorts by key.
func (q Query) SortHeader(key, text string) ui.SortHeaderProps {
	p := ui.SortHeaderProps{Text: text, URL: q.With(sortParam, key), Stacked: true}
	switch q.Sort() {
	case key:
		p.Direction, p.URL = ui.Ascending, q.With(sortParam, "-"+key)
	case "-" + key:
		p.Direction = ui.Descending
	}
	return p
}

// Pagination returns the place in a list of total rows.
func (q Query) Pagination(total, size int) ui.PaginationProps {
	p := ui.PaginationProps{Page: q.Page(), Pages: (total + size - 1) / size}
	if p.Page > 1 {
		p.PrevURL = q.With(pageParam, strconv.Itoa(p.Page-1))
	}
	if p.Page < p.Pages {
		p.NextURL = q.With(pageParam, strconv.Itoa(p.Page+1))
	}
	return p
}
