package floorplan_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// forbidden are calls that only some rooms may make, each for its reason. A call is "package path.Name"; a whole
// package is "package path.*". Tests may do as they like.
var forbidden = []struct {
	calls string
	rooms string // that may, "" none
	why   string
}{
	{"github.com/a-h/templ.Raw", "web/legalpage web/recordpage", "text leaves through templ, escaped; those two hand on sanitised Markdown and a stylesheet of our own"},
	{"html/template.*", "", "one way to make HTML"},
	{"text/template.*", "", "text is not HTML, and HTML comes from templ"},
	{"unsafe.*", "", "memory is the runtime's business"},
	{"rollinportal/internal/audit.Personal", "internal/identity internal/notify internal/reminder internal/decision internal/condition internal/funding internal/survey", "what leaves no entry may be on no Lagebild (ADR 0033): invitations, sessions, notices, reminders, a draft of an opinion"},
	{"net/http.Redirect", "web/page web/signinpage", "redirects go to own routes, through one door; signing in goes to the provider"},
	{"math/rand.*", "", "what must not be guessed comes from crypto/rand"},
	{"math/rand/v2.*", "internal/forecast internal/demo cmd/mutants internal/benchdata", "simulation and invented stories alone may be predictable"},
	{"os/exec.*", "internal/devstack internal/paper internal/backup cmd/testpg cmd/mutants cmd/portal", "no request starts a program"},
	{"net/mail.ParseAddress", "internal/notify internal/privacy cmd/portal", "one place judges what people type as an address: internal/mailaddress"},
	{"net/url.Parse", "internal/webaddress internal/onboarding internal/backup internal/dbtest web web/signinpage cmd/portal", "one place judges what people type as a link: internal/webaddress"},
	{"net/smtp.*", "", "one way to send mail"},
	{"github.com/wneessen/go-mail.*", "internal/notify", "mail leaves through the notices of the outbox"},
	{"github.com/jackc/pgx/v5/pgxpool.*", "internal/postgres internal/jobs internal/dbtest", "the database is reached through its door"},
	{"github.com/jackc/pgx/v5.Connect", "internal/postgres internal/audit internal/decision internal/backup internal/identity internal/privacy internal/devstack internal/demo internal/dbtest internal/benchdata cmd/portal", "operators' commands alone connect past the door"},
	{"github.com/go-chi/chi/v5/middleware.RealIP", "", "headers of strangers say nothing"},
	{"net/http.Get", "", "nothing is asked for at an address that a user gave"},
	{"net/http.Post", "", "nothing is asked for at an address that a user gave"},
	{"net/http.DefaultClient", "internal/devstack", "a client has time limits"},
	{"time.Now", "internal/postgres web web/metrics web/evidencepage web/signinpage internal/devstack internal/demo internal/backup internal/dbtest internal/benchdata cmd/portal cmd/testpg cmd/mutants", "deadlines and order follow the database's time, which is tx.Now"},
	{"time.Since", "web web/metrics internal/devstack internal/backup internal/benchdata cmd/portal cmd/testpg cmd/mutants", "deadlines and order follow the database's time, which is tx.Now"},
}

// TestRulesWithoutException walks the syntax of every file of the portal that is no test.
func TestRulesWithoutException(t *testing.T) {
	t.Parallel()
	files := 0
	for file, tree := range sources(t) {
		files++
		for _, call := range callsIn(tree) {
			for _, rule := range forbidden {
				pkg, all := strings.CutSuffix(rule.calls, ".*")
				match := call.name == rule.calls || all && strings.HasPrefix(call.name, pkg+".")
				if match && !allowed(path.Dir(file), rule.rooms) {
					t.Errorf("%s: %s: %s", call.at, call.name, rule.why)
				}
			}
		}
	}
	if files < 400 {
		t.Errorf("only %d files: the walk is broken", files)
	}
	t.Logf("P18: %d files keep %d rules", files, len(forbidden))
}

// TestSQLIsWrittenDown: a statement is made of constants. What a person typed never becomes part of it.
func TestSQLIsWrittenDown(t *testing.T) {
	t.Parallel()
	statements := 0
	for file, tree := range sources(t) {
		if !strings.HasPrefix(file, "internal/") || allowed(path.Dir(file), "internal/devstack internal/dbtest internal/demo internal/benchdata internal/backup") {
			continue
		}
		params := map[string]bool{}
		ast.Inspect(tree.file, func(n ast.Node) bool {
			if fn, ok := n.(*ast.FuncDecl); ok {
				params = parametersOf(fn)
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) < 2 {
				return true
			}
			method, ok := call.Fun.(*ast.SelectorExpr)
			if !ok || method.Sel.Name != "Query" && method.Sel.Name != "QueryRow" && method.Sel.Name != "Exec" {
				return true
			}
			statements++
			for _, part := range partsOf(call.Args[1]) {
				if bad := typedIn(part, params); bad != "" {
					t.Errorf("%s: SQL is put together with %s", tree.set.Position(part.Pos()), bad)
				}
			}
			return true
		})
	}
	if statements < 200 {
		t.Errorf("only %d statements: the walk is broken", statements)
	}
	t.Logf("P18: %d statements are constants", statements)
}

// partsOf are the operands of a concatenation.
func partsOf(e ast.Expr) []ast.Expr {
	if sum, ok := e.(*ast.BinaryExpr); ok && sum.Op == token.ADD {
		return append(partsOf(sum.X), partsOf(sum.Y)...)
	}
	return []ast.Expr{e}
}

// typedIn says what is wrong with a part of a statement: a field of a value, or a number or text formatted into it.
func typedIn(part ast.Expr, params map[string]bool) string {
	switch p := part.(type) {
	case *ast.SelectorExpr:
		if x, ok := p.X.(*ast.Ident); ok && params[x.Name] {
			return "a field of " + x.Name
		}
	case *ast.CallExpr:
		for _, arg := range p.Args {
			if bad := typedIn(arg, params); bad != "" {
				return bad
			}
		}
	}
	return ""
}

func parametersOf(fn *ast.FuncDecl) map[string]bool {
	names := map[string]bool{}
	for _, field := range fn.Type.Params.List {
		for _, name := range field.Names {
			names[name.Name] = true
		}
	}
	return names
}

func allowed(room, rooms string) bool {
	for _, r := range strings.Fields(rooms) {
		if room == r || strings.HasPrefix(room, r+"/") && r != "web" {
			return true
		}
	}
	return false
}

type source struct {
	set  *token.FileSet
	file *ast.File
}

// sources parses every Go file of the portal that is no test, by its path from the root.
func sources(t *testing.T) map[string]source {
	t.Helper()
	const root = "../.."
	found := map[string]source{}
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() && (entry.Name() == "node_modules" || entry.Name() == "tools" || entry.Name() == "e2e" || strings.HasPrefix(entry.Name(), ".") && name != root) {
			return fs.SkipDir
		}
		if !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go") {
			return nil
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		set := token.NewFileSet()
		file, err := parser.ParseFile(set, name, text, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		found[filepath.ToSlash(rel)] = source{set, file}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

type callSite struct{ name, at string }

// callsIn lists what a file uses of the packages that it imports, by their full names.
func callsIn(s source) (found []callSite) {
	imported := map[string]string{}
	for _, i := range s.file.Imports {
		full, err := strconv.Unquote(i.Path.Value)
		if err != nil {
			continue
		}
		short := path.Base(full)
		if short == "v2" || short == "v5" {
			short = path.Base(path.Dir(full))
		}
		if i.Name != nil {
			short = i.Name.Name
		}
		imported[strings.TrimPrefix(short, "go-")] = full
	}
	ast.Inspect(s.file, func(n ast.Node) bool {
		sel, ok := n.(*ast.SelectorExpr)
		if !ok {
			return true
		}
		if x, ok := sel.X.(*ast.Ident); ok && imported[x.Name] != "" {
			found = append(found, callSite{imported[x.Name] + "." + sel.Sel.Name, s.set.Position(sel.Pos()).String()})
		}
		return true
	})
	return found
}
