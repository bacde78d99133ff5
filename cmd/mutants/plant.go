package main

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"os"
	"path/filepath"
	"strings"
)

//go:embed planted.go.txt
var helpers string

// plant writes the room's code with all changes in it, and a list that has the compiler take it for the real code.
func (r *room) plant(dir string) (overlay string, err error) {
	replace := map[string]string{}
	put := func(at, text string) error {
		whole, err := filepath.Abs(at)
		if err != nil {
			return err
		}
		replace[whole] = filepath.Join(dir, filepath.Base(at))
		return os.WriteFile(replace[whole], []byte(text), 0o600)
	}
	for _, f := range r.files {
		if len(f.sites) == 0 {
			continue
		}
		if err := put(f.path, r.planted(f, f.tree.FileStart, f.tree.FileEnd)); err != nil {
			return "", err
		}
	}
	if err := put(filepath.Join(r.folder, "mutants_planted.go"), "package "+r.files[0].tree.Name.Name+"\n\n"+helpers); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]any{"Replace": replace})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(dir, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

func (f *file) code(r *room, from, to token.Pos) string {
	return string(f.source[r.fset.Position(from).Offset:r.fset.Position(to).Offset])
}

// planted is the code from one place to another with the changes in it.
func (r *room) planted(f *file, from, to token.Pos) string {
	var b strings.Builder
	for _, s := range f.sites {
		if s.node.Pos() < from || s.node.End() > to {
			continue
		}
		b.WriteString(f.code(r, from, s.node.Pos()))
		b.WriteString(r.switched(f, s))
		from = s.node.End()
	}
	b.WriteString(f.code(r, from, to))
	return b.String()
}

// switched is the code of one place that asks which change is made.
func (r *room) switched(f *file, s site) string {
	inner := func(n ast.Node) string { return r.planted(within(f, s), n.Pos(), n.End()) }
	switch n := s.node.(type) {
	case *ast.GenDecl:
		kept, turned := "", ""
		for _, spec := range n.Specs {
			if text := inner(spec); text == f.code(r, spec.Pos(), spec.End()) {
				kept += text + "\n"
			} else {
				turned += "var " + text + "\n"
			}
		}
		return "const (\n" + kept + ")\n" + turned
	case *ast.IncDecStmt:
		return fmt.Sprintf("func() { if mutantOn(%[1]d) { %[2]s%[3]s } else { %[2]s%[4]s } }()", s.mutants[0].number, inner(n.X), s.mutants[0].to, n.Tok)
	case *ast.UnaryExpr:
		return fmt.Sprintf("mutantNEG%s(%d, %s)", r.kind(n, n.X), s.mutants[0].number, inner(n.X))
	case *ast.BinaryExpr:
		x, y := inner(n.X), inner(n.Y)
		if name, ok := arithmetic[n.Op]; ok {
			return fmt.Sprintf("mutant%s%s(%d, %s, %s)", name, r.kind(n, n.X, n.Y), s.mutants[0].number, x, y)
		}
		var b strings.Builder
		b.WriteString("func() bool { switch {")
		for _, m := range s.mutants {
			fmt.Fprintf(&b, " case mutantOn(%d): return (%s) %s (%s);", m.number, x, m.to, y)
		}
		fmt.Fprintf(&b, " default: return (%s) %s (%s) } }()", x, n.Op, y)
		return b.String()
	}
	panic("no such site")
}

var arithmetic = map[token.Token]string{token.ADD: "ADD", token.SUB: "SUB", token.MUL: "MUL", token.QUO: "QUO", token.REM: "REM"}

// kind names the type of a result where the compiler cannot tell it from the operands: they are bare numbers.
func (r *room) kind(e ast.Expr, operands ...ast.Expr) string {
	for _, o := range operands {
		if r.types.Types[o].Value == nil {
			return ""
		}
	}
	return "[" + types.TypeString(r.types.Types[e].Type, func(p *types.Package) string {
		if p.Path() == r.folder {
			return ""
		}
		return p.Name()
	}) + "]"
}

// within is the file with the sites inside one only.
func within(f *file, outer site) *file {
	inner := *f
	inner.sites = nil
	for _, s := range f.sites {
		if s.node != outer.node && s.node.Pos() >= outer.node.Pos() && s.node.End() <= outer.node.End() {
			inner.sites = append(inner.sites, s)
		}
	}
	return &inner
}
