package conditionpage

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/condition"
	"rollinportal/internal/fault"
	"rollinportal/web/ui"
)

var (
	ministry = access.Actor{Token: []byte{1}, Person: uuid.New(), Role: access.MinistryDecider}
	owner    = access.Actor{Token: []byte{1}, Person: uuid.New(), Role: access.BodyCoordinator}
)

func init() {
	ministry.Org.ID, owner.Org.ID = uuid.New(), uuid.New()
}

// open is an Auflage that the ministry has set for the owner.
func open() condition.Shown {
	return condition.Shown{
		Condition: condition.Condition{
			ID: uuid.New(), No: 1, Text: "Anlaufstelle benennen", DueOn: time.Date(2027, 4, 30, 0, 0, 0, 0, time.UTC), Ministry: ministry.Org.ID, Owner: owner.Org.ID,
			OwnerKey: "16051", OwnerName: "Erfurt", State: condition.Open, InForce: true, Version: 3,
		},
		Owners: []condition.Owner{{Key: "16051", Name: "Erfurt"}, {Key: "16055", Name: "Weimar"}},
	}
}

func TestEachHandSeesItsOwnForm(t *testing.T) {
	t.Parallel()
	reported, confirmed, ended := open(), open(), open()
	reported.State, reported.ReportedBy = condition.Reported, &owner.Person
	confirmed.State = condition.Confirmed
	ended.InForce = false
	for name, tt := range map[string]struct {
		c                      condition.Shown
		who                    access.Actor
		report, check, handing bool
	}{
		"open, owner":            {open(), owner, true, false, false},
		"open, ministry":         {open(), ministry, false, false, true},
		"reported, owner":        {reported, owner, false, false, false},
		"reported, ministry":     {reported, ministry, false, true, false},
		"confirmed, ministry":    {confirmed, ministry, false, false, false},
		"no longer in force":     {ended, owner, false, false, false},
		"open, somebody outside": {open(), access.Actor{Token: []byte{1}, Role: access.BodyCoordinator}, false, false, false},
	} {
		v := newShowView(tt.c, tt.who, form{}, nil, nil)
		if got := v.Report.URL != ""; got != tt.report {
			t.Errorf("%s: reports %v", name, got)
		}
		if v.Settle.Check != tt.check {
			t.Errorf("%s: checks %v", name, v.Settle.Check)
		}
		if got := v.Hand.URL != ""; got != tt.handing {
			t.Errorf("%s: hands over %v", name, got)
		}
	}
}

func TestWhatWasTypedComesBackWhenItIsTooLate(t *testing.T) {
	t.Parallel()
	late := &fault.Fault{Kind: fault.Conflict, Text: "zu spät"}
	v := newShowView(open(), owner, form{Evidence: "Frau X ist benannt"}, late, nil)
	if v.Late.Text != "zu spät" || v.Late.Body == nil || v.Report.Evidence.Value != "Frau X ist benannt" || v.Version != "3" {
		t.Errorf("late %+v, form %+v, version %s", v.Late, v.Report, v.Version)
	}
}

func TestTheFormOffersWhoSeesToItNow(t *testing.T) {
	t.Parallel()
	v := newShowView(open(), ministry, form{}, nil, nil)
	if v.Hand.Owner.Value != "16051" || len(v.Hand.Owner.Options) != 2 {
		t.Errorf("chosen %q of %v", v.Hand.Owner.Value, v.Hand.Owner.Options)
	}
}

func TestAReasonSaysWhetherItWaivesOrSendsBack(t *testing.T) {
	t.Parallel()
	for state, want := range map[condition.State]string{condition.Open: "Zurückgegeben", condition.Waived: "Begründung"} {
		c := open()
		c.State, c.Reason = state, "weil"
		if !slices.ContainsFunc(facts(c), func(f ui.Fact) bool { return f.Term == want && f.Value == "weil" }) {
			t.Errorf("%s: no fact %q in %+v", state, want, facts(c))
		}
	}
}
