package onboarding

import (
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"

	"rollinportal/internal/postgres"
	"rollinportal/internal/template"
)

// templates are the versions of templates that were read before. A published version is never changed: the application
// has no right to. So a checklist asks for the words of its steps once, and then only for how they stand.
type templates struct {
	mu    sync.RWMutex
	steps map[uuid.UUID]map[string]template.Step // by version and key
}

// templateStep is a step of a version.
type templateStep struct {
	Version uuid.UUID
	template.Step
}

// unknownTemplates are the steps of the versions that the steps l have, but for those that are known.
const unknownTemplates = `
		SELECT json_agg(json_build_object('Version', t.template_version_id, 'Key', t.key, 'No', t.no, 'Title', t.title, 'Description', t.description,
			'Pillar', t.pillar, 'Phase', t.phase, 'Responsible', t.responsible, 'Predecessors', t.predecessors, 'DurationDays', t.duration_days,
			'RepeatMonths', coalesce(t.repeat_months, 0), 'Scope', t.scope, 'Evidence', t.evidence, 'Conditions', t.conditions, 'Review', t.review, 'Dated', t.dated))
		FROM portal.template_step t
		WHERE t.land_id = @land AND t.template_version_id = ANY (l.templates) AND t.template_version_id <> ALL (@known::uuid[])`

func templatesOf(tx *postgres.Tx) *templates {
	return postgres.Forever(tx, func() *templates { return &templates{steps: map[uuid.UUID]map[string]template.Step{}} })
}

func (t *templates) known() []uuid.UUID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return slices.AppendSeq([]uuid.UUID{}, maps.Keys(t.steps))
}

// learn keeps whole versions: a statement reads all steps of one or none.
func (t *templates) learn(found []templateStep) {
	if len(found) == 0 {
		return
	}
	versions := map[uuid.UUID]map[string]template.Step{}
	for _, s := range found {
		if versions[s.Version] == nil {
			versions[s.Version] = map[string]template.Step{}
		}
		versions[s.Version][s.Key] = s.Step
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	maps.Copy(t.steps, versions)
}

// step returns a step that others have as well: nobody changes its lists.
func (t *templates) step(version uuid.UUID, key string) template.Step {
	t.mu.RLock()
	defer t.mu.RUnlock()
	return t.steps[version][key]
}
