package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"rollinportal/web"
	"rollinportal/web/signinpage"
)

// clock is a clock that a test moves.
type clock struct {
	mu    sync.Mutex
	ahead time.Duration
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return time.Now().Add(c.ahead)
}

func (c *clock) move(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ahead += by
}

// TestSignInsNeedAClockWithinAMinute is R32 for the portal's own clock: what is further off is refused with a sentence that says
// so, and the log says how far. Sessions, deadlines and the trail take their time from the database (ADR 0041).
func TestSignInsNeedAClockWithinAMinute(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for _, ahead := range []time.Duration{0, 30 * time.Second, -30 * time.Second, 55 * time.Second, -55 * time.Second, 5 * time.Minute, -5 * time.Minute, 24 * time.Hour, -24 * time.Hour} {
		own := clock{ahead: ahead}
		off := p.forging(t, signInCase{config: func(c *signinpage.ProviderConfig) { c.Now = own.now }})
		b := off.browser()
		w := b.signIn(t, "/leistungen")
		if within := ahead.Abs() < time.Minute; within != (w.Code == http.StatusSeeOther && b.session() != "") {
			t.Errorf("with a clock %s off, the sign-in says %d", ahead, w.Code)
		} else if !within {
			says(t, w, http.StatusUnprocessableEntity, "Die Uhren von Portal und Anmeldedienst gehen verschieden")
			if !strings.Contains(off.log.String(), "clock and this machine's are apart") {
				t.Errorf("with a clock %s off, the log says %s", ahead, off.log)
			}
		}
	}
}

func TestRotatedKeysFailNoSignIn(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for _, kid := range []string{"k1", "k2", "k3"} {
		p.issuer.rotate(t, kid)
		var together sync.WaitGroup
		for range 8 {
			together.Go(func() {
				b := p.browser()
				if w := b.signIn(t, "/"); w.Code != http.StatusSeeOther {
					t.Errorf("a sign-in with the new key %s: %d", kid, w.Code)
				}
			})
		}
		together.Wait()
	}
}

// TestAClientSecretIsChangedWhilePeopleSignIn: before, while and after the provider changes it, whatever the instances know.
func TestAClientSecretIsChangedWhilePeopleSignIn(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for _, c := range []struct {
		present, next string
		want          int
	}{
		{clientSecret, "", http.StatusSeeOther}, {clientSecret, "the new one", http.StatusSeeOther}, // before
		{"the old one", clientSecret, http.StatusSeeOther}, {clientSecret, clientSecret, http.StatusSeeOther}, // after
		{"the old one", "", http.StatusUnprocessableEntity}, {"the old one", "nonsense", http.StatusUnprocessableEntity},
	} {
		instance := p.again(t, func(config *web.Config) { config.Provider.ClientSecret, config.Provider.NextSecret = c.present, c.next })
		if w := instance.browser().signIn(t, "/"); w.Code != c.want {
			t.Errorf("with %q and then %q: %d, want %d", c.present, c.next, w.Code, c.want)
		}
	}
}

// TestAKeyUnderItsOldNameIsFetchedAnew: some providers change the key and keep its kid.
func TestAKeyUnderItsOldNameIsFetchedAnew(t *testing.T) {
	t.Parallel()
	p := signInPortal(t)
	for range 2 {
		if w := p.browser().signIn(t, "/"); w.Code != http.StatusSeeOther {
			t.Errorf("%d", w.Code)
		}
		p.issuer.rotate(t, "k1")
	}
}

func TestAWithdrawnKeyIsRefusedWithinAnHour(t *testing.T) {
	t.Parallel()
	var c clock
	p := signInPortal(t).forging(t, signInCase{config: func(config *signinpage.ProviderConfig) { config.Now = c.now }})
	if w := p.browser().signIn(t, "/"); w.Code != http.StatusSeeOther {
		t.Fatalf("before: %d", w.Code)
	}
	stolen := p.issuer.keys[0]
	p.issuer.rotate(t, "k2")
	withdrawn := signing(func(_ *issuer, claims []byte) string { return signWith(jose.RS256, stolen.Key, stolen.KeyID, claims) })
	withdrawn.claims = map[string]any{"exp": seconds(7200), "iat": seconds(3601)}
	c.move(time.Hour + time.Second)
	p.issuer.does(withdrawn)
	b := p.browser()
	if w := b.signIn(t, "/"); w.Code != http.StatusUnprocessableEntity || b.session() != "" {
		t.Errorf("a token of a key withdrawn an hour ago: %d", w.Code)
	}
}

// TestAProviderThatIsAwayStopsOnlySignIns: the portal starts without it, sessions live on, and nobody waits in a queue.
func TestAProviderThatIsAwayStopsOnlySignIns(t *testing.T) {
	t.Parallel()
	p := signInPortal(t).forging(t, signInCase{forge: forgery{away: true}})
	if w := p.ask(t, "redaktion", "/leistungen", nil); w.Code != http.StatusOK {
		t.Errorf("a session while the provider is away: %d", w.Code)
	}
	p.issuer.does(forgery{away: true, pause: 300 * time.Millisecond})
	began := time.Now()
	var together sync.WaitGroup
	for range 20 {
		together.Go(func() {
			if w := p.browser().get("/login"); w.Code != http.StatusServiceUnavailable || w.Header().Get("Retry-After") == "" {
				t.Errorf("/login while the provider is away: %d", w.Code)
			}
		})
	}
	together.Wait()
	if took := time.Since(began); took > 4*time.Second {
		t.Errorf("twenty people waited %s: they stand in a queue", took)
	}
	if n := p.issuer.times("/.well-known/openid-configuration"); n >= 20 {
		t.Errorf("a provider in trouble was asked %d times for twenty people", n)
	}
	if w := p.askPost(t, "redaktion", "/abmelden"); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/anmelden" {
		t.Errorf("signing out while the provider is away: %d to %q", w.Code, w.Header().Get("Location"))
	}
	p.issuer.does(forgery{})
	b := p.browser()
	q := b.begin(t, "/")
	p.issuer.does(forgery{away: true})
	if w := b.get("/auth/callback?" + q.Encode()); w.Code != http.StatusServiceUnavailable {
		t.Errorf("a provider that goes away in the middle of a sign-in: %d", w.Code)
	}
	p.issuer.does(forgery{})
	if w := b.signIn(t, "/"); w.Code != http.StatusSeeOther {
		t.Errorf("after its return: %d", w.Code)
	}
}

// TestAProviderThatHangsIsGivenUp after five seconds.
func TestAProviderThatHangsIsGivenUp(t *testing.T) {
	t.Parallel()
	p := signInPortal(t).forging(t, signInCase{forge: forgery{pause: 6 * time.Second}})
	began := time.Now()
	if w := p.browser().get("/login"); w.Code != http.StatusServiceUnavailable || time.Since(began) > 5900*time.Millisecond {
		t.Errorf("%d after %s", w.Code, time.Since(began))
	}
}
