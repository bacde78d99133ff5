package static

import (
	"bytes"
	"fmt"
	"io/fs"
	"regexp"
	"strings"
)

// sheets is the order in which our own files become app.css: tokens and
// elements first, components as they appear on a page, paper last.
var sheets = strings.Fields(`
	fonts tokens base layout spacing
	button status form summary conflict filter pagination
	facts links log steps switch disclosure rows table
	kpi pillar tiles chart matrix task cost notice
	wall print`)

// assetURL finds url("name"); data: addresses have no closing match because
// they contain a colon.
var assetURL = regexp.MustCompile(`url\("([^":]+)"\)`)

// stylesheet joins our own files and replaces each plain name in url() by the
// hashed address. A name nobody serves is an error: the font would be a 404.
func stylesheet(fsys fs.FS, urls map[string]string) ([]byte, error) {
	var joined bytes.Buffer
	for _, name := range sheets {
		content, err := fs.ReadFile(fsys, "css/"+name+".css")
		if err != nil {
			return nil, fmt.Errorf("static: read stylesheet: %w", err)
		}
		joined.Write(content)
	}
	var unknown error
	rewritten := assetURL.ReplaceAllFunc(joined.Bytes(), func(match []byte) []byte {
		name := string(assetURL.FindSubmatch(match)[1])
		url, ok := urls[name]
		if !ok {
			unknown = fmt.Errorf("static: the stylesheet names %q, which is not served", name)
			return match
		}
		return []byte(`url("` + url + `")`)
	})
	return rewritten, unknown
}
