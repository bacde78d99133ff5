package survey

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
	"rollinportal/internal/profile"
)

// Counted is a spelling that bodies used, and what it counts as.
type Counted struct {
	Spelling
	Known bool // by the Land or by the survey; otherwise it stands for itself
}

// Products returns all spellings that bodies used, those that nobody knows first.
func (s *Service) Products(ctx context.Context, who access.Actor) (found []Counted, err error) {
	err = s.db.Read(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		own, err := listSpellings(ctx, tx)
		if err != nil {
			return err
		}
		said, err := listSaid(ctx, tx)
		if err != nil {
			return err
		}
		found = spelled(own, said)
		return nil
	})
	return found, err
}

func spelled(own []Spelling, list []said) []Counted {
	as := counting(own)
	byKey := map[string]Counted{}
	for _, s := range own {
		byKey[s.Key] = Counted{s, true}
	}
	for _, answer := range list {
		for _, name := range answer.Block.names(answer.Details) {
			key := profile.ProductKey(name)
			if _, listed := byKey[key]; key == "" || listed {
				continue
			}
			byKey[key] = Counted{Spelling{Key: key, Spelling: name, Products: as(name)}, profile.ProductsOf(name) != nil}
		}
	}
	found := make([]Counted, 0, len(byKey))
	for _, c := range byKey {
		found = append(found, c)
	}
	slices.SortFunc(found, func(a, b Counted) int {
		return cmp.Or(boolOrder(a.Known, b.Known), strings.Compare(strings.ToLower(a.Spelling.Spelling), strings.ToLower(b.Spelling.Spelling)), strings.Compare(a.Key, b.Key))
	})
	return found
}

func boolOrder(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// Count says which products a spelling counts as from now on. What was published stays as it is.
func (s *Service) Count(ctx context.Context, who access.Actor, sp Spelling) error {
	sp.Spelling = strings.TrimSpace(sp.Spelling)
	sp.Key = profile.ProductKey(sp.Spelling)
	sp.Products = tidyProducts(sp.Products)
	return s.db.Write(ctx, who, access.SurveyManage, func(tx *postgres.Tx) error {
		if err := sp.check(); err != nil {
			return err
		}
		own, err := listSpellings(ctx, tx)
		if err != nil {
			return err
		}
		before := Spelling{Products: counting(own)(sp.Spelling)}
		if i := slices.IndexFunc(own, func(o Spelling) bool { return o.Key == sp.Key }); i >= 0 {
			before = own[i]
		}
		if before.Key != "" && slices.Equal(before.Products, sp.Products) {
			return postgres.ErrRepeated
		}
		saved, err := saveSpelling(ctx, tx, sp)
		if err != nil {
			return err
		}
		if !saved {
			return fault.New(fault.Conflict, "Jemand hat diese Zuordnung inzwischen geändert.")
		}
		return audit.Record(ctx, tx, audit.Entry{
			Org: tx.Org(), Action: "product.count", Kind: "product_spelling", Record: tx.Org(), Title: "Produktliste", Visibility: audit.Private,
			Changes: audit.Diff("„"+sp.Spelling+"“ zählt als", strings.Join(before.Products, ", "), strings.Join(sp.Products, ", ")),
		})
	})
}

func tidyProducts(list []string) []string {
	var found []string
	for _, name := range list {
		if name = strings.Join(strings.Fields(name), " "); name != "" && !slices.Contains(found, name) {
			found = append(found, name)
		}
	}
	return found
}

// mostProducts are in one spelling: bodies write several into one line.
const mostProducts = 5

func (s Spelling) check() error {
	var wrong fault.Wrong
	wrong.If(s.Key == "" || utf8.RuneCountInString(s.Spelling) > 200, "spelling", "Nennen Sie die Schreibweise, höchstens 200 Zeichen.")
	switch {
	case len(s.Products) == 0:
		wrong.Add("products", "Nennen Sie das Produkt, als das diese Schreibweise zählt.")
	case len(s.Products) > mostProducts:
		wrong.Add("products", "Eine Schreibweise steht für höchstens 5 Produkte.")
	case slices.ContainsFunc(s.Products, func(p string) bool { return utf8.RuneCountInString(p) > 100 }):
		wrong.Add("products", "Kürzen Sie den Namen des Produkts auf höchstens 100 Zeichen.")
	}
	return wrong.Err()
}
