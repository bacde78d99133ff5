package catalog_test

import (
	"context"
	"slices"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
)

var ctx = context.Background()

func draft(name string) catalog.Draft {
	return catalog.Draft{ID: uuid.New(), Fields: catalog.Fields{
		Name: name, Lifecycle: catalog.Reusable, ExecutionLevel: catalog.Kreis, Competence: catalog.AllBodies,
	}}
}

func TestListFindsUmlautsAndNumbers(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, q := range []string{"fuehrerschein", "Führer", "10169", "99023001012000"} {
		found, _, err := catalog.New(w.DB).List(ctx, w.As(t, "land"), catalog.Filter{Query: q})
		if err != nil || len(found) != 1 || found[0].Slug != "fuehrerschein" {
			t.Errorf("List(%q) = %v, %v; want Führerschein alone", q, found, err)
		}
	}
	found, _, err := catalog.New(w.DB).List(ctx, w.As(t, "land"), catalog.Filter{Query: "%"})
	if err != nil || len(found) != 0 {
		t.Errorf("List(%%) found %d, %v; a wildcard is a letter like any other", len(found), err)
	}
}

func TestListCountsCompetentBodies(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	found, _, err := catalog.New(w.DB).List(ctx, w.As(t, "land"), catalog.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]int{"wohngeld": 22, "wohnsitzanmeldung-ewa": 5}
	for _, s := range found {
		if n, ok := want[s.Slug]; ok && n != s.Competent {
			t.Errorf("%s: %d competent bodies, want %d", s.Slug, s.Competent, n)
		}
	}
	if len(found) != 34 || found[0].Total != 34 {
		t.Errorf("found %d of %d services, want 34", len(found), found[0].Total)
	}
}

func TestCreateTwiceMakesOneService(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c, land := catalog.New(w.DB), w.As(t, "land")
	d := draft("Personalausweis")
	for range 2 {
		if slug, err := c.Create(ctx, land, d); err != nil || slug != "personalausweis" {
			t.Fatalf("Create = %q, %v", slug, err)
		}
	}
	again := draft("Personalausweis")
	if _, err := c.Create(ctx, land, again); fault.KindOf(err) != fault.Invalid {
		t.Errorf("a second service of the same name: %v, want Invalid", err)
	}
}

func TestCreateChecksFields(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	d := draft("")
	d.Fields.OzgIDs = []string{"123"}
	d.Fields.LeikaKeys = []string{"99"}
	d.Fields.Competence = catalog.Chosen
	_, err := catalog.New(w.DB).Create(ctx, w.As(t, "land"), d)
	wrong, ok := err.(*fault.Fault)
	if !ok {
		t.Fatalf("Create = %v, want a fault", err)
	}
	for _, field := range []string{"name", "ozg_ids", "leika_keys", "bodies"} {
		if !slices.ContainsFunc(wrong.Fields, func(f fault.Field) bool { return f.Name == field }) {
			t.Errorf("no sentence for %s in %v", field, wrong.Fields)
		}
	}
}

func TestSaveShowsTheSecondAConflict(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c := catalog.New(w.DB)
	seen, err := c.Show(ctx, w.As(t, "land"), "wohngeld", 10)
	if err != nil {
		t.Fatal(err)
	}
	edit := catalog.Edit{Version: seen.Version, Fields: seen.Fields}
	edit.Fields.Note = "erste"
	if err := c.Save(ctx, w.As(t, "land"), "wohngeld", edit); err != nil {
		t.Fatal(err)
	}
	edit.Fields.Note = "zweite"
	if err := c.Save(ctx, w.As(t, "land2"), "wohngeld", edit); fault.KindOf(err) != fault.Conflict {
		t.Errorf("second save: %v, want Conflict", err)
	}
	after, err := c.Show(ctx, w.As(t, "land"), "wohngeld", 10)
	if err != nil || after.Note != "erste" || after.Trail[0].Changes[0].New != "erste" {
		t.Errorf("after: note %q, trail %+v, %v", after.Note, after.Trail, err)
	}
}

func TestMinistryEditsOnlyItsNoteOnItsServices(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c, referat := catalog.New(w.DB), w.As(t, "tmikl-referat")
	seen, err := c.Show(ctx, referat, "einbuergerung", 1)
	if err != nil {
		t.Fatal(err)
	}
	edit := catalog.Edit{Version: seen.Version, Fields: catalog.Fields{Name: "Umbenannt", MinistryNote: "Kontakt: Referat 24"}}
	if err := c.Save(ctx, referat, "einbuergerung", edit); err != nil {
		t.Fatal(err)
	}
	after, _ := c.Show(ctx, referat, "einbuergerung", 1)
	if after.Name != "Einbürgerung" || after.MinistryNote != "Kontakt: Referat 24" {
		t.Errorf("after: %q, %q", after.Name, after.MinistryNote)
	}
	if err := c.Save(ctx, referat, "wohngeld", edit); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("another ministry's service: %v, want Forbidden", err)
	}
}

func TestDraftsAreHiddenFromTownsUntilASecondPersonPublishes(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c, land, town := catalog.New(w.DB), w.As(t, "land"), w.As(t, "k16051")
	slug, err := c.Create(ctx, land, draft("Personalausweis"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Show(ctx, town, slug, 1); fault.KindOf(err) != fault.NotFound {
		t.Errorf("a town sees a draft: %v", err)
	}
	if err := c.Publish(ctx, land, slug, 1); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("the editor publishes alone: %v, want Forbidden", err)
	}
	if err := c.Publish(ctx, w.As(t, "land2"), slug, 1); err != nil {
		t.Fatal(err)
	}
	if _, err := c.Show(ctx, town, slug, 1); err != nil {
		t.Errorf("a town after publication: %v", err)
	}
}

func TestLaenderDoNotSeeEachOther(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	c := catalog.New(w.DB)
	if _, err := c.Show(ctx, w.As(t, "d-land"), "einbuergerung", 1); fault.KindOf(err) != fault.NotFound {
		t.Errorf("Demoland reads Thüringen's Einbürgerung: %v", err)
	}
	found, _, err := c.List(ctx, w.As(t, "d-land"), catalog.Filter{})
	if err != nil || len(found) != 2 {
		t.Errorf("Demoland lists %d services, %v; want its own 2", len(found), err)
	}
}
