// Command sbom lists what is inside a built portal, as CycloneDX 1.5 on stdout: the Go modules that the linker took, from
// the program itself, and the npm packages whose files are embedded, from their lock file.
//
//	bin/sbom bin/portal web/package-lock.json > bin/portal.cdx.json
package main

import (
	"cmp"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
)

func main() {
	if err := run(os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "sbom:", err)
		os.Exit(1)
	}
}

type bill struct {
	Format     string      `json:"bomFormat"`
	Spec       string      `json:"specVersion"`
	Version    int         `json:"version"`
	Metadata   metadata    `json:"metadata"`
	Components []component `json:"components"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type    string    `json:"type"`
	Name    string    `json:"name"`
	Version string    `json:"version,omitempty"`
	PURL    string    `json:"purl,omitempty"`
	Hashes  []hash    `json:"hashes,omitempty"`
	License []license `json:"licenses,omitempty"`
}

type hash struct {
	Algorithm string `json:"alg"`
	Content   string `json:"content"`
}

type license struct {
	Expression string `json:"expression"`
}

func run(args []string, out io.Writer) error {
	if len(args) != 2 {
		return errors.New("usage: sbom program package-lock.json")
	}
	built, err := buildinfo.ReadFile(args[0])
	if err != nil {
		return err
	}
	found := []component{{Type: "platform", Name: "go", Version: strings.TrimPrefix(built.GoVersion, "go"), PURL: "pkg:golang/std@" + strings.TrimPrefix(built.GoVersion, "go")}}
	for _, m := range built.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		found = append(found, component{Type: "library", Name: m.Path, Version: m.Version, PURL: "pkg:golang/" + m.Path + "@" + m.Version})
	}
	embedded, err := packages(args[1])
	if err != nil {
		return err
	}
	found = append(found, embedded...)
	slices.SortFunc(found, func(a, b component) int { return cmp.Compare(a.PURL, b.PURL) })
	in := json.NewEncoder(out)
	in.SetIndent("", "  ")
	return in.Encode(bill{
		Format: "CycloneDX", Spec: "1.5", Version: 1, Components: found,
		Metadata: metadata{component{Type: "application", Name: "roll-in-portal", Version: built.Main.Version, License: []license{{"EUPL-1.2"}}}},
	})
}

// packages reads the npm packages of a lock file.
func packages(path string) (found []component, err error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var lock struct {
		Packages map[string]struct{ Version, Integrity, License string }
	}
	if err := json.Unmarshal(text, &lock); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	for folder, p := range lock.Packages {
		_, name, ok := strings.Cut(folder, "node_modules/")
		if !ok {
			continue // the project itself
		}
		c := component{Type: "library", Name: name, Version: p.Version, PURL: "pkg:npm/" + strings.Replace(name, "@", "%40", 1) + "@" + p.Version}
		if p.License != "" {
			c.License = []license{{p.License}}
		}
		if sum, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(p.Integrity, "sha512-")); err == nil && len(sum) == 64 {
			c.Hashes = []hash{{"SHA-512", hex.EncodeToString(sum)}}
		}
		found = append(found, c)
	}
	return found, nil
}
