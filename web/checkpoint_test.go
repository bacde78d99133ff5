package web_test

import (
	"crypto/ed25519"
	"net/http"
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/audit"
	"rollinportal/internal/jobs"
)

// TestATownTakesItsCheckpointsAlong: before the workers sign there is nothing to take, and then each coordination gets the
// file of its own organisation.
func TestATownTakesItsCheckpointsAlong(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	p.wants(t, "k16051", "/profil", "Prüfpunkte des Verlaufs Ihrer Organisation")
	p.wants(t, "k16051", "/pruefpunkte", "Noch kein Prüfpunkt")
	if p.has(t, "k16051-b", "/profil", "Prüfpunkte") {
		t.Error("an editor is offered what is not for them")
	}
	public, private, err := ed25519.GenerateKey(nil)
	must(t, err)
	worker, err := jobs.Actor(t.Context(), p.Work, p.As(t, "land").Land.ID, uuid.Nil)
	must(t, err)
	must(t, audit.NewNotary(p.Work, private).Sign(t.Context(), worker))
	p.wants(t, "k16051", "/pruefpunkte", "Letzter Prüfpunkt", "Prüfpunkte herunterladen")
	for _, login := range []string{"k16051", "tmdi-referat", "land"} {
		w := p.ask(t, login, "/pruefpunkte/liste.txt", nil)
		found, err := audit.ReadCheckpoints(w.Body.String())
		if w.Code != http.StatusOK || err != nil || len(found) != 1 || found[0].Org != p.As(t, login).Org.ID || !found[0].SignedBy([]ed25519.PublicKey{public}) {
			t.Errorf("%s takes along %d checkpoints with %d, %v", login, len(found), w.Code, err)
		}
		if to := w.Header().Get("Content-Disposition"); !strings.HasPrefix(to, "attachment; filename=pruefpunkte-") {
			t.Errorf("shown as %q", to)
		}
	}
}
