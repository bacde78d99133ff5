package web_test

import (
	"encoding/json"
	"maps"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"rollinportal/internal/benchdata"
	"rollinportal/internal/postgres"
	"rollinportal/web"
)

// plansFile says of every page by which way Postgres came to the rows of each table, over 100 times the data.
const plansFile = "testdata/plans.golden"

// long are the tables that grow with work and with years: no page may read one of them from end to end. (Others grow as
// well, but the sets leave them empty.)
var long = map[string]bool{
	"step": true, "onboarding": true, "progress": true, "onboarding_history": true, "competence_history": true, "audit_event": true,
}

// checkPlans asks for every page that leads on from the start pages of a Land and of a body, and has Postgres tell the
// plans by which it truly answered, those inside its functions too.
func (p *bench) checkPlans(b *testing.B) {
	told := p.telling(b)
	found := map[string][]string{}
	for role, login := range map[string]string{"land": benchdata.Coordinator(0), "body": benchdata.BodyCoordinator(0)} {
		for shape, path := range p.pages(b, login) {
			for range 6 { // the sixth time Postgres may choose the plan it keeps
				told.nodes = map[string]bool{}
				p.change(b, 0) // or what is kept is not read
				if w := told.ask(b, login, path, nil); w.Code != http.StatusOK {
					b.Errorf("%s: %d", path, w.Code)
				}
			}
			found[role+" "+shape] = slices.Sorted(maps.Keys(told.nodes))
			for _, n := range found[role+" "+shape] {
				if table, scanned := strings.CutSuffix(n, ": Seq Scan"); scanned && long[table] {
					b.Errorf("%s reads all of %s", path, table)
				}
			}
		}
	}
	if len(found) < 30 {
		b.Errorf("only %d pages were found", len(found))
	}
	var s strings.Builder
	for _, shape := range slices.Sorted(maps.Keys(found)) {
		s.WriteString(strings.Join(append([]string{shape}, found[shape]...), "\n\t") + "\n")
	}
	if *update {
		must(b, os.WriteFile(plansFile, []byte(s.String()), 0o644))
	}
	if golden, _ := os.ReadFile(plansFile); string(golden) != s.String() {
		b.Errorf("plans differ from %s; run with -update and read the diff", plansFile)
	}
	for b.Loop() { // what is checked is not timed
	}
}

// telling is the portal over connections on which Postgres tells its plans.
type telling struct {
	*portal
	nodes map[string]bool
}

func (p *bench) telling(b testing.TB) *telling {
	t := &telling{nodes: map[string]bool{}}
	t.portal = p.portal.telling(b, func(_ string, n plan) { t.note(n, "") })
	return t
}

// telling is the same portal over one connection on which Postgres tells of each statement by which plan it answered, of
// those inside its functions too.
func (p *portal) telling(t testing.TB, hear func(statement string, n plan)) *portal {
	admin, err := pgx.Connect(t.Context(), p.AdminURL)
	must(t, err)
	defer admin.Close(t.Context())
	for _, setting := range []string{
		"session_preload_libraries = 'auto_explain'", "auto_explain.log_min_duration = 0", "auto_explain.log_level = 'notice'", "auto_explain.log_verbose = on",
		"auto_explain.log_format = 'json'", "auto_explain.log_nested_statements = on", "client_min_messages = 'notice'",
	} {
		_, err := admin.Exec(t.Context(), `ALTER DATABASE `+pgx.Identifier{admin.Config().Database}.Sanitize()+` SET `+setting)
		must(t, err)
	}
	world := *p.World
	world.DB, err = postgres.Open(t.Context(), p.URL, postgres.WithPool(func(c *pgxpool.Config) {
		c.MaxConns = 1
		c.ConnConfig.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) {
			if _, text, told := strings.Cut(n.Message, "plan:\n"); told {
				var heard struct {
					Query string `json:"Query Text"`
					Plan  plan
				}
				must(t, json.Unmarshal([]byte(text), &heard))
				hear(heard.Query, heard.Plan)
			}
		}
	}))
	must(t, err)
	t.Cleanup(world.DB.Close)
	told := (&portal{World: &world, issuer: p.issuer}).again(t, func(*web.Config) {})
	told.tokens = p.tokens
	return told
}

// plan is a node of a plan.
type plan struct {
	Node   string `json:"Node Type"`
	Schema string
	Table  string `json:"Relation Name"`
	Index  string `json:"Index Name"`
	Plans  []plan
}

// note keeps how a plan comes to the rows of long tables. Which table the index of a bitmap belongs to says a node above;
// whether it goes by a bitmap depends on what ANALYZE happened to sample, by which index does not.
func (t *telling) note(n plan, table string) {
	if n.Table != "" {
		table = n.Table
	}
	if long[table] && (n.Index != "" || n.Node == "Seq Scan") {
		t.nodes[strings.TrimSpace(table+": "+strings.TrimPrefix(n.Node, "Bitmap ")+" "+n.Index)] = true
	}
	for _, below := range n.Plans {
		t.note(below, table)
	}
}

var (
	leads = regexp.MustCompile(`href="(/[^"#?]*)`)
	named = regexp.MustCompile(`/(bench-\d+|\d+|[kl]_\w+|[0-9a-f-]{36}|BM\d*)\b`)
)

// pages finds the pages that lead on from the start page, one of each shape: a file is none.
func (p *bench) pages(b testing.TB, login string) map[string]string {
	found := map[string]string{"/": "/"}
	for next := []string{"/"}; len(next) > 0; next = next[1:] {
		for _, m := range leads.FindAllStringSubmatch(p.ask(b, login, next[0], nil).Body.String(), -1) {
			shape := named.ReplaceAllString(m[1], "/*")
			if _, known := found[shape]; known || strings.HasPrefix(shape, "/static/") {
				continue
			}
			found[shape] = ""
			if w := p.ask(b, login, m[1], nil); w.Code == http.StatusOK && strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				found[shape] = m[1]
				next = append(next, m[1])
			}
		}
	}
	maps.DeleteFunc(found, func(_, path string) bool { return path == "" || path == "/" })
	return found
}
