package template_test

import (
	"testing"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/template"
)

func steps(n int) []template.Step {
	var list []template.Step
	for i := range n {
		list = append(list, template.Step{
			Key: "k_" + string(rune('a'+i)), No: i + 1, Title: "Schritt", Pillar: 1, Phase: template.Preparation,
			Responsible: template.ByBody, DurationDays: 1, Scope: template.Kommune,
		})
	}
	return list
}

func TestImportPublishesOnlyWhatIsNew(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, who := template.NewService(w.DB), w.As(t, "land")
	for i, c := range []struct {
		steps int
		dry   bool
		want  template.Outcome
	}{
		{2, true, template.Outcome{Version: 1, Changed: true}},
		{2, false, template.Outcome{Version: 1, Changed: true}},
		{2, false, template.Outcome{Version: 1}},
		{3, true, template.Outcome{Version: 2, Changed: true}},
		{3, false, template.Outcome{Version: 2, Changed: true}},
		{3, true, template.Outcome{Version: 2}},
	} {
		got, err := s.Import(t.Context(), who, "Versuch", steps(c.steps), c.dry)
		if err != nil || got != c.want {
			t.Errorf("import %d: %+v, %v, want %+v", i, got, err, c.want)
		}
	}
	if got := dbtest.Admin[int](t, w, `SELECT count(*) FROM portal.audit_event WHERE action = 'template.publish' AND title LIKE 'Versuch%'`); got != 2 {
		t.Errorf("%d entries in the trail, want 2", got)
	}
}

func TestImportRefusesABrokenTemplate(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	broken := steps(2)
	broken[1].Predecessors = []string{"nobody"}
	_, err := template.NewService(w.DB).Import(t.Context(), w.As(t, "land"), "Versuch", broken, false)
	if fault.KindOf(err) != fault.Invalid {
		t.Errorf("import: %v, want Invalid", err)
	}
}

func TestOnlyTheLandPublishes(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, login := range []string{"redaktion", "tmikl-referat", "k16051", "tlrz", "gremium"} {
		_, err := template.NewService(w.DB).Import(t.Context(), w.As(t, login), "Versuch", steps(1), false)
		if fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v, want Forbidden", login, err)
		}
	}
}
