package register_test

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/register"
	"rollinportal/internal/workday"
)

var ctx = context.Background()

// office is the Land that keeps the register.
type office struct {
	*dbtest.World
	*register.Service
	t    *testing.T
	land access.Actor
	due  time.Time
}

func newOffice(t *testing.T) office {
	t.Helper()
	w := dbtest.New(t)
	return office{w, register.NewService(w.DB), t, w.As(t, "land"), workday.Day(time.Now()).AddDate(0, 1, 0)}
}

func (o office) must(err error) {
	o.t.Helper()
	if err != nil {
		o.t.Fatal(err)
	}
}

func (o office) wants(what string, err error, want fault.Kind) {
	o.t.Helper()
	dbtest.Wants(o.t, what, err, want)
}

func (o office) input() register.Input {
	return register.Input{ID: uuid.New(), Question: "Wer trägt die Kosten?", DeciderKey: "BEIRAT", DueOn: &o.due, Services: []string{"wohngeld", "fuehrerschein", "wohngeld"}}
}

func (o office) entered() int {
	o.t.Helper()
	no, err := o.Enter(ctx, o.land, o.input())
	o.must(err)
	return no
}

func (o office) show(who access.Actor, no int) register.Shown {
	o.t.Helper()
	d, err := o.Show(ctx, who, no, 50)
	o.must(err)
	return d
}

func TestTheLandKeepsWhatMinistriesAndCommitteesRead(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	no := o.entered()
	for _, login := range []string{"land", "redaktion", "tmdi-referat", "tmdi-leser", "gremium"} {
		who := o.As(t, login)
		d := o.show(who, no)
		if d.Question != "Wer trägt die Kosten?" || d.DeciderKey != "BEIRAT" || len(d.Services) != 2 || d.State != register.Open || len(d.Trail) != 1 {
			t.Errorf("%s reads %+v", login, d)
		}
		found, err := o.List(ctx, who, register.Filter{State: register.Open, Query: "kosten"})
		o.must(err)
		if len(found) != 1 || found[0].Services != 2 || found[0].Total != 1 {
			t.Errorf("%s finds %+v", login, found)
		}
	}
	for _, login := range []string{"k16051", "k16051-b", "tlrz"} {
		_, err := o.Show(ctx, o.As(t, login), no, 1)
		o.wants(login, err, fault.Forbidden)
	}
	_, err := o.Show(ctx, o.As(t, "d-land"), no, 1)
	o.wants("another Land", err, fault.NotFound)
	for _, login := range []string{"redaktion", "tmdi-referat", "gremium", "k16051"} {
		_, err := o.Enter(ctx, o.As(t, login), o.input())
		o.wants(login+" enters", err, fault.Forbidden)
		o.wants(login+" saves", o.Save(ctx, o.As(t, login), no, o.input()), fault.Forbidden)
		o.wants(login+" turns", o.Turn(ctx, o.As(t, login), no, register.Turn{Version: 1, To: register.Dropped, Reason: "x"}), fault.Forbidden)
	}
	abroad := o.input()
	abroad.Services, abroad.DeciderKey, abroad.Decider, abroad.Version = nil, "", "IT-Planungsrat", 1
	o.wants("another Land saves", o.Save(ctx, o.As(t, "d-land"), no, abroad), fault.NotFound)
	o.wants("another Land turns", o.Turn(ctx, o.As(t, "d-land"), no, register.Turn{Version: 1, To: register.Dropped, Reason: "x"}), fault.NotFound)
	first, err := o.Enter(ctx, o.As(t, "d-land"), abroad)
	if err != nil || first != 1 {
		t.Errorf("another Land begins its register with %d, %v", first, err)
	}
	if d := o.show(o.land, no); d.Version != 1 {
		t.Errorf("somebody changed %+v", d)
	}
}

func TestFormNamesOnlyWhatIsThere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for field, change := range map[string]func(*register.Input){
		"decider_key": func(in *register.Input) { in.DeciderKey = "16051" }, // a body does not decide for all
		"services":    func(in *register.Input) { in.Services = []string{"wohngeld", "gibt-es-nicht"} },
		"obstacles":   func(in *register.Input) { in.Obstacles = []int{99} },
		"question":    func(in *register.Input) { in.Question = " \r\n" },
	} {
		in := o.input()
		change(&in)
		_, err := o.Enter(ctx, o.land, in)
		o.wants(field, err, fault.Invalid)
		if wrong, ok := err.(*fault.Fault); !ok || len(wrong.Fields) != 1 || wrong.Fields[0].Name != field {
			t.Errorf("%s: %+v", field, err)
		}
	}
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.matter`); n != 0 {
		t.Errorf("%d entries were made", n)
	}
}

func TestTwiceTheSameFormIsOneEntry(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	in := o.input()
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if no, err := o.Enter(ctx, o.land, in); err != nil || no != 1 {
				t.Errorf("entered as %d, %v", no, err)
			}
		})
	}
	wait.Wait()
	in.Version, in.Question, in.Services = 1, "Wer trägt die Kosten ab 2028?", []string{"wohngeld"}
	o.must(o.Save(ctx, o.land, 1, in))
	o.must(o.Save(ctx, o.land, 1, in))
	d := o.show(o.land, 1)
	if d.Version != 2 || d.Question != in.Question || len(d.Services) != 1 || len(d.Trail) != 2 {
		t.Errorf("saved twice: %+v", d)
	}
	in.Question = "Etwas anderes"
	o.wants("an old version", o.Save(ctx, o.land, 1, in), fault.Conflict)
	if n := dbtest.Admin[int](t, o.World, `SELECT count(*) FROM portal.matter`); n != 1 {
		t.Errorf("%d entries", n)
	}
}

func TestResultStaysInTheTrailWhenTheQuestionOpensAgain(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	no := o.entered()
	day := workday.Day(time.Now()).AddDate(0, 0, -1)
	decide := register.Turn{Version: 1, To: register.Decided, Result: "Das Land trägt sie.", DecidedOn: &day}
	o.must(o.Turn(ctx, o.land, no, decide))
	o.must(o.Turn(ctx, o.land, no, decide))
	o.wants("editing what is decided", o.Save(ctx, o.land, no, o.input()), fault.Conflict)
	_, _, err := o.ShowToEdit(ctx, o.land, no)
	o.wants("the form of what is decided", err, fault.Conflict)
	o.wants("a second decision", o.Turn(ctx, o.land, no, register.Turn{Version: 2, To: register.Decided, Result: "Nein", DecidedOn: &day}), fault.Conflict)
	o.must(o.Turn(ctx, o.land, no, register.Turn{Version: 2, To: register.Open}))
	d := o.show(o.As(t, "gremium"), no)
	text := ""
	for _, e := range d.Trail {
		for _, c := range e.Changes {
			text += c.Old + "|"
		}
	}
	if d.State != register.Open || d.Result != "" || len(d.Trail) != 3 || !strings.Contains(text, "Das Land trägt sie.") {
		t.Errorf("%+v, trail %q", d, text)
	}
}

func TestTheRegisterIsSortedByWhatTheAddressNames(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	for i, question := range []string{"Äpfel", "Birnen", "Zitronen", "Anis"} {
		in, due := o.input(), o.due.AddDate(0, 0, (i*3)%4)
		in.Question, in.DueOn = question, &due
		_, err := o.Enter(ctx, o.land, in)
		o.must(err)
	}
	for sort, want := range map[string]string{
		"frage": "Anis Äpfel Birnen Zitronen", "-frage": "Zitronen Birnen Äpfel Anis", "frist": "Äpfel Anis Zitronen Birnen",
		"-frist": "Birnen Zitronen Anis Äpfel", "": "Äpfel Anis Zitronen Birnen", "m.no; DROP": "Äpfel Anis Zitronen Birnen",
	} {
		found, err := o.List(ctx, o.land, register.Filter{Sort: sort})
		o.must(err)
		var got []string
		for _, m := range found {
			got = append(got, m.Question)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("sorted by %q: %v, want %s", sort, got, want)
		}
	}
}
