package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/hurdle"
	"rollinportal/web"
	"rollinportal/web/link"
)

// TestASignInCrossesInstances: a load balancer without sticky sessions sends each request where it likes. A sign-in begins at
// one instance and ends at another, the session holds at both, and what ends it at one ends it at both.
func TestASignInCrossesInstances(t *testing.T) {
	t.Parallel()
	one := signInPortal(t)
	two := one.again(t, func(*web.Config) {})
	at := func(p *portal, b *browser) *browser { b.p = p; return b }
	crossing := func() *browser {
		t.Helper()
		b := one.browser()
		q := b.begin(t, "/leistungen")
		if w := at(two, b).get("/auth/callback?" + q.Encode()); w.Code != http.StatusSeeOther || b.session() == "" {
			t.Fatalf("a callback at the other instance: %d", w.Code)
		}
		if w := at(one, b).get("/auth/callback?" + q.Encode()); w.Code != http.StatusUnprocessableEntity {
			t.Errorf("the same callback once more at the first: %d", w.Code)
		}
		for _, p := range []*portal{one, two} {
			if !at(p, b).isIn() {
				t.Fatal("the session does not hold at both instances")
			}
		}
		return b
	}
	out := crossing()
	if w := at(two, out).send(http.MethodPost, "/abmelden"); w.Code != http.StatusSeeOther {
		t.Errorf("sign out: %d", w.Code)
	}
	one.issuer.does(claiming("sid", "s1"))
	told := crossing()
	if w := one.tells(one.issuer.logoutToken(map[string]any{"sid": "s1", "sub": nil})); w.Code != http.StatusOK {
		t.Errorf("the provider's logout: %d", w.Code)
	}
	for what, b := range map[string]*browser{"signed out at one": out, "ended by the provider at one": told} {
		for _, p := range []*portal{one, two} {
			if at(p, b).isIn() {
				t.Errorf("a session %s is alive", what)
			}
		}
	}
}

// TestAKeptLagebildKnowsWhatAnotherInstanceChanged: each instance keeps pictures of its own, and none of them is old.
func TestAKeptLagebildKnowsWhatAnotherInstanceChanged(t *testing.T) {
	t.Parallel()
	one := newRollin(t)
	two := one.again(t, func(*web.Config) {})
	for _, body := range []string{"16051", "16052", "16053"} {
		for _, p := range []*portal{one, two} { // twice: the second look is the kept one
			p.ask(t, "land", "/lagebild", nil)
		}
		no := one.hurdleOf(t, "k"+body, hurdle.Where{Body: body, Service: "wohngeld", Step: "k_kickoff"})
		for _, p := range []*portal{one, two} {
			if said := p.ask(t, "land", "/lagebild", nil).Body.String(); !strings.Contains(said, `href="`+link.Hurdles+"/"+no+`"`) {
				t.Errorf("an instance does not know of hurdle %s", no)
			}
		}
	}
}

// TestTheBoundOfBarriersHoldsForAllInstances: each instance counts senders by itself, and the database what a Land takes in.
func TestTheBoundOfBarriersHoldsForAllInstances(t *testing.T) {
	t.Parallel()
	one := newPortal(t)
	land := one.As(t, "land").Land.Key
	instances := []*portal{one}
	for range 2 {
		instances = append(instances, one.again(t, func(*web.Config) {}))
	}
	taken, last := 0, 0
	for n := range 15 {
		form := url.Values{"id": {uuid.NewString()}, "land": {land}, "message": {"Die Tabelle"}}
		last = instances[n%3].ask(t, "", "/barriere-melden", form).Code
		if last == http.StatusSeeOther {
			taken++
		}
	}
	if taken != 10 || last != http.StatusTooManyRequests {
		t.Errorf("%d reports are taken in over three instances, want the Land's ten; the last answer is %d", taken, last)
	}
}
