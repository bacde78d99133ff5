package floorplan_test

import (
	"encoding/json"
	"errors"
	"io"
	"os/exec"
	"strings"
	"testing"
)

// floors are the rooms from the cellar up. Rooms on one floor do not import each other.
var floors = [][]string{
	{"migrations", "docs/handbuch", "internal/fault", "internal/figure", "internal/mailaddress", "internal/webaddress", "internal/workday", "internal/paper", "internal/witness", "internal/devstack", "internal/floorplan", "web/ui", "web/link", "web/static"},
	{"internal/access", "internal/economics", "internal/forecast"},
	{"internal/postgres"},
	{"internal/audit", "internal/backup", "internal/jobs", "internal/kept"},
	{"internal/notify"},
	{"internal/organisation", "internal/funding", "internal/operation", "internal/savedview", "internal/legal", "internal/privacy"},
	{"internal/catalog", "internal/identity", "internal/condition"},
	{"internal/template", "internal/decision", "internal/calendar"},
	{"internal/onboarding"},
	{"internal/hurdle", "internal/register", "internal/question", "internal/experience", "internal/profile", "internal/planning", "internal/pilot", "internal/event", "internal/history"},
	{"internal/survey"},
	{"internal/dashboard", "internal/interchange", "internal/evidence", "internal/reminder"},
	{"internal/demo", "internal/benchdata"},
	{"internal/dbtest", "internal/faults"},
	{"web/page", "web/metrics"},
	{"web/*page", "web/pagetest"},
	{"web"},
	{"cmd/*"},
}

const module = "rollinportal/"

type pkg struct {
	ImportPath string
	Imports    []string
}

func TestImportsGoDownwards(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		room := strings.TrimPrefix(p.ImportPath, module)
		own := floorOf(room)
		if own < 0 {
			t.Errorf("%s has no place on the floor plan", room)
		}
		for _, imported := range p.Imports {
			below, ours := strings.CutPrefix(imported, module)
			if ours && floorOf(below) >= own {
				t.Errorf("%s (floor %d) imports %s (floor %d)", room, own, below, floorOf(below))
			}
		}
	}
}

func TestTheHouseKnowsNoHTTPAndNoHTML(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, module+"internal/") {
			continue
		}
		for _, imported := range p.Imports {
			if imported == "net/http" && p.ImportPath != module+"internal/devstack" || imported == "github.com/a-h/templ" || strings.HasPrefix(imported, module+"web") {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// TestPagesKeepFromTheDatabase: SQL is a matter of the rooms inside.
func TestPagesKeepFromTheDatabase(t *testing.T) {
	t.Parallel()
	for _, p := range packages(t) {
		if !strings.HasPrefix(p.ImportPath, module+"web/") {
			continue
		}
		for _, imported := range p.Imports {
			if strings.HasPrefix(imported, "github.com/jackc/pgx") {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", module+"...").Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	var found []pkg
	for in := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := in.Decode(&p); errors.Is(err, io.EOF) {
			return found
		} else if err != nil {
			t.Fatal(err)
		}
		found = append(found, p)
	}
}

// floorOf returns the floor of a room, -1 if it has none.
func floorOf(room string) int {
	for i, rooms := range floors {
		for _, r := range rooms {
			head, tail, wild := strings.Cut(r, "*")
			if r == room || wild && strings.HasPrefix(room, head) && strings.HasSuffix(room, tail) && room != "web/page" {
				return i
			}
		}
	}
	return -1
}
