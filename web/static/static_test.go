package static

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/andybalholm/brotli"
)

// site is a small stand-in for the embedded files, so that the tests also run
// on a clean clone.
func site(t *testing.T) fstest.MapFS {
	t.Helper()
	fsys := fstest.MapFS{}
	for _, source := range served {
		fsys[source] = &fstest.MapFile{Data: []byte("content of " + source)}
	}
	for _, name := range sheets {
		fsys["css/"+name+".css"] = &fstest.MapFile{Data: []byte("." + name + " { color: red }\n")}
	}
	fsys["css/fonts.css"].Data = []byte(`a { src: url("fira-sans-latin-400-normal.woff2"); mask: url("data:image/svg+xml,x") }`)
	return fsys
}

func assets(t *testing.T, fsys fstest.MapFS) *Assets {
	t.Helper()
	a, err := load(fsys)
	if err != nil {
		t.Fatalf("load: %v", err)
	}
	return a
}

func get(t *testing.T, a *Assets, url, accept string) *http.Response {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, url, nil)
	r.Header.Set("Accept-Encoding", accept)
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	return w.Result()
}

func TestURLFollowsTheContent(t *testing.T) {
	t.Parallel()
	before := assets(t, site(t))
	changed := site(t)
	changed["css/print.css"].Data = []byte("@media print {}")
	after := assets(t, changed)

	if !regexp.MustCompile(`^/static/app\.[0-9a-f]{12}\.css$`).MatchString(before.URL("app.css")) {
		t.Errorf("URL(app.css) = %q, want a hash in it", before.URL("app.css"))
	}
	if before.URL("app.css") == after.URL("app.css") {
		t.Errorf("URL(app.css) = %q for two different contents", after.URL("app.css"))
	}
	if before.URL("kern.min.css") != after.URL("kern.min.css") {
		t.Errorf("URL(kern.min.css) changed from %q to %q with the content of another file",
			before.URL("kern.min.css"), after.URL("kern.min.css"))
	}
}

func TestStylesheetNamesFontsByHash(t *testing.T) {
	t.Parallel()
	a := assets(t, site(t))
	body, _ := io.ReadAll(get(t, a, a.URL("app.css"), "").Body)

	font := a.URL("fira-sans-latin-400-normal.woff2")
	if want := `url("` + font + `")`; !strings.Contains(string(body), want) {
		t.Errorf("app.css = %q, want %s in it", body, want)
	}
	if want := `url("data:image/svg+xml,x")`; !strings.Contains(string(body), want) {
		t.Errorf("app.css = %q, want %s untouched", body, want)
	}
	if got := get(t, a, font, "").StatusCode; got != http.StatusOK {
		t.Errorf("GET %s = %d, want 200", font, got)
	}
}

func TestStylesheetRefusesUnknownFile(t *testing.T) {
	t.Parallel()
	fsys := site(t)
	fsys["css/base.css"].Data = []byte(`a { background: url("gone.svg") }`)
	if _, err := load(fsys); err == nil || !strings.Contains(err.Error(), "gone.svg") {
		t.Errorf("load = %v, want an error that names gone.svg", err)
	}
}

func TestMissingVendorFileNamesTheRemedy(t *testing.T) {
	t.Parallel()
	fsys := site(t)
	delete(fsys, "vendor/kern.min.css")
	if _, err := load(fsys); err == nil || !strings.Contains(err.Error(), "make assets") {
		t.Errorf("load = %v, want an error that names `make assets`", err)
	}
}

func TestEncodingIsNegotiated(t *testing.T) {
	t.Parallel()
	a := assets(t, site(t))
	for _, c := range []struct{ name, accept, want string }{
		{"app.css", "gzip, deflate, br, zstd", "br"},
		{"app.css", "gzip", "gzip"},
		{"app.css", "br;q=0, gzip;q=0.5", "gzip"},
		{"app.css", "BR", "br"},
		{"app.css", "identity", ""},
		{"app.css", "", ""},
		{"fira-sans-latin-400-normal.woff2", "br, gzip", ""},
	} {
		res := get(t, a, a.URL(c.name), c.accept)
		if got := res.Header.Get("Content-Encoding"); got != c.want {
			t.Errorf("%s with Accept-Encoding %q: Content-Encoding = %q, want %q", c.name, c.accept, got, c.want)
		}
		body := decode(t, res)
		plain := a.files[path.Base(a.URL(c.name))].plain
		if !bytes.Equal(body, plain) {
			t.Errorf("%s with Accept-Encoding %q: body = %q, want %q", c.name, c.accept, body, plain)
		}
	}
}

func decode(t *testing.T, res *http.Response) []byte {
	t.Helper()
	var r io.Reader = res.Body
	switch res.Header.Get("Content-Encoding") {
	case "br":
		r = brotli.NewReader(r)
	case "gzip":
		unzipped, err := gzip.NewReader(r)
		if err != nil {
			t.Fatalf("gzip: %v", err)
		}
		r = unzipped
	}
	body, err := io.ReadAll(r)
	if err != nil {
		t.Fatalf("read body: %v", err)
	}
	return body
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	a := assets(t, site(t))
	const forever, never = "public, max-age=31536000, immutable", "no-store"
	for _, c := range []struct {
		url, contentType, caching string
		status                    int
	}{
		{a.URL("app.css"), "text/css; charset=utf-8", forever, 200},
		{a.URL("favicon.svg"), "image/svg+xml", forever, 200},
		{a.URL("fira-sans-latin-500-normal.woff2"), "font/woff2", forever, 200},
		{"/static/app.000000000000.css", "text/css; charset=utf-8", never, 200}, // from another release
		{"/static/app.css", "text/plain; charset=utf-8", "", 404},
		{"/static/", "text/plain; charset=utf-8", "", 404},
		{"/static/../static.go", "text/plain; charset=utf-8", "", 404},
	} {
		res := get(t, a, c.url, "")
		if res.StatusCode != c.status {
			t.Errorf("GET %s = %d, want %d", c.url, res.StatusCode, c.status)
		}
		for header, want := range map[string]string{
			"Content-Type": c.contentType, "Cache-Control": c.caching, "X-Content-Type-Options": "nosniff",
		} {
			if got := res.Header.Get(header); got != want {
				t.Errorf("GET %s: %s = %q, want %q", c.url, header, got, want)
			}
		}
	}
}

func TestOnlyReading(t *testing.T) {
	t.Parallel()
	a := assets(t, site(t))
	for method, want := range map[string]int{http.MethodHead: 200, http.MethodPost: 405, http.MethodDelete: 405} {
		w := httptest.NewRecorder()
		a.ServeHTTP(w, httptest.NewRequest(method, a.URL("app.css"), nil))
		if w.Code != want {
			t.Errorf("%s = %d, want %d", method, w.Code, want)
		}
		if method == http.MethodHead && w.Body.Len() > 0 {
			t.Errorf("HEAD answered %d bytes, want none", w.Body.Len())
		}
	}
}

func TestURLPanicsForUnknownName(t *testing.T) {
	t.Parallel()
	a := assets(t, site(t))
	defer func() {
		if recover() == nil {
			t.Error("URL(nothing.css) did not panic")
		}
	}()
	a.URL("nothing.css")
}

// Every stylesheet on disk is served, and in a place of its own.
func TestNoStylesheetIsForgotten(t *testing.T) {
	t.Parallel()
	listed := map[string]bool{}
	for _, name := range sheets {
		if listed[name] {
			t.Errorf("%s stands twice in sheets", name)
		}
		listed[name] = true
	}
	entries, err := embedded.ReadDir("css")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if name := strings.TrimSuffix(e.Name(), ".css"); !listed[name] {
			t.Errorf("css/%s is not in sheets", e.Name())
		}
	}
	if len(entries) != len(sheets) {
		t.Errorf("%d files in css, %d names in sheets", len(entries), len(sheets))
	}
}
