package survey

import (
	"cmp"
	"slices"
	"strings"

	"github.com/google/uuid"

	"rollinportal/internal/profile"
)

// Results are what a round came to.
type Results struct {
	Invited   int
	Answered  int // and accepted, or confirmed unchanged
	Unchanged int // of these
	Questions []Result
}

// Result is how the answers to a block are distributed. A body may name several products.
type Result struct {
	Block    Block
	Answered int
	Groups   []Group // the largest first
}

// Group is how many bodies gave an answer.
type Group struct {
	Name  string
	Count int
	Rest  bool // several answers that were merged

	bodies []uuid.UUID
}

// smallest is how many bodies a published group has at least: fewer would point at them.
const smallest = 3

// merged are the words of a group of small groups.
const merged = "andere, zusammengefasst"

// Spelling is what the Land counts a spelling as.
type Spelling struct {
	Key      string `db:"spelling_key"`
	Spelling string
	Products []string
	Version  int64
}

// counting says which products a spelling counts as: what the Land says, else what is known, else itself.
func counting(list []Spelling) func(string) []string {
	own := map[string][]string{}
	for _, s := range list {
		own[s.Key] = s.Products
	}
	return func(spelling string) []string {
		if said, known := own[profile.ProductKey(spelling)]; known {
			return said
		}
		if known := profile.ProductsOf(spelling); known != nil {
			return known
		}
		return []string{spelling}
	}
}

// Results counts the answers that count, by product.
func (p *Page) Counted() *Results {
	r := &Results{Invited: len(p.Responses), Answered: p.Count(Progress.Settled), Unchanged: p.Count(func(s Progress) bool { return s == Unchanged })}
	as := counting(p.Spellings)
	for _, b := range Blocks {
		r.Questions = append(r.Questions, count(b, p.Responses, as))
	}
	return r
}

// Products are what an answer to a block counts as.
func (p *Page) Products(b Block, details map[string]string) []string {
	return b.products(details, counting(p.Spellings))
}

func (b Block) products(details map[string]string, as func(string) []string) []string {
	if b == Outlook || b == Variant {
		return b.names(details)
	}
	var found []string
	for _, name := range b.names(details) {
		for _, product := range as(name) {
			if !slices.Contains(found, product) {
				found = append(found, product)
			}
		}
	}
	return found
}

func count(b Block, responses []Response, as func(string) []string) Result {
	said := map[string][]uuid.UUID{}
	r := Result{Block: b}
	for _, response := range responses {
		answer, given := response.Answers[b]
		if !given || !response.State.Settled() {
			continue
		}
		r.Answered++
		for _, product := range b.products(answer.Details, as) {
			said[product] = append(said[product], response.Body)
		}
	}
	for name, bodies := range said {
		r.Groups = append(r.Groups, Group{Name: name, Count: len(bodies), bodies: bodies})
	}
	bySize(r.Groups)
	return r
}

func bySize(groups []Group) {
	slices.SortFunc(groups, func(a, b Group) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Name, b.Name))
	})
}

// forAll is what everybody may read: groups of fewer than three bodies are merged, and so is the next one while the rest
// is small itself. What stays alone is large enough to point at nobody.
func (r *Results) forAll() *Results {
	public := *r
	public.Questions = nil
	for _, q := range r.Questions {
		q.Groups = merge(q.Groups)
		public.Questions = append(public.Questions, q)
	}
	return &public
}

func merge(groups []Group) []Group {
	kept, rest := slices.Clone(groups), Group{Name: merged, Rest: true}
	for len(kept) > 0 && (kept[len(kept)-1].Count < smallest || rest.Count > 0 && rest.Count < smallest) {
		for _, body := range kept[len(kept)-1].bodies {
			if !slices.Contains(rest.bodies, body) { // it may have named several
				rest.bodies = append(rest.bodies, body)
			}
		}
		rest.Count, kept = len(rest.bodies), kept[:len(kept)-1]
	}
	if rest.Count > 0 {
		kept = append(kept, rest)
	}
	return kept
}

// Of returns the result of a block; none if it was not asked.
func (r *Results) Of(b Block) (Result, bool) {
	if r == nil {
		return Result{}, false
	}
	i := slices.IndexFunc(r.Questions, func(q Result) bool { return q.Block == b })
	if i < 0 {
		return Result{}, false
	}
	return r.Questions[i], true
}

// Count returns how many gave an answer; false if it is not known on its own.
func (r Result) Count(name string) (int, bool) {
	for _, g := range r.Groups {
		if g.Name == name && !g.Rest {
			return g.Count, true
		}
	}
	return 0, false
}
