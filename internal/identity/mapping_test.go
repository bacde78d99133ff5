package identity_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
)

var ctx = context.Background()

// claims are what a provider says of a person of a test.
func claims(subject string, more map[string]any) identity.Person {
	said := map[string]any{"iss": dbtest.Issuer, "sub": subject}
	for k, v := range more {
		said[k] = v
	}
	text, err := json.Marshal(said)
	if err != nil {
		panic(err)
	}
	return identity.Person{Issuer: dbtest.Issuer, Subject: subject, Name: "Neu " + subject, Email: subject + "@stadt.example", IssuedAt: time.Now(), Claims: text}
}

func addRule(t *testing.T, w *dbtest.World, login string, r identity.NewRule) uuid.UUID {
	t.Helper()
	r.ID = uuid.New()
	if err := identity.NewService(w.DB).AddRule(ctx, w.As(t, login), r); err != nil {
		t.Fatalf("add rule %+v: %v", r, err)
	}
	return r.ID
}

func turn(t *testing.T, w *dbtest.World, on bool) {
	t.Helper()
	if err := identity.NewService(w.DB).TurnRules(ctx, w.As(t, "land"), on); err != nil {
		t.Fatal(err)
	}
}

var group = identity.NewRule{Claim: "groups", Value: "ozg-erfurt", OrgKey: "16051", Role: access.BodyCoordinator}

func TestRulesLetNobodyInUntilTheyAreOn(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, person := identity.NewService(w.DB), claims("neu", map[string]any{"groups": []string{"x", "ozg-erfurt"}})
	addRule(t, w, "land", group)
	if _, err := s.SignIn(ctx, person); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("rules are off, the sign-in says %v", err)
	}
	turn(t, w, true)
	token, err := s.SignIn(ctx, person)
	if err != nil {
		t.Fatal(err)
	}
	who, err := s.Actor(ctx, token)
	if err != nil || who.Role != access.BodyCoordinator || who.Org.Key != "16051" || who.Name != "Neu neu" {
		t.Errorf("by the rule: %+v, %v", who, err)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.audit_event WHERE action = 'member.granted' AND record = $1 AND actor = ctx.automatic()`, who.Membership); n != 1 {
		t.Errorf("%d entries in the trail, want one", n)
	}
	if _, err := s.SignIn(ctx, claims("andere", map[string]any{"groups": "ozg-gera"})); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("somebody else: %v", err)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.person WHERE subject = 'andere'`); n != 0 {
		t.Error("a person whom no rule speaks for is kept")
	}
}

func TestClaimsAreComparedByNameOrPath(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := identity.NewService(w.DB), w.As(t, "land")
	for i, c := range []struct {
		claim, value string
		said         any
		hit          bool
	}{
		{"abteilung", "OZG", map[string]any{"abteilung": "OZG"}, true},
		{"abteilung", "OZG", map[string]any{"abteilung": "ozg"}, false},
		{"abteilung", "OZG", map[string]any{"abteilung": "OZG-2"}, false},
		{"abteilung", "OZG", map[string]any{"abteilung": map[string]any{"OZG": "OZG"}}, false},
		{"abteilung", "OZG", map[string]any{}, false},
		{"abteilung", "4711", map[string]any{"abteilung": 4711}, true},
		{"aktiv", "true", map[string]any{"aktiv": true}, true},
		{"aktiv", "null", map[string]any{"aktiv": nil}, false},
		{"realm_access.roles", "ozg", map[string]any{"realm_access": map[string]any{"roles": []string{"a", "ozg"}}}, true},
		{"https://idp.example/org", "16052", map[string]any{"https://idp.example/org": "16052"}, true},
		{"urn:oid:2.5.4.10", "Gera", map[string]any{"urn:oid:2.5.4.10": []string{"Gera"}}, true},
	} {
		id := addRule(t, w, "land", identity.NewRule{Claim: c.claim, Value: c.value, OrgKey: "16052", Role: access.BodyCoordinator})
		text, _ := json.Marshal(c.said)
		found, _, err := s.Try(ctx, land, string(text))
		if err != nil || len(found.Judgements) != 1 || (found.Judgements[0].Verdict == identity.Grants) != c.hit {
			t.Errorf("case %d, %s = %q of %s: %+v, %v", i, c.claim, c.value, text, found.Judgements, err)
		}
		if err := s.RemoveRule(ctx, land, id); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTheTrialSaysWhatTheSignInDoes compares both for everybody that rules treat differently.
func TestTheTrialSaysWhatTheSignInDoes(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s, land := identity.NewService(w.DB), w.As(t, "land")
	turn(t, w, true)
	addRule(t, w, "land", group)
	own := addRule(t, w, "land2", identity.NewRule{Claim: "groups", Value: "ozg-erfurt", OrgKey: "TLRZ", Role: access.Provider})
	said := map[string]any{"groups": []string{"ozg-erfurt"}}
	for subject, want := range map[string]map[string]identity.Verdict{
		"neu":    {"KK Erfurt": identity.Grants, "IT Thüringer Landesrechenzentrum": identity.Grants},
		"land2":  {"KK Erfurt": identity.Grants, "IT Thüringer Landesrechenzentrum": identity.OwnRule},
		"k16051": {"KK Erfurt": identity.ByHand, "IT Thüringer Landesrechenzentrum": identity.Grants},
	} {
		person := claims(subject, said)
		trial, _, err := s.Try(ctx, land, string(person.Claims))
		if err != nil {
			t.Fatal(err)
		}
		granted := 0
		for _, j := range trial.Judgements {
			if j.RuleID.Valid && want[string(j.Role)+" "+j.Org] != j.Verdict {
				t.Errorf("%s, %s %s: %s", subject, j.Role, j.Org, j.Verdict)
			}
			if j.Verdict == identity.Grants {
				granted++
			}
		}
		if _, err := s.SignIn(ctx, person); err != nil {
			t.Fatalf("%s: %v", subject, err)
		}
		if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership JOIN auth.person USING (person_id) WHERE subject = $1 AND rule_id IS NOT NULL AND status = 'active'`, subject); n != granted {
			t.Errorf("%s: the sign-in gives %d roles, the trial said %d", subject, n, granted)
		}
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership JOIN auth.person USING (person_id) WHERE subject = 'land2' AND rule_id = $1`, own); n != 0 {
		t.Error("somebody gave themselves a role by a rule")
	}
}

func TestAnAutomaticMembershipEndsWithItsClaimItsRuleAndTheSwitch(t *testing.T) {
	t.Parallel()
	for name, end := range map[string]func(t *testing.T, w *dbtest.World, rule uuid.UUID){
		"claim":  func(*testing.T, *dbtest.World, uuid.UUID) {},
		"rule":   func(t *testing.T, w *dbtest.World, rule uuid.UUID) { t.Helper(); removeRule(t, w, rule) },
		"switch": func(t *testing.T, w *dbtest.World, _ uuid.UUID) { t.Helper(); turn(t, w, false) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := dbtest.New(t)
			s := identity.NewService(w.DB)
			turn(t, w, true)
			rule := addRule(t, w, "land", group)
			said := map[string]any{"groups": []string{"ozg-erfurt"}}
			token, err := s.SignIn(ctx, claims("neu", said))
			if err != nil {
				t.Fatal(err)
			}
			end(t, w, rule)
			if name == "rule" {
				if _, err := s.Actor(ctx, token); fault.KindOf(err) != fault.SignedOut {
					t.Errorf("the rule is gone, the session says %v", err)
				}
			}
			if name == "claim" {
				said = nil
			}
			if _, err := s.SignIn(ctx, claims("neu", said)); fault.KindOf(err) != fault.Forbidden {
				t.Errorf("the next sign-in says %v", err)
			}
			if _, err := s.Actor(ctx, token); fault.KindOf(err) != fault.SignedOut {
				t.Errorf("the session before says %v", err)
			}
		})
	}
}

func removeRule(t *testing.T, w *dbtest.World, rule uuid.UUID) {
	t.Helper()
	if err := identity.NewService(w.DB).RemoveRule(ctx, w.As(t, "land"), rule); err != nil {
		t.Fatal(err)
	}
}

// TestTwoWhoRemoveTheSameRuleDoItOnce: the second reads what the first did, and a rule of nobody is none.
func TestTwoWhoRemoveTheSameRuleDoItOnce(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := identity.NewService(w.DB)
	rule := addRule(t, w, "land", group)
	removeRule(t, w, rule)
	if err := s.RemoveRule(ctx, w.As(t, "land2"), rule); err != nil {
		t.Errorf("the second: %v", err)
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM portal.audit_event WHERE action = 'rule.removed'`); n != 1 {
		t.Errorf("the trail tells of it %d times", n)
	}
	if err := s.RemoveRule(ctx, w.As(t, "d-land"), rule); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another Land: %v", err)
	}
	if err := s.RemoveRule(ctx, w.As(t, "land"), uuid.New()); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown rule: %v", err)
	}
}

func TestMembershipsByHandStayWhateverRulesSay(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := identity.NewService(w.DB)
	turn(t, w, true)
	rule := addRule(t, w, "land", group)
	if _, err := s.SignIn(ctx, claims("k16051", map[string]any{"groups": "ozg-erfurt"})); err != nil {
		t.Fatal(err)
	}
	removeRule(t, w, rule)
	if who := w.As(t, "k16051"); who.Role != access.BodyCoordinator {
		t.Errorf("after the rule is gone: %+v", who)
	}
}

func TestRulesKeepTheCeiling(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := identity.NewService(w.DB)
	for _, r := range []identity.NewRule{
		{OrgKey: "TMDI-OZG", Role: access.StateCoordinator},
		{OrgKey: "16051", Role: access.BodyEditor},
		{OrgKey: "16051", Role: access.Provider},
		{OrgKey: "TMDI", Role: access.StateEditor},
		{OrgKey: "16051", Role: access.Platform},
		{OrgKey: "16051", Role: "X"},
		{OrgKey: "D-OZG", Role: access.StateEditor},
		{OrgKey: "gibt-es-nicht", Role: access.BodyCoordinator},
	} {
		r.ID, r.Claim, r.Value = uuid.New(), "groups", "x"
		if err := s.AddRule(ctx, w.As(t, "land"), r); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%s in %s: %v", r.Role, r.OrgKey, err)
		}
	}
	full := strings.Repeat("x", 200)
	for _, r := range []identity.NewRule{{Value: "x"}, {Claim: "groups"}, {Claim: full + "x", Value: "x"}, {Claim: "groups", Value: full + "x"}} {
		r.ID, r.OrgKey, r.Role = uuid.New(), group.OrgKey, group.Role
		if err := s.AddRule(ctx, w.As(t, "land"), r); fault.KindOf(err) != fault.Invalid {
			t.Errorf("a claim of %d letters with a value of %d: %v", len(r.Claim), len(r.Value), err)
		}
	}
	addRule(t, w, "land", identity.NewRule{Claim: full, Value: full, OrgKey: group.OrgKey, Role: group.Role})
	good := group
	good.ID = uuid.New()
	for _, login := range []string{"redaktion", "k16051", "tmdi-referat", "tlrz", "betreiber"} {
		if err := s.AddRule(ctx, w.As(t, login), good); fault.KindOf(err) != fault.Forbidden {
			t.Errorf("%s: %v", login, err)
		}
	}
}

func TestRulesOfAnotherLandAreOutOfReach(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	s := identity.NewService(w.DB)
	rule := addRule(t, w, "land", group)
	turn(t, w, true)
	stranger := w.As(t, "d-land")
	if err := s.RemoveRule(ctx, stranger, rule); fault.KindOf(err) != fault.NotFound {
		t.Errorf("another Land removes a rule: %v", err)
	}
	m, err := s.Mapping(ctx, stranger)
	if err != nil || len(m.Rules) != 0 || m.On {
		t.Errorf("another Land sees %+v, %v", m, err)
	}
	trial, _, err := s.Try(ctx, stranger, string(claims("k16051", map[string]any{"groups": "ozg-erfurt"}).Claims))
	if err != nil || len(trial.Judgements) != 0 {
		t.Errorf("another Land's trial speaks of our people: %+v, %v", trial, err)
	}
}

func TestPastedClaimsMustBeAnObject(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	for _, text := range []string{"", "x", "[]", "null", `"x"`, `{"a":"\u0000"}`, `{"a":1`} {
		if _, _, err := identity.NewService(w.DB).Try(ctx, w.As(t, "land"), text); fault.KindOf(err) != fault.Invalid {
			t.Errorf("%q: %v", text, err)
		}
	}
}

// TestTwoFirstSignInsMakeOnePerson: two tabs of somebody whom a rule lets in for the first time.
func TestTwoFirstSignInsMakeOnePerson(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	turn(t, w, true)
	addRule(t, w, "land", group)
	errs := make(chan error, 4)
	for range 4 {
		go func() {
			_, err := identity.NewService(w.DB).SignIn(ctx, claims("neu", map[string]any{"groups": "ozg-erfurt"}))
			errs <- err
		}()
	}
	for range 4 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if n := dbtest.Admin[int](t, w, `SELECT count(*)::int FROM auth.membership JOIN auth.person USING (person_id) WHERE subject = 'neu'`); n != 1 {
		t.Errorf("%d memberships", n)
	}
}
