package web_test

import (
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/andybalholm/cascadia"
	nethtml "golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// What marks are read in.
const (
	throughHTML     = "HTML"
	throughCSV      = "CSV"
	throughXLSX     = "XLSX"
	throughICS      = "calendar"
	throughZIP      = "ZIP"
	throughMail     = "mail"
	throughFileName = "file name"
)

// controls are what no header and no line of a log may hold as it is: line ends, terminal codes, and signs that turn the
// direction of reading.
var controls = regexp.MustCompile(`[\x00-\x08\x0a-\x1f\x7f\x{202a}-\x{202e}\x{2066}-\x{2069}]`)

// examine reads an answer as the program at the other end does.
func (m *marker) examine(t *testing.T, login, at string, w *httptest.ResponseRecorder) {
	if w.Code >= http.StatusInternalServerError {
		t.Errorf("%s as %s: %d", at, login, w.Code)
	}
	m.readHeader(t, at, w.Header(), w.Code == http.StatusOK)
	kind, _, _ := mime.ParseMediaType(w.Header().Get("Content-Type"))
	if kind == "text/html" {
		doc, err := nethtml.Parse(w.Body)
		must(t, err)
		m.readHTML(t, at, doc, w.Code == http.StatusOK)
		if w.Code == http.StatusOK {
			m.look(login, doc)
		}
	} else if w.Code == http.StatusOK {
		m.readFile(t, at, kind, w.Body.Bytes())
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	m.pages++
	m.shut[login+" "+at] = w.Code >= http.StatusBadRequest
}

func (m *marker) sees(medium, text string) {
	found := markWord.FindAllString(text, -1)
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, mark := range found {
		if m.read[mark] == nil {
			m.read[mark] = map[string]bool{}
		}
		m.read[mark][medium] = true
	}
}

func (m *marker) readHeader(t *testing.T, at string, header http.Header, counts bool) {
	for name, values := range header {
		if markWord.MatchString(strings.ToLower(name)) {
			t.Errorf("%s: what somebody typed is the header %q", at, name)
		}
		for _, value := range values {
			if controls.MatchString(value) {
				t.Errorf("%s: %s: %q", at, name, value)
			}
		}
	}
	if shown := header.Get("Content-Disposition"); markWord.MatchString(shown) {
		kind, params, err := mime.ParseMediaType(shown)
		if err != nil || kind != "attachment" || len(params) != 1 || controls.MatchString(params["filename"]) || strings.ContainsAny(params["filename"], `/\`) {
			t.Errorf("%s: Content-Disposition: %q", at, shown)
		}
		if counts {
			m.sees(throughFileName, params["filename"])
		}
	}
}

// readHTML: a mark may be text, or the value of an attribute that runs nothing and leads nowhere it should not.
func (m *marker) readHTML(t *testing.T, at string, doc *nethtml.Node, counts bool) {
	for n := range doc.Descendants() {
		marked := markWord.MatchString(n.Data)
		raw := n.Parent != nil && slices.Contains([]atom.Atom{atom.Script, atom.Style, atom.Iframe, atom.Noscript, atom.Noembed, atom.Xmp}, n.Parent.DataAtom)
		if marked && (n.Type != nethtml.TextNode || raw) {
			t.Errorf("%s: what somebody typed is no text: %q in %v", at, n.Data, n.Parent.Data)
		}
		if counts && marked {
			m.sees(throughHTML, n.Data)
		}
		for _, a := range n.Attr {
			if markWord.MatchString(a.Key) || strings.HasPrefix(a.Key, "on") || a.Key == "style" || a.Key == "srcdoc" || runs(a.Key) && !fits(a.Val) {
				t.Errorf("%s: <%s %s=%q>", at, n.Data, a.Key, a.Val)
			}
			if counts {
				m.sees(throughHTML, a.Val)
			}
		}
	}
}

func runs(attribute string) bool {
	return slices.Contains([]string{"href", "src", "action", "formaction", "data", "poster", "ping", "background"}, attribute)
}

func fits(address string) bool {
	u, err := url.Parse(address)
	return err == nil && u.User == nil && slices.Contains([]string{"", "http", "https", "mailto", "webcal"}, u.Scheme) && (u.Scheme != "" || u.Host == "")
}

// look finds the forms of a page, and the links that stand beside a mark: what was made under it is to be read, too.
func (m *marker) look(login string, doc *nethtml.Node) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile("form")) {
		f := m.formOf(login, node)
		m.met[f.pattern] = m.met[f.pattern] || f.method == http.MethodPost
		for _, name := range slices.Concat(f.typed, one(f.file)) {
			if in := fieldOf(f, name); !m.fields[in] {
				m.fields[in] = false
			}
		}
		if len(f.typed) > 0 || f.file != "" || markWord.MatchString(f.values.Encode()) {
			m.shown = append(m.shown, f)
		}
	}
	for _, node := range cascadia.QueryAll(doc, cascadia.MustCompile("tr, li, article, section, dl")) {
		if !markWord.MatchString(textOf(node)) {
			continue
		}
		for _, link := range cascadia.QueryAll(node, cascadia.MustCompile("a[href^='/']")) {
			to, _, _ := strings.Cut(attribute(link, "href"), "#")
			route := m.patternOf(http.MethodGet, to)
			if route != "" && !strings.Contains(to, "?") && !m.paths[to] && m.linked[route] < 4 {
				m.linked[route]++
				m.paths[to] = true
			}
		}
	}
}

func one(name string) []string {
	if name == "" {
		return nil
	}
	return []string{name}
}

func textOf(node *nethtml.Node) string {
	var text strings.Builder
	for n := range node.Descendants() {
		if n.Type == nethtml.TextNode {
			text.WriteString(n.Data)
		}
	}
	return text.String()
}
