// Package static serves the stylesheets, scripts, fonts and images of the portal from
// the binary itself.
//
// Every file is reachable under a name that carries the hash of its content,
// so a browser may keep it for a year and still sees a new release at once:
//
//	app.css -> /static/app.3f9c1a0be2d4.css
//
// Two stylesheets are served, in this order: kern.min.css as KERN publishes it,
// and app.css, which is our own files in css/ one after the other. KERN and the
// fonts are third-party files; `make assets` copies them into vendor/.
package static

import (
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"
)

// Prefix is the path below which the assets are mounted.
const Prefix = "/static/"

//go:embed css img js all:vendor
var embedded embed.FS

// served lists every asset by its plain name and where it comes from. app.css
// is missing here because it is put together from css/.
var served = map[string]string{
	"favicon.svg":                      "img/favicon.svg",
	"grid.js":                          "js/grid.js",
	"autosave.js":                      "js/autosave.js",
	"count.js":                         "js/count.js",
	"similar.js":                       "js/similar.js",
	"kern.min.css":                     "vendor/kern.min.css",
	"fira-sans-latin-400-normal.woff2": "vendor/fira-sans-latin-400-normal.woff2",
	"fira-sans-latin-500-normal.woff2": "vendor/fira-sans-latin-500-normal.woff2",
	"fira-sans-latin-600-normal.woff2": "vendor/fira-sans-latin-600-normal.woff2",
}

// contentTypes is our own table: what the standard library answers for .woff2
// depends on the operating system.
var contentTypes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".woff2": "font/woff2",
}

// Assets knows the address of every asset and serves them.
type Assets struct {
	urls  map[string]string // plain name -> address
	files map[string]*file  // hashed name -> content
}

// New reads the embedded files, hashes and compresses them. It fails when the
// third-party files were not there at build time.
func New() (*Assets, error) {
	return load(embedded)
}

func load(fsys fs.FS) (*Assets, error) {
	a := &Assets{urls: map[string]string{}, files: map[string]*file{}}
	for name, source := range served {
		content, err := fs.ReadFile(fsys, source)
		if errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("static: %s is missing: run `make assets`, then build again", source)
		}
		if err != nil {
			return nil, fmt.Errorf("static: read %s: %w", source, err)
		}
		a.add(name, content)
	}
	// The fonts come first: app.css names them by their hashed addresses.
	sheet, err := stylesheet(fsys, a.urls)
	if err != nil {
		return nil, err
	}
	a.add("app.css", sheet)
	return a, nil
}

func (a *Assets) add(name string, content []byte) {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.urls[name] = Prefix + hashed
	a.files[hashed] = newFile(contentTypes[ext], content)
}

// URL answers the address of the asset with this plain name, for example
// "app.css". An unknown name is a programming mistake and panics.
func (a *Assets) URL(name string) string {
	url, ok := a.urls[name]
	if !ok {
		panic("static: no asset named " + name)
	}
	return url
}

// Styles answers the addresses of the stylesheets in their load order.
func (a *Assets) Styles() []string {
	return []string{a.URL("kern.min.css"), a.URL("app.css")}
}
