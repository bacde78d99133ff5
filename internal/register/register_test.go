package register

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/fault"
)

var today = time.Date(2027, 5, 20, 0, 0, 0, 0, time.UTC)

func TestInputSaysWhatIsMissing(t *testing.T) {
	t.Parallel()
	soon, past, far := today.AddDate(0, 1, 0), today.AddDate(-2, 0, 0), today.AddDate(9, 0, 0)
	good := Input{Question: "Wer haftet?", DeciderKey: "BEIRAT", DueOn: &soon}
	for _, tt := range []struct {
		what   string
		change func(*Input)
		field  string
	}{
		{"nothing", func(*Input) {}, ""},
		{"a free name", func(in *Input) { in.DeciderKey, in.Decider = "", "IT-Planungsrat" }, ""},
		{"no question", func(in *Input) { in.Question = "" }, "question"},
		{"a novel", func(in *Input) { in.Question = strings.Repeat("ä", 301) }, "question"},
		{"a long background", func(in *Input) { in.Background = strings.Repeat("ä", 4001) }, "background"},
		{"nobody", func(in *Input) { in.DeciderKey = "" }, "decider_key"},
		{"two who decide", func(in *Input) { in.Decider = "IT-Planungsrat" }, "decider"},
		{"a long name", func(in *Input) { in.DeciderKey, in.Decider = "", strings.Repeat("x", 201) }, "decider"},
		{"no day", func(in *Input) { in.DueOn = nil }, "due_on"},
		{"long past", func(in *Input) { in.DueOn = &past }, "due_on"},
		{"a far future", func(in *Input) { in.DueOn = &far }, "due_on"},
		{"a thousand obstacles", func(in *Input) { in.Obstacles = make([]int, 51) }, "obstacles"},
	} {
		in := good
		tt.change(&in)
		if got := field(in.check(today)); got != tt.field {
			t.Errorf("%s: complains about %q, want %q", tt.what, got, tt.field)
		}
	}
}

func field(err error) string {
	if wrong, ok := err.(*fault.Fault); ok && len(wrong.Fields) > 0 {
		return wrong.Fields[0].Name
	}
	if err != nil {
		return err.Error()
	}
	return ""
}

func TestMatterEndsOnceAndOpensAgain(t *testing.T) {
	t.Parallel()
	tomorrow, person := today.AddDate(0, 0, 1), uuid.New()
	m := Matter{State: Open, Version: 3, Today: today, ChangedBy: person, DueOn: today.AddDate(0, 0, -1)}
	if !m.Overdue() {
		t.Error("open and late is not overdue")
	}
	for _, tt := range []struct {
		t    Turn
		want string
	}{
		{Turn{Version: 3, To: Decided, DecidedOn: &today}, "result"},
		{Turn{Version: 3, To: Decided, Result: "Ja"}, "decided_on"},
		{Turn{Version: 3, To: Decided, Result: "Ja", DecidedOn: &tomorrow}, "decided_on"},
		{Turn{Version: 3, To: Dropped}, "reason"},
		{Turn{Version: 3, To: "gone"}, "to"},
		{Turn{Version: 2, To: Dropped, Reason: "x"}, errStale.Error()},
		{Turn{Version: 3, To: Open}, "Dieser Eintrag ist schon offen."},
	} {
		before := m
		if got := field(m.turn(tt.t)); got != tt.want && !strings.Contains(got, tt.want) || m != before {
			t.Errorf("%+v: %q, want %q; %+v", tt.t, got, tt.want, m)
		}
	}
	decide := Turn{Version: 3, To: Decided, Result: "Das Land", DecidedOn: &today, Reason: "nicht gemeint"}
	if err := m.turn(decide); err != nil || m.Result != "Das Land" || m.Reason != "" || m.Overdue() {
		t.Fatalf("%v, %+v", err, m)
	}
	if !m.has(decide, person) || m.has(decide, uuid.New()) {
		t.Error("only the same person's second click is the same")
	}
	if err := m.turn(Turn{Version: 4, To: Dropped, Reason: "doch nicht"}); fault.KindOf(err) != fault.Conflict {
		t.Errorf("a second ending: %v", err)
	}
	if err := m.turn(Turn{Version: 4, To: Open}); err != nil || m.Result != "" || m.DecidedOn != nil || m.State != Open {
		t.Errorf("open again: %v, %+v", err, m)
	}
}
