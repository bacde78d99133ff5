package onboarding

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

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
	TemplateVersionID uuid.UUID
	template.Step
}

func templatesOf(tx *postgres.Tx) *templates {
	return postgres.Forever(tx, func() *templates { return &templates{steps: map[uuid.UUID]map[string]template.Step{}} })
}

// read reads the steps of those versions that were not read before.
func (t *templates) read(ctx context.Context, tx *postgres.Tx, versions []uuid.UUID) error {
	unknown := t.unknown(versions)
	if len(unknown) == 0 {
		return nil
	}
	rows, _ := tx.Query(ctx, `
		SELECT t.template_version_id, `+templateColumns+`
		FROM portal.template_step t
		WHERE t.land_id = @land AND t.template_version_id = ANY (@versions)
		ORDER BY t.template_version_id, t.key`, pgx.StrictNamedArgs{"land": tx.Land(), "versions": unknown})
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[templateStep])
	if err != nil {
		return fmt.Errorf("read templates: %w", err)
	}
	t.learn(found)
	return nil
}

// unknown are the versions that were not read before.
func (t *templates) unknown(versions []uuid.UUID) []uuid.UUID {
	t.mu.RLock()
	defer t.mu.RUnlock()
	var missing []uuid.UUID
	for _, v := range versions {
		if t.steps[v] == nil && !slices.Contains(missing, v) {
			missing = append(missing, v)
		}
	}
	return missing
}

// learn keeps whole versions.
func (t *templates) learn(found []templateStep) {
	versions := map[uuid.UUID]map[string]template.Step{}
	for _, s := range found {
		if versions[s.TemplateVersionID] == nil {
			versions[s.TemplateVersionID] = map[string]template.Step{}
		}
		versions[s.TemplateVersionID][s.Key] = s.Step
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
