package catalog_test

import (
	"testing"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/postgres"
)

var lookedOn = time.Date(2026, 3, 14, 0, 0, 0, 0, time.UTC)

func fact(source catalog.Source, value string) catalog.Fact {
	return catalog.Fact{Kind: catalog.FactOperator, Source: source, Value: value, CheckedOn: lookedOn, Address: "https://quelle.example/dienst"}
}

func TestSourcesContradictOnlyWhereTheySayDifferentThings(t *testing.T) {
	t.Parallel()
	for name, tt := range map[string]struct {
		facts []catalog.Fact
		want  bool
	}{
		"one source":      {[]catalog.Fact{fact(catalog.FITStore, "A")}, false},
		"the same":        {[]catalog.Fact{fact(catalog.FITStore, "Dienst  AG"), fact(catalog.Marketplace, " dienst ag")}, false},
		"different":       {[]catalog.Fact{fact(catalog.FITStore, "A"), fact(catalog.Marketplace, "B")}, true},
		"the third":       {[]catalog.Fact{fact(catalog.FITStore, "A"), fact(catalog.Marketplace, "A"), fact(catalog.InformationPlatform, "B")}, true},
		"another subject": {[]catalog.Fact{fact(catalog.FITStore, "A"), {Kind: catalog.FactOnce, Source: catalog.Marketplace, Value: "B"}}, false},
	} {
		if got := catalog.Contradicted(tt.facts, catalog.FactOperator); got != tt.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func TestTheLandKeepsWhatEachSourceSays(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c, land := catalog.New(w.DB), w.As(t, "land")
	said := func() []catalog.Fact {
		t.Helper()
		s, err := c.Show(ctx, w.As(t, "tmdi-referat"), "wohngeld", 5)
		if err != nil {
			t.Fatal(err)
		}
		return s.Facts
	}
	first, second := fact(catalog.FITStore, "Anbieter A"), fact(catalog.Marketplace, "Anbieter B")
	for _, f := range []catalog.Fact{first, second, first} { // the last is a double click
		if err := c.SetFact(ctx, land, "wohngeld", f); err != nil {
			t.Fatal(err)
		}
	}
	if got := said(); len(got) != 2 || got[0].Value != "Anbieter A" || !got[0].CheckedOn.Equal(lookedOn) || got[0].Version != 1 {
		t.Fatalf("the sources say %+v", got)
	}
	if err := c.SetFact(ctx, land, "wohngeld", fact(catalog.FITStore, "Anbieter C")); fault.KindOf(err) != fault.Conflict {
		t.Errorf("over what somebody else entered: %v", err)
	}
	if err := c.WithdrawFact(ctx, land, "wohngeld", catalog.FactOperator, catalog.FITStore, 1); err != nil {
		t.Fatal(err)
	}
	if got := said(); len(got) != 1 || got[0].Source != catalog.Marketplace {
		t.Errorf("after one source is withdrawn: %+v", got)
	}
	if err := c.SetFact(ctx, land, "wohngeld", fact(catalog.FITStore, "Anbieter D")); err != nil || len(said()) != 2 {
		t.Errorf("entered again: %v, %+v", err, said())
	}
}

func TestWhatIsWrongWithAFactIsSaid(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for name, f := range map[string]catalog.Fact{
		"value":      fact(catalog.FITStore, " "),
		"source":     fact("hearsay", "A"),
		"fact":       {Kind: "rumour", Source: catalog.FITStore, Value: "A", CheckedOn: lookedOn},
		"checked_on": {Kind: catalog.FactOperator, Source: catalog.FITStore, Value: "A", CheckedOn: time.Now().AddDate(0, 0, 3)},
		"address":    {Kind: catalog.FactOperator, Source: catalog.FITStore, Value: "A", CheckedOn: lookedOn, Address: "javascript:alert(1)"},
	} {
		if err := catalog.New(w.DB).SetFact(ctx, w.As(t, "land"), "wohngeld", f); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestNobodyButTheLandWritesFactsAlsoInSQL(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, login := range []string{"tmdi-referat", "k16051", "tlrz"} {
		err := catalog.New(w.DB).SetFact(ctx, w.As(t, login), "wohngeld", fact(catalog.FITStore, "A"))
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", login, err)
		}
	}
	err := w.DB.Write(ctx, w.As(t, "tmdi-referat"), access.ServiceEdit, func(tx *postgres.Tx) error {
		tx.Audited()
		_, err := tx.Exec(ctx, `
			INSERT INTO portal.service_fact (land_id, org_id, service_id, fact, source, value, checked_on, saved_by, saved_at)
			SELECT land_id, $1, service_id, 'operator', 'fit_store', 'X', current_date, $2, now() FROM portal.service WHERE slug = 'wohngeld'`, tx.Org(), tx.Who.Person)
		return err
	})
	if err == nil {
		t.Error("a ministry writes facts in SQL")
	}
	if err := catalog.New(w.DB).SetFact(ctx, w.As(t, "land"), "wohngeld", fact(catalog.FITStore, "A")); err != nil {
		t.Fatal(err)
	}
	if s, err := catalog.New(w.DB).Show(ctx, w.As(t, "d-land"), "wohngeld", 1); err != nil || len(s.Facts) != 0 {
		t.Errorf("another Land reads %+v, %v", s.Facts, err)
	}
}
