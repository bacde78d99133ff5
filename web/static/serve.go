package static

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// brotliLevel 9 takes about 30 ms at start for all assets together, little
// enough for every test that needs them.
const brotliLevel = 9

// A file is one asset in every form we send it.
type file struct {
	contentType string
	plain       []byte
	encoded     map[string][]byte // "br" and "gzip"; empty for fonts
}

func newFile(contentType string, content []byte) *file {
	f := &file{contentType: contentType, plain: content, encoded: map[string][]byte{}}
	if contentType == contentTypes[".woff2"] {
		return f // compressed already
	}
	// Writing to a bytes.Buffer cannot fail, so neither can the two writers.
	var br, gz bytes.Buffer
	b := brotli.NewWriterLevel(&br, brotliLevel)
	_, _ = b.Write(content)
	_ = b.Close()
	g, _ := gzip.NewWriterLevel(&gz, gzip.BestCompression)
	_, _ = g.Write(content)
	_ = g.Close()
	f.encoded["br"], f.encoded["gzip"] = br.Bytes(), gz.Bytes()
	return f
}

// ServeHTTP answers GET and HEAD below Prefix.
//
// While a new release rolls out, a page of the old instance may ask the new
// one for yesterday's hash. It gets today's file, but may not keep it.
func (a *Assets) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("X-Content-Type-Options", "nosniff")
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		header.Set("Allow", "GET, HEAD")
		http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
		return
	}
	name := strings.TrimPrefix(r.URL.Path, Prefix)
	caching := "public, max-age=31536000, immutable"
	f, ok := a.files[name]
	if !ok {
		f, ok = a.files[strings.TrimPrefix(a.urls[plainName(name)], Prefix)]
		caching = "no-store"
	}
	if !ok {
		http.NotFound(w, r)
		return
	}

	body := f.plain
	if encoding := f.negotiate(r.Header.Get("Accept-Encoding")); encoding != "" {
		body = f.encoded[encoding]
		header.Set("Content-Encoding", encoding)
	}
	if len(f.encoded) > 0 {
		header.Set("Vary", "Accept-Encoding")
	}
	header.Set("Cache-Control", caching)
	header.Set("Content-Type", f.contentType)
	header.Set("Content-Length", strconv.Itoa(len(body)))
	if r.Method == http.MethodGet {
		_, _ = w.Write(body) // the browser may have gone; nothing to do about it
	}
}

// hashed splits "app.3f9c1a0be2d4.css" into base and extension.
var hashed = regexp.MustCompile(`^(.+)\.[0-9a-f]{12}(\.[a-z0-9]+)$`)

// plainName turns "app.3f9c1a0be2d4.css" into "app.css", anything else into "".
func plainName(name string) string {
	m := hashed.FindStringSubmatch(name)
	if m == nil {
		return ""
	}
	return m[1] + m[2]
}

// negotiate picks brotli before gzip among what the browser accepts; the empty
// answer means the plain file. A quality of zero is a refusal (RFC 9110, 12.5.3).
func (f *file) negotiate(accept string) string {
	accepted := map[string]bool{}
	for part := range strings.SplitSeq(accept, ",") {
		coding, params, _ := strings.Cut(part, ";")
		quality := 1.0
		if q, ok := strings.CutPrefix(strings.TrimSpace(params), "q="); ok {
			quality, _ = strconv.ParseFloat(q, 64)
		}
		accepted[strings.ToLower(strings.TrimSpace(coding))] = quality > 0
	}
	for _, coding := range []string{"br", "gzip"} {
		if _, made := f.encoded[coding]; made && accepted[coding] {
			return coding
		}
	}
	return ""
}
