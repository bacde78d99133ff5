package benchdata

import (
	"context"
	"fmt"

	"rollinportal/internal/onboarding"
	"rollinportal/internal/template"
)

func (t *tables) steps(ctx context.Context) error {
	columns := []string{
		"land_id", "org_id", "step_id", "scope", "key", "service_id", "onboarding_id", "template_version_id", "state",
		"evidence", "due_on", "state_since", "changed_by", "resting",
	}
	return t.copy(ctx, "portal", "step", columns, func(add func(...any)) {
		for s := range t.size.Services {
			for i, step := range ofLand {
				add(t.land, t.coordination(), t.landStep(s, i), step.scope, step.key, t.service(s), nil, t.version(), onboarding.Done,
					"Akte", t.today.AddDate(0, 0, -300), t.ago(300), t.person(), false)
			}
		}
		for b := range t.size.Bodies {
			for i, step := range basis {
				state, given := given(basisDone(t.n, b, i))
				add(t.land, t.body(b), t.basisStep(b, i), step.scope, step.key, nil, nil, t.version(), state, given, t.today.AddDate(0, 0, b%40-20), t.ago(60), t.person(), false)
			}
		}
		t.each(func(s, b int, w way) {
			for i, step := range own {
				no := i + 1
				_, given := given(no <= w.done)
				add(t.land, t.body(b), t.ownStep(s, b, no), step.scope, step.key, t.service(s), t.onboarding(s, b), t.version(), w.step(no),
					given, w.due(no, t.today), w.changed(no), t.person(), w.aside != "")
			}
		})
	})
}

func given(done bool) (onboarding.StepState, string) {
	if done {
		return onboarding.Done, "Akte"
	}
	return onboarding.Open, ""
}

func (t *tables) basisLinks(ctx context.Context) error {
	return t.copy(ctx, "portal", "onboarding_basis", []string{"land_id", "org_id", "onboarding_id", "step_id"}, func(add func(...any)) {
		t.each(func(s, b int, _ way) {
			for i := range basis {
				add(t.land, t.body(b), t.onboarding(s, b), t.basisStep(b, i))
			}
		})
	})
}

func (t *tables) progress(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "service_id", "pillar", "scope", "relevant", "done", "active"}
	return t.copy(ctx, "portal", "progress", columns, func(add func(...any)) {
		for s := range t.size.Services {
			for pillar, c := range count(ofLand, func(int) onboarding.StepState { return onboarding.Done }) {
				add(t.land, t.coordination(), t.service(s), pillar, template.Land, c.relevant, c.done, c.active)
			}
		}
		for b := range t.size.Bodies {
			for pillar, c := range count(basis, func(i int) onboarding.StepState { state, _ := given(basisDone(t.n, b, i)); return state }) {
				add(t.land, t.body(b), nil, pillar, template.Basis, c.relevant, c.done, c.active)
			}
		}
		t.each(func(s, b int, w way) {
			for pillar, c := range count(own, func(i int) onboarding.StepState { return w.step(i + 1) }) {
				if w.aside == onboarding.NotCompetent {
					c = counts{}
				}
				add(t.land, t.body(b), t.service(s), pillar, template.Kommune, c.relevant, c.done, c.active)
			}
		})
	})
}

// counts are what portal.progress keeps of steps.
type counts struct{ relevant, done, active int }

// count counts steps by pillar.
func count(steps []step, state func(i int) onboarding.StepState) map[int]counts {
	found := map[int]counts{}
	for i, s := range steps {
		c := found[s.pillar]
		c.relevant++
		switch state(i) {
		case onboarding.Done:
			c.done++
		case onboarding.InProgress:
			c.active++
		}
		found[s.pillar] = c
	}
	return found
}

// hindered calls visit for every onboarding that an obstacle blocks: three bodies of every third service.
func (t *tables) hindered(visit func(obstacle, s, b, no int)) {
	for s := 0; s < t.size.Services; s += 3 {
		met := 0
		for b := 0; b < t.size.Bodies && met < 3; b++ {
			if w := t.way(s, b); w.aside == "" && w.done < goLive-1 {
				visit(s/3, s, b, w.done+1)
				met++
			}
		}
	}
}

func (t *tables) obstacles(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "obstacle_id", "no", "text", "dimension", "service_id", "step_key", "step_title", "state", "state_since", "reported_at"}
	return t.copy(ctx, "portal", "obstacle", columns, func(add func(...any)) {
		last := -1
		t.hindered(func(o, s, _, no int) {
			if o == last {
				return
			}
			last = o
			add(t.land, t.coordination(), id(kindObstacle, t.n, o), o+1, fmt.Sprintf("Die Schnittstelle %d antwortet nicht.", o), "technical", t.service(s),
				own[no-1].key, "Schritt", "confirmed", t.ago(20), t.ago(30))
		})
	})
}

func (t *tables) affected(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "obstacle_id", "step_id", "service_id", "basis", "blocking", "since"}
	return t.copy(ctx, "portal", "obstacle_affected", columns, func(add func(...any)) {
		t.hindered(func(o, s, b, no int) {
			add(t.land, t.body(b), id(kindObstacle, t.n, o), t.ownStep(s, b, no), t.service(s), false, true, t.ago(30))
		})
	})
}

// waits has one in sixteen next steps lie with the provider.
func (t *tables) waits(ctx context.Context) error {
	columns := []string{"land_id", "org_id", "waiting_id", "step_id", "party_id", "since", "started_by", "started_at"}
	return t.copy(ctx, "portal", "waiting", columns, func(add func(...any)) {
		t.each(func(s, b int, w way) {
			if w.chance>>40%16 == 0 && w.aside == "" && w.done < goLive-1 {
				add(t.land, t.body(b), id(kindWaiting, t.n, s, b), t.ownStep(s, b, w.done+1), t.provider(), t.today.AddDate(0, 0, -9), t.person(), t.ago(9))
			}
		})
	})
}

// trail writes an entry for each step that is done.
func (t *tables) trail(ctx context.Context) error {
	columns := []string{
		"land_id", "org_id", "seq", "at", "actor", "actor_org", "action", "kind", "record", "parent", "title", "visibility",
		"changes", "prev", "hash",
	}
	hash, changes := make([]byte, 32), []byte(`[{"field": "Status", "old": "Offen", "new": "Erledigt"}, {"field": "Nachweis", "old": "", "new": "Akte"}]`)
	return t.copy(ctx, "portal", "audit_event", columns, func(add func(...any)) {
		for b := range t.size.Bodies {
			seq := 0
			for s := range t.size.Services {
				for no := range t.way(s, b).done {
					seq++
					add(t.land, t.body(b), seq, t.way(s, b).changed(no+1), t.person(), t.body(b), "step.done", "step", t.ownStep(s, b, no+1), t.onboarding(s, b),
						"Schritt", "org", changes, hash, hash)
				}
			}
		}
	})
}

// chains lets the next writers go on where the trail ends.
func (t *tables) chains(ctx context.Context) error {
	return t.copy(ctx, "auth", "chain_head", []string{"land_id", "org_id", "seq", "hash"}, func(add func(...any)) {
		for b := range t.size.Bodies {
			seq := 0
			for s := range t.size.Services {
				seq += t.way(s, b).done
			}
			add(t.land, t.body(b), seq, make([]byte, 32))
		}
	})
}
