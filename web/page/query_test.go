package page

import (
	"net/http/httptest"
	"slices"
	"testing"

	"rollinportal/web/ui"
)

func listAt(address string) Query {
	r := httptest.NewRequest("GET", address, nil)
	return QueryOf(r, "suche", "stand").Joining(r, "leistung", 3)
}

func TestAListReadsItsFiltersAndNothingElse(t *testing.T) {
	t.Parallel()
	for address, c := range map[string]struct {
		suche    string
		services []string
		page     int
		filtered bool
		bare     bool
	}{
		"/l":                                     {"", nil, 1, false, true},
		"/l?fremd=1":                             {"", nil, 1, false, true},
		"/l?suche=+Wohn+":                        {"Wohn", nil, 1, true, false},
		"/l?suche=++":                            {"", nil, 1, false, true},
		"/l?sortierung=name&seite=2":             {"", nil, 2, false, false},
		"/l?seite=1":                             {"", nil, 1, false, false},
		"/l?seite=0":                             {"", nil, 1, false, false},
		"/l?seite=x":                             {"", nil, 1, false, false},
		"/l?seite=1000000":                       {"", nil, 1_000_000, false, false},
		"/l?seite=1000001":                       {"", nil, 1, false, false},
		"/l?leistung=a,b&leistung=c":             {"", []string{"a", "b", "c"}, 1, true, false},
		"/l?leistung=a&leistung=b,c,d&seite=3":   {"", []string{"a", "b", "c"}, 3, true, false},
		"/l?leistung=,&leistung=":                {"", nil, 1, false, true},
		"/l?leistung=a%00b":                      {"", []string{"a", "b"}, 1, true, false},
		"/l?suche=a%00b&stand=offen&sortierung=": {"ab", nil, 1, true, false},
	} {
		q := listAt(address)
		if q.Get("suche") != c.suche || !slices.Equal(q.All("leistung"), c.services) || q.Page() != c.page || q.Filtered() != c.filtered || q.Bare() != c.bare {
			t.Errorf("%s: %q %q, page %d, filtered %t, bare %t", address, q.Get("suche"), q.All("leistung"), q.Page(), q.Filtered(), q.Bare())
		}
	}
}

func TestLinksOfAListKeepItsStateAndStartAnew(t *testing.T) {
	t.Parallel()
	q := listAt("/l?suche=a&seite=3&sortierung=-name")
	kept := q.Keeping("land", "th").Keeping("druck", "1")
	for _, c := range []struct{ name, got, want string }{
		{"another filter", q.With("stand", "offen"), "/l?sortierung=-name&stand=offen&suche=a"},
		{"no filter", q.With("suche", ""), "/l?sortierung=-name"},
		{"nothing", listAt("/l?suche=a").With("suche", ""), "/l"},
		{"reset", q.Reset(), "/l"},
		{"kept", kept.Reset(), "/l?druck=1&land=th"},
		{"a saved view", q.Encoded(), "sortierung=-name&suche=a"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %s, want %s", c.name, c.got, c.want)
		}
	}
	if got := q.Values("suche"); !slices.Equal(got, []ui.Value{{Name: "sortierung", Value: "-name"}}) {
		t.Errorf("carried through another form: %v", got)
	}
	if got := kept.Hidden(); len(got) != 3 || !slices.Contains(got, ui.Value{Name: "land", Value: "th"}) || !slices.Contains(got, ui.Value{Name: "sortierung", Value: "-name"}) {
		t.Errorf("carried through the filter form: %v", got)
	}
	if got := listAt("/l").Hidden(); len(got) != 0 {
		t.Errorf("nothing is carried as %v", got)
	}
	if got := q.Active("suche", "„a“"); len(got) != 1 || got[0].URL != "/l?sortierung=-name" || q.Active("stand", "x") != nil {
		t.Errorf("a filter that is set is removed by %v", got)
	}
}

func TestHeadsOfColumnsTurnTheOrderRound(t *testing.T) {
	t.Parallel()
	for address, c := range map[string]struct{ direction, url string }{
		"/l":                  {"", "/l?sortierung=name"},
		"/l?sortierung=name":  {string(ui.Ascending), "/l?sortierung=-name"},
		"/l?sortierung=-name": {string(ui.Descending), "/l?sortierung=name"},
		"/l?sortierung=stand": {"", "/l?sortierung=name"},
	} {
		if got := listAt(address).SortHeader("name", "Name"); string(got.Direction) != c.direction || got.URL != c.url {
			t.Errorf("%s: %q, %s", address, got.Direction, got.URL)
		}
	}
}

func TestPagesLeadToTheirNeighbours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		address    string
		total      int
		pages      int
		prev, next string
	}{
		{"/l", 0, 0, "", ""},
		{"/l", 50, 1, "", ""},
		{"/l", 51, 2, "", "/l?seite=2"},
		{"/l?seite=2", 51, 2, "/l?seite=1", ""},
		{"/l?seite=2", 150, 3, "/l?seite=1", "/l?seite=3"},
	} {
		got := listAt(c.address).Pagination(c.total, 50)
		if got.Pages != c.pages || got.PrevURL != c.prev || got.NextURL != c.next {
			t.Errorf("%s of %d: %d pages, back to %q, on to %q", c.address, c.total, got.Pages, got.PrevURL, got.NextURL)
		}
	}
}
