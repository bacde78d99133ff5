package main

import (
	"context"
	"errors"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// changes are what each operator may turn into.
var changes = map[token.Token][]token.Token{
	token.EQL: {token.NEQ},
	token.NEQ: {token.EQL},
	token.LSS: {token.LEQ, token.GEQ},
	token.LEQ: {token.LSS, token.GTR},
	token.GTR: {token.GEQ, token.LEQ},
	token.GEQ: {token.GTR, token.LSS},
	token.ADD: {token.SUB},
	token.SUB: {token.ADD},
	token.MUL: {token.QUO},
	token.QUO: {token.MUL},
	token.REM: {token.MUL},
	token.INC: {token.DEC},
	token.DEC: {token.INC},
}

// mutant is one change at one place. Its number is its place in room.mutants, from 1.
type mutant struct {
	number   int
	pos      token.Position
	within   string // the function, "" outside of all
	code     string // the line it stands in
	from, to token.Token
}

func (m mutant) String() string {
	return fmt.Sprintf("%s:%d:%d %s", m.pos.Filename, m.pos.Line, m.pos.Column, m.change())
}

func (m mutant) change() string { return m.from.String() + " → " + m.to.String() }

// room is the code that is changed.
type room struct {
	folder  string
	fset    *token.FileSet
	files   []*file
	types   *types.Info
	mutants []mutant
}

type file struct {
	path   string
	source []byte
	tree   *ast.File
	sites  []site // in the order of the code, an outer one before those within
}

// site is a place with changes.
type site struct {
	node    ast.Node
	mutants []mutant
}

// load reads a folder's code and finds the changes in it.
func load(ctx context.Context, folder string) (*room, error) {
	r := &room{folder: folder, fset: token.NewFileSet()}
	r.types = &types.Info{Types: map[ast.Expr]types.TypeAndValue{}}
	names, err := output(ctx, "go", "list", "-f", `{{range .GoFiles}}{{.}} {{end}}`, "./"+folder)
	if err != nil {
		return nil, err
	}
	for name := range strings.FieldsSeq(names) {
		f := &file{path: filepath.Join(folder, name)}
		if f.source, err = os.ReadFile(f.path); err != nil {
			return nil, err
		}
		if f.tree, err = parser.ParseFile(r.fset, f.path, f.source, parser.ParseComments); err != nil {
			return nil, err
		}
		r.files = append(r.files, f)
	}
	if err := r.check(ctx); err != nil {
		return nil, err
	}
	for _, f := range r.files {
		if !ast.IsGenerated(f.tree) {
			r.find(f)
		}
	}
	if len(r.mutants) == 0 {
		return nil, errors.New(folder + " holds nothing to change")
	}
	return r, nil
}

// check learns the types, without which "+" might be of texts.
func (r *room) check(ctx context.Context) error {
	list, err := output(ctx, "go", "list", "-export", "-deps", "-f", `{{.ImportPath}}={{.Export}}`, "./"+r.folder)
	if err != nil {
		return err
	}
	compiled := map[string]string{}
	for line := range strings.Lines(list) {
		path, at, _ := strings.Cut(strings.TrimSpace(line), "=")
		compiled[path] = at
	}
	open := func(path string) (io.ReadCloser, error) { return os.Open(compiled[path]) }
	trees := make([]*ast.File, 0, len(r.files))
	for _, f := range r.files {
		trees = append(trees, f.tree)
	}
	_, err = (&types.Config{Importer: importer.ForCompiler(r.fset, "gc", open)}).Check(r.folder, r.fset, trees, r.types)
	return err
}

func (r *room) find(f *file) {
	lines := strings.Split(string(f.source), "\n")
	add := func(node ast.Node, at token.Pos, from token.Token, tos ...token.Token) {
		s := site{node: node}
		for _, to := range tos {
			pos := r.fset.Position(at)
			m := mutant{number: len(r.mutants) + 1, pos: pos, within: f.function(at), code: strings.TrimSpace(lines[pos.Line-1]), from: from, to: to}
			r.mutants, s.mutants = append(r.mutants, m), append(s.mutants, m)
		}
		f.sites = append(f.sites, s)
	}
	ast.Inspect(f.tree, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.GenDecl:
			if n.Tok == token.CONST && counts(n) {
				return false
			}
			if n.Tok == token.CONST {
				add(n, n.Pos(), n.Tok)
			}
		case *ast.BinaryExpr:
			if tos := changes[n.Op]; len(tos) > 0 && r.changeable(n, arithmetic[n.Op] != "") {
				add(n, n.OpPos, n.Op, tos...)
			}
		case *ast.UnaryExpr:
			if n.Op == token.SUB && r.changeable(n, true) {
				add(n, n.OpPos, n.Op, token.ADD)
			}
		case *ast.IncDecStmt:
			add(n, n.TokPos, n.Tok, changes[n.Tok]...)
		}
		return true
	})
}

// function names the function that a place is in.
func (f *file) function(at token.Pos) string {
	for _, d := range f.tree.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Pos() <= at && at < fn.End() {
			return fn.Name.Name
		}
	}
	return ""
}

// counts says that constants follow from each other. Others may be written as variables, which can be changed at run time.
func counts(d *ast.GenDecl) (yes bool) {
	ast.Inspect(d, func(node ast.Node) bool {
		switch n := node.(type) {
		case *ast.Ident:
			yes = yes || n.Name == "iota"
		case *ast.ValueSpec:
			yes = yes || len(n.Values) == 0
		}
		return true
	})
	return yes
}

// changeable says whether a change of an operator compiles: arithmetic wants numbers, and a type to be a variable of.
func (r *room) changeable(e ast.Expr, arithmetic bool) bool {
	t := r.types.Types[e]
	if !arithmetic {
		return t.Value == nil
	}
	basic, ok := t.Type.Underlying().(*types.Basic)
	return ok && basic.Info()&types.IsNumeric != 0 && basic.Info()&types.IsUntyped == 0
}

func output(ctx context.Context, name string, args ...string) (string, error) {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Stderr = os.Stderr
	text, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s: %w", strings.Join(args, " "), err)
	}
	return string(text), nil
}
