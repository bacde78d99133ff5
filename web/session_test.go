package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/identity"
	"rollinportal/web"
)

// older turns the clock of a session forward, by making it older.
func (b *browser) older(t *testing.T, column, by string) {
	t.Helper()
	dbtest.Admin[int](t, b.p.World, `WITH moved AS (UPDATE auth.session SET `+column+` = `+column+` - $2::interval WHERE token_hash = $1 RETURNING 1) SELECT count(*)::int FROM moved`,
		[]byte(identity.Hash(b.session())), by)
}

func (b *browser) isIn() bool { return b.get("/leistungen").Code == http.StatusOK }

func (b *browser) post(path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodPost, b.p.base+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("Origin", b.p.base)
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.p.server.ServeHTTP(w, r)
	for _, c := range w.Result().Cookies() {
		b.cookies[c.Name] = c.Value
	}
	return w
}

func TestSessionsEndAfterIdleMinutesAndAtTheLatestAfterTenHours(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for _, c := range []struct {
		column, by string
		in         bool
	}{
		{"seen_at", "29 minutes 57 seconds", true},
		{"seen_at", "30 minutes", false},
		{"expires_at", "9 hours 59 minutes 57 seconds", true},
		{"expires_at", "10 hours", false},
	} {
		b := p.browser()
		b.signIn(t, "/")
		b.older(t, c.column, c.by)
		if b.isIn() != c.in {
			t.Errorf("%s moved by %s: signed in is %v", c.column, c.by, !c.in)
		}
	}
	busy := p.browser()
	busy.signIn(t, "/")
	for range 3 {
		busy.older(t, "seen_at", "20 minutes")
		if !busy.isIn() {
			t.Error("a person at work was signed out")
		}
	}
}

func TestSessionCookiesAreBoundToTheHost(t *testing.T) {
	t.Parallel()
	p := signInPortal(t).again(t, func(c *web.Config) { c.BaseURL, _ = url.Parse("https://portal.test") })
	b := p.browser()
	w := b.signIn(t, "/")
	var found []string
	for _, c := range w.Result().Cookies() {
		if c.MaxAge < 0 {
			continue
		}
		found = append(found, c.Name)
		if !c.HttpOnly || !c.Secure || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.Domain != "" || c.MaxAge != 0 || len(c.Value) != 52 {
			t.Errorf("the cookie is %s", c)
		}
		if dbtest.Admin[bool](t, p.World, `SELECT EXISTS (SELECT FROM auth.session WHERE position(convert_to($1, 'UTF8') in token_hash) > 0)`, c.Value) {
			t.Error("the token itself is stored")
		}
	}
	if len(found) != 1 || found[0] != "__Host-portal" {
		t.Errorf("the sign-in sets %v", found)
	}
	if planted := (&browser{p, map[string]string{"portal": b.session()}}); planted.isIn() {
		t.Error("a cookie without the prefix counts over https")
	}
}

// TestEverySignInHasANewSession: what was planted before is not taken over, and what the browser had before is over.
func TestEverySignInHasANewSession(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b := p.browser()
	b.cookies["portal"] = identity.NewToken()
	planted := b.session()
	b.signIn(t, "/")
	first := b.session()
	if first == planted || first == "" {
		t.Fatal("the planted token is the session's")
	}
	q := p.browser()
	answer := q.begin(t, "/")
	q.cookies["portal"] = first
	q.get("/auth/callback?" + answer.Encode())
	old := &browser{p, map[string]string{"portal": first}}
	if q.session() == first || !q.isIn() || old.isIn() {
		t.Errorf("a second sign-in: new token %v, in %v, the first lives on %v", q.session() != first, q.isIn(), old.isIn())
	}
}

func TestSwitchingGoesOnUnderANewSessionWithTheOldEnd(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	second := dbtest.Admin[uuid.UUID](t, p.World, `
		INSERT INTO auth.membership (membership_id, person_id, land_id, org_id, role, given_at)
		SELECT gen_random_uuid(), p.person_id, o.land_id, o.org_id, 'KK', NULL FROM auth.person p, portal.organisation o WHERE p.subject = 'land' AND o.key = '16051'
		RETURNING membership_id`)
	foreign := dbtest.Admin[uuid.UUID](t, p.World, `SELECT membership_id FROM auth.membership JOIN auth.person USING (person_id) WHERE subject = 'k16052'`)
	b := p.browser()
	b.signIn(t, "/")
	b.older(t, "expires_at", "4 hours")
	before := b.session()
	if w := b.get("/profil"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), second.String()) {
		t.Errorf("/profil does not offer the other membership: %d", w.Code)
	}
	if w := b.post("/kontext", url.Values{"zugang": {foreign.String()}}); w.Code != http.StatusNotFound || b.session() != before || !b.isIn() {
		t.Errorf("switching to somebody else's membership: %d", w.Code)
	}
	if w := b.post("/kontext", url.Values{"zugang": {second.String()}}); w.Code != http.StatusSeeOther {
		t.Fatalf("switch: %d", w.Code)
	}
	old := &browser{p, map[string]string{"portal": before}}
	if b.session() == before || old.isIn() {
		t.Error("the session before lives on")
	}
	if w := b.get("/profil"); !strings.Contains(w.Body.String(), "Koordination") || !strings.Contains(w.Body.String(), "Erfurt") {
		t.Errorf("after switching, /profil says %d", w.Code)
	}
	if left := dbtest.Admin[bool](t, p.World, `SELECT expires_at BETWEEN now() + interval '5 h 59 min' AND now() + interval '6 h' FROM auth.session WHERE token_hash = $1`, []byte(identity.Hash(b.session()))); !left {
		t.Error("switching made the session longer")
	}
}

func TestPeopleEndTheirOwnSessionsElsewhere(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	here, there := p.browser(), p.browser()
	here.signIn(t, "/")
	there.signIn(t, "/")
	id := func(b *browser) string {
		return dbtest.Admin[uuid.UUID](t, p.World, `SELECT session_id FROM auth.session WHERE token_hash = $1`, []byte(identity.Hash(b.session()))).String()
	}
	if w := here.get("/profil/sitzungen"); !strings.Contains(w.Body.String(), id(there)) || strings.Contains(w.Body.String(), id(here)) {
		t.Errorf("the list of sessions: %d", w.Code)
	}
	if w := p.askPost(t, "k16051", "/profil/sitzungen/"+id(there)+"/beenden"); w.Code != http.StatusNotFound || !there.isIn() {
		t.Errorf("somebody else ends it: %d", w.Code)
	}
	if w := here.send(http.MethodPost, "/profil/sitzungen/"+id(there)+"/beenden"); w.Code != http.StatusSeeOther || there.isIn() || !here.isIn() {
		t.Errorf("ending the other session: %d, there %v, here %v", w.Code, there.isIn(), here.isIn())
	}
}

func TestARevokedMembershipEndsAtTheNextClick(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	b := p.browser()
	b.signIn(t, "/")
	dbtest.Admin[int](t, p.World, `WITH ended AS (UPDATE auth.membership m SET status = 'ended' FROM auth.person p WHERE p.person_id = m.person_id AND p.subject = 'land' RETURNING 1) SELECT count(*)::int FROM ended`)
	if b.isIn() {
		t.Error("a person whose membership ended is still in")
	}
}
