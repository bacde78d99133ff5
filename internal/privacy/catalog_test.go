package privacy_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

	"rollinportal/internal/dbtest"
)

// impersonal are columns that look as if they named a person, each with the reason why they need not be told of by
// portal.person.
var impersonal = map[string]string{
	"auth.calendar.person_id":   "told by ctx.person_data itself",
	"auth.membership.person_id": "told by ctx.person_data itself",
	"auth.membership.ended_by":  "told by ctx.person_data itself",
	"auth.person.person_id":     "told by ctx.person_data itself",
	"auth.person.name":          "told by ctx.person_data itself",
	"auth.person.email":         "told by ctx.person_data itself",
	"auth.session.session_id":   "a session, told by ctx.person_data itself",
	"auth.membership.rule_id":   "a rule",
	"auth.chain_head.land_id":   "a Land",

	"portal.audit_event.actor_org":         "an organisation",
	"portal.audit_event.record":            "any record",
	"portal.audit_event.parent":            "any record",
	"portal.notice.mail_id":                "a mail",
	"portal.notice.mail":                   "whether a notice was mailed",
	"portal.decision_course.service_id":    "a service",
	"portal.onboarding_history.service_id": "a service",
	"portal.late_history.service_id":       "a service",
	"portal.blocked_history.service_id":    "a service",
	"portal.step.submitted_org":            "an organisation",

	"portal.barrier_report.name":   "somebody without an account; goes with the Land's period",
	"portal.barrier_report.email":  "somebody without an account; goes with the Land's period",
	"portal.invitation.email":      "told by ctx.person_data itself, to whom it belongs",
	"portal.invitation.mail":       "whether the mail was sent",
	"portal.mail.address":          "told with the mail",
	"portal.mail.name":             "told with the mail",
	"portal.event.address":         "where a meeting is on the web",
	"portal.evidence.name":         "the name of a file",
	"portal.land.name":             "a Land",
	"portal.land.contact_email":    "the mailbox of an office",
	"portal.organisation.name":     "an organisation",
	"portal.saved_view.name":       "what the person called it; told with the view",
	"portal.service.name":          "a service",
	"portal.service_fact.address":  "a page of the web",
	"portal.template_version.name": "a template",
	"portal.wave.name":             "a wave",
}

// TestEveryPersonColumnIsToldOrExempt walks the catalogue of Postgres: a column that is a uuid, no key of its own table and
// no reference to another could name a person, and so could a text that is called name or address. Each is registered by
// portal.person, or stands above with a reason.
func TestEveryPersonColumnIsToldOrExempt(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	conn, err := pgx.Connect(t.Context(), w.AdminURL)
	must(t, err)
	defer conn.Close(t.Context())
	rows, _ := conn.Query(t.Context(), `
		SELECT c.oid::regclass::text || '.' || a.attname AS column, x.col IS NOT NULL AS told
		FROM pg_attribute a
		JOIN pg_class c ON c.oid = a.attrelid
		JOIN pg_namespace n ON n.oid = c.relnamespace
		LEFT JOIN auth.person_column x ON x.tab = c.oid AND x.col = a.attname
		WHERE c.relkind IN ('r', 'p') AND n.nspname IN ('portal', 'auth') AND a.attnum > 0 AND NOT a.attisdropped
			AND (x.col IS NOT NULL
				OR a.atttypid = 'uuid'::regtype
					AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = c.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey) AND f.confrelid <> 'auth.person'::regclass)
					AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype = 'p' AND k.conkey[cardinality(k.conkey)] = a.attnum AND a.attname NOT LIKE '%person%')
				OR a.atttypid = 'text'::regtype AND a.attname ~ '(^|_)(name|mail|email|address|phone|contact)($|_)')
		ORDER BY 1`)
	type column struct {
		Column string
		Told   bool
	}
	found, err := pgx.CollectRows(rows, pgx.RowToStructByName[column])
	must(t, err)
	seen, told := map[string]bool{}, 0
	for _, c := range found {
		seen[c.Column] = true
		_, exempt := impersonal[c.Column]
		switch {
		case c.Told:
			told++
		case !exempt:
			t.Errorf("%s could name a person: CALL portal.person in its migration, or give a reason here", c.Column)
		}
	}
	for name := range impersonal {
		if !seen[name] {
			t.Errorf("%s is exempt and does not exist", name)
		}
	}
	if told < 50 {
		t.Errorf("only %d columns are told: the query is broken", told)
	}
}
