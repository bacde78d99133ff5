package dashboard_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dashboard"
	"rollinportal/internal/experience"
	"rollinportal/internal/fault"
	"rollinportal/internal/profile"
)

// state adds a fact to the profile of a body and returns its id.
func (w world) state(body string, in profile.Input) uuid.UUID {
	w.t.Helper()
	in.ID = uuid.New()
	w.must(profile.NewService(w.DB).Save(w.t.Context(), w.as("k"+body), body, in))
	return in.ID
}

func backend(product string) profile.Input {
	return profile.Input{Kind: profile.Backend, Service: "einbuergerung", Details: map[string]string{profile.Product: product}}
}

func (w world) peers(login string) dashboard.Peers {
	w.t.Helper()
	_, p, err := w.BodyService(w.t.Context(), w.as(login), "einbuergerung")
	w.must(err)
	return p
}

func TestPeersAreFurtherWithTheSameBackend(t *testing.T) {
	t.Parallel()
	w := story(t)
	if p := w.peers("k16053"); p.Product != "" || len(p.Found) != 0 {
		t.Errorf("without a Fachverfahren in the profile: %+v", p)
	}
	for _, body := range []string{"16053", "16061", "16071", "16064", "16054"} { // 16064 is no further, 16054 rests
		w.state(body, backend("VISA"))
	}
	w.state("16077", backend("AusländerPlus"))
	contact := profile.Input{Kind: profile.Contact, Released: true, Details: map[string]string{
		profile.Role: profile.Coordinator, profile.Name: "Erika Beispiel", profile.Email: "ozg@kreis.example",
	}}
	contact.ID = w.state("16061", contact)
	at := experience.Where{Body: "16071", Service: "einbuergerung", Step: "k_kickoff"}
	w.must(experience.NewService(w.DB).Release(t.Context(), w.as("k16071"), at, experience.Draft{ID: uuid.New(), Note: "So.", Files: []uuid.UUID{}}))

	p := w.peers("k16053")
	if p.Product != "VISA" || len(p.Found) != 2 {
		t.Fatalf("peers: %+v", p)
	}
	first, second := p.Found[0], p.Found[1]
	if first.BodyKey != "16061" || !first.State.IsLive() || first.LiveOn == nil || len(first.Contacts) != 1 || first.Contacts[0].Name != "Erika Beispiel" {
		t.Errorf("the furthest is %+v", first)
	}
	if second.BodyKey != "16071" || len(second.Contacts) != 0 || second.Released != 1 || second.Taken != 0 {
		t.Errorf("the second is %+v", second)
	}
	w.must(experience.NewService(w.DB).Take(t.Context(), w.as("k16053"), "einbuergerung", "16071"))
	contact.Released, contact.Version = false, 1
	w.must(profile.NewService(w.DB).Save(t.Context(), w.as("k16061"), "16061", contact))
	p = w.peers("k16053-b")
	if len(p.Found[0].Contacts) != 0 {
		t.Errorf("a contact that is released no more: %+v", p.Found[0])
	}
	if p.Found[1].Taken != 1 {
		t.Errorf("taken over: %+v", p.Found[1])
	}
	if p := w.peers("k16061"); len(p.Found) != 0 {
		t.Errorf("who is furthest has nobody before them: %+v", p.Found)
	}
	if _, found, err := w.BodyService(t.Context(), w.as("land"), "einbuergerung"); err != nil || len(found.Found) != 0 {
		t.Errorf("the Land has no peers: %+v, %v", found, err)
	}
	if _, _, err := w.BodyService(t.Context(), w.as("k16053"), "gibt-es-nicht"); fault.KindOf(err) != fault.NotFound {
		t.Errorf("an unknown service: %v", err)
	}
	if _, err := w.onboardings.Checklist(t.Context(), w.as("k16053"), "16061", "einbuergerung", 0); fault.KindOf(err) != fault.NotFound {
		t.Errorf("the checklist of a peer: %v", err)
	}
}
