package web_test

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/evidence"
)

const (
	onePDF   = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
	kickoff  = "/kommunen/16051/leistungen/wohngeld/aufgaben/k_kickoff"
	kickoffs = kickoff + "/nachweise"
)

// part is a part of a form with a file.
type part struct {
	field, name string
	body        io.Reader
}

func aFile(name, content string) part { return part{"file", name, strings.NewReader(content)} }

// asForm returns the parts as a browser sends them, while they are read.
func asForm(parts ...part) (body io.Reader, contentType string) {
	in, out := io.Pipe()
	form := multipart.NewWriter(out)
	go func() {
		for _, p := range parts {
			h := textproto.MIMEHeader{}
			disposition := fmt.Sprintf(`form-data; name=%q`, p.field)
			if p.field == "file" {
				disposition += fmt.Sprintf(`; filename=%q`, p.name)
				h.Set("Content-Type", "application/pdf")
			}
			h.Set("Content-Disposition", disposition)
			w, err := form.CreatePart(h)
			if err == nil {
				_, err = io.Copy(w, p.body)
			}
			if err != nil {
				_ = out.CloseWithError(err)
				return
			}
		}
		_ = out.CloseWithError(form.Close())
	}()
	return in, form.FormDataContentType()
}

// send posts a form with files as a person.
func (p *portal) send(t testing.TB, login, path string, parts ...part) *httptest.ResponseRecorder {
	t.Helper()
	body, contentType := asForm(parts...)
	return p.post(t, login, path, body, contentType)
}

func (p *portal) post(t testing.TB, login, path string, body io.Reader, contentType string) *httptest.ResponseRecorder {
	t.Helper()
	w := httptest.NewRecorder()
	p.server.ServeHTTP(w, p.request(t, login, "http://portal.test", path, body, contentType))
	return w
}

func (p *portal) request(t testing.TB, login, base, path string, body io.Reader, contentType string) *http.Request {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, base+path, body)
	r.Header.Set("Content-Type", contentType)
	r.Header.Set("Origin", "http://portal.test")
	if login != "" {
		r.AddCookie(&http.Cookie{Name: "portal", Value: p.token(t, login)})
	}
	return r
}

// fileOf uploads a file at a step of 16051 for Wohngeld and returns its id.
func (p *portal) fileOf(t testing.TB, login, key string) string {
	t.Helper()
	return p.fileAt(t, login, "16051", key)
}

// fileAt is fileOf for another body.
func (p *portal) fileAt(t testing.TB, login, body, key string) string {
	t.Helper()
	w := p.send(t, login, "/kommunen/"+body+"/leistungen/wohngeld/aufgaben/"+key+"/nachweise", aFile("Beleg.pdf", onePDF))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("upload: %d\n%s", w.Code, w.Body)
	}
	return dbtest.Admin[string](t, p.World, `SELECT evidence_id::text FROM portal.evidence ORDER BY uploaded_at DESC LIMIT 1`)
}

func TestAFileGoesInAndComesBack(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	w := p.send(t, "k16051", kickoffs, aFile(`C:\Scans\Bestätigung „Kick-off“.pdf`, onePDF), part{"valid_until", "", strings.NewReader("31.12.2099")})
	if w.Code != http.StatusSeeOther || !strings.HasPrefix(w.Header().Get("Location"), kickoff+"?meldung=") {
		t.Fatalf("%d to %s\n%s", w.Code, w.Header().Get("Location"), w.Body)
	}
	page := p.ask(t, "land", kickoff, nil).Body.String()
	address := regexp.MustCompile(`/nachweise/[0-9a-f-]{36}/datei`).FindString(page)
	for _, fact := range []string{"Bestätigung „Kick-off“.pdf", "1 Datei", "gültig bis 31.12.2099", "PDF, 1\u00a0KB", "Datei als Nachweis hochgeladen"} {
		if !strings.Contains(page, fact) {
			t.Errorf("the page lacks %q", fact)
		}
	}
	if list := p.ask(t, "k16051", "/kommunen/16051/leistungen/wohngeld", nil).Body.String(); !strings.Contains(list, "1 Datei") {
		t.Error("the checklist does not count the file")
	}
	got := p.ask(t, "land", address, nil)
	if got.Body.String() != onePDF {
		t.Errorf("%d bytes came back as %d", len(onePDF), got.Body.Len())
	}
	for name, want := range map[string]string{
		"Content-Type": "application/pdf", "Content-Length": strconv.Itoa(len(onePDF)), "X-Content-Type-Options": "nosniff",
		"Content-Security-Policy": "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'", "Cache-Control": "no-store",
		"Content-Disposition": "attachment; filename*=utf-8''Best%C3%A4tigung%20%E2%80%9EKick-off%E2%80%9C.pdf",
	} {
		if h := got.Header().Get(name); h != want {
			t.Errorf("%s: %q, want %q", name, h, want)
		}
	}
	if again := p.send(t, "k16051-b", kickoffs, aFile("anderer Name.pdf", onePDF)); !strings.Contains(again.Header().Get("Location"), "datei-schon-da") {
		t.Errorf("the same file again: %d to %s", again.Code, again.Header().Get("Location"))
	}
}

func TestWhatIsWrongWithAFileIsSaid(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	before := p.digest(t)
	big := func(size int64) io.Reader {
		return io.MultiReader(strings.NewReader(onePDF), io.LimitReader(zeros{}, size))
	}
	for name, c := range map[string]struct {
		parts []part
		says  string
	}{
		"nothing":          {nil, "Wählen Sie eine Datei aus."},
		"no file chosen":   {[]part{aFile("", "")}, "Wählen Sie eine Datei aus."},
		"empty":            {[]part{aFile("a.pdf", "")}, "Die Datei ist leer."},
		"HTML as PNG":      {[]part{aFile("a.png", "<!doctype html><script>alert(1)</script>")}, "Erlaubt sind PDF, PNG, JPEG, ODT, DOCX und XLSX."},
		"ZIP as PDF":       {[]part{aFile("a.pdf", "PK\x03\x04\x14\x00\x00\x00")}, "Erlaubt sind PDF"},
		"key":              {[]part{aFile("a.pem", "-----BEGIN RSA PRIVATE KEY-----\nMII\n")}, "privaten Schlüssel"},
		"one byte more":    {[]part{{"file", "a.pdf", big(evidence.MaxSize - int64(len(onePDF)) + 1)}}, "größer als 20 MB"},
		"50 MB":            {[]part{{"file", "a.pdf", big(50 << 20)}}, "größer als 20 MB"},
		"a day that was":   {[]part{aFile("a.pdf", onePDF), {"valid_until", "", strings.NewReader("1.2.2020")}}, "Dieser Tag ist vorbei."},
		"no day":           {[]part{aFile("a.pdf", onePDF), {"valid_until", "", strings.NewReader("bald")}}, `value="bald"`},
		"a field too many": {[]part{aFile("a.pdf", onePDF), {"org_id", "", strings.NewReader("1")}}, "unbekanntes Feld"},
		"two files":        {[]part{aFile("a.pdf", onePDF), aFile("b.pdf", onePDF+" ")}, "unbekanntes Feld"},
	} {
		w := p.send(t, "k16051", kickoffs, c.parts...)
		if w.Code != http.StatusUnprocessableEntity || !strings.Contains(w.Body.String(), c.says) {
			t.Errorf("%s: %d without %q\n%s", name, w.Code, c.says, w.Body)
		}
	}
	if w := p.ask(t, "k16051", kickoffs, map[string][]string{}); w.Code != http.StatusUnprocessableEntity {
		t.Errorf("a form without files: %d", w.Code)
	}
	if after := p.digest(t); after != before {
		t.Error("what was refused changed the database")
	}
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

func TestWhatBreaksOffLeavesNothing(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	before := p.digest(t)
	body, contentType := asForm(part{"file", "a.pdf", io.MultiReader(strings.NewReader(onePDF), io.LimitReader(zeros{}, 1<<20))})
	for _, length := range []int64{10, 200, 500_000} {
		w := p.post(t, "k16051", kickoffs, io.LimitReader(body, length), contentType)
		if w.Code != http.StatusUnprocessableEntity {
			t.Errorf("broken off: %d\n%s", w.Code, w.Body)
		}
	}
	if after := p.digest(t); after != before {
		t.Error("what broke off changed the database")
	}
}

// TestForeignFilesDoNotExist: another town, another Land and a provider elsewhere hear what an unknown id hears.
func TestForeignFilesDoNotExist(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	id := p.fileOf(t, "k16051", "k_kickoff")
	before := p.digest(t)
	unknown := "00000000-0000-4000-8000-000000000000"
	ids := regexp.MustCompile(id + "|" + unknown)
	for _, login := range []string{"k16052", "k16052-b", "d-k1", "tlrz"} {
		for _, address := range []string{"/nachweise/%s/datei", kickoffs + "/%s/loeschen"} {
			ask := func(id string) (int, string) {
				var w *httptest.ResponseRecorder
				if path := fmt.Sprintf(address, id); strings.HasSuffix(path, "datei") {
					w = p.ask(t, login, path, nil)
				} else {
					w = p.ask(t, login, path, map[string][]string{})
				}
				return w.Code, ids.ReplaceAllString(w.Body.String(), "ID")
			}
			status, body := ask(id)
			wantStatus, wantBody := ask(unknown)
			if status != http.StatusNotFound || status != wantStatus || body != wantBody {
				t.Errorf("%s as %s: %d, unknown: %d, same body: %v", address, login, status, wantStatus, body == wantBody)
			}
		}
	}
	for _, login := range []string{"k16052", "d-k1"} {
		if w := p.send(t, login, kickoffs, aFile("a.pdf", onePDF+" ")); w.Code != http.StatusNotFound {
			t.Errorf("upload as %s: %d", login, w.Code)
		}
	}
	if w := p.send(t, "tlrz", kickoffs, aFile("a.pdf", onePDF+" ")); w.Code != http.StatusForbidden {
		t.Errorf("upload at a step of the body as a provider: %d", w.Code)
	}
	if after := p.digest(t); after != before {
		t.Error("trying changed the database")
	}
}

// TestTheFailurePageCannotCarryAFile: it does not read it, either.
func TestTheFailurePageCannotCarryAFile(t *testing.T) {
	t.Parallel()
	p := newPortal(t)
	touched := &atomic.Bool{}
	body, contentType := asForm(aFile("a.pdf", onePDF))
	w := p.post(t, "", kickoffs, watched{body, touched}, contentType)
	text := w.Body.String()
	if w.Code != http.StatusUnauthorized || touched.Load() || strings.Contains(text, "Noch einmal senden") || !strings.Contains(text, "noch einmal auswählen") {
		t.Errorf("%d, read: %v\n%s", w.Code, touched.Load(), text)
	}
}

type watched struct {
	io.Reader
	touched *atomic.Bool
}

func (w watched) Read(p []byte) (int, error) {
	w.touched.Store(true)
	return w.Reader.Read(p)
}

// TestSlowLinesFinish sends a file over a real connection for longer than the server allows a form to take.
func TestSlowLinesFinish(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	server := httptest.NewUnstartedServer(p.server)
	server.Config.ReadTimeout, server.Config.WriteTimeout = 300*time.Millisecond, 300*time.Millisecond
	server.Start()
	defer server.Close()
	body, contentType := asForm(part{"file", "a.pdf", &slow{Reader: strings.NewReader(onePDF), pause: 50 * time.Millisecond, most: 3}})
	if status, text := p.sendOver(t, server, "k16051", kickoffs, body, contentType); status != http.StatusSeeOther {
		t.Errorf("%d\n%s", status, text)
	}
}

// slow gives a few bytes at a time.
type slow struct {
	io.Reader
	pause time.Duration
	most  int
}

func (s *slow) Read(p []byte) (int, error) {
	time.Sleep(s.pause)
	return s.Reader.Read(p[:min(len(p), s.most)])
}

// TestUploadsDoNotFillTheMemory sends 20 MiB over a slow line of the whole server and gets them back. It runs alone.
func TestUploadsDoNotFillTheMemory(t *testing.T) {
	p := newRollin(t)
	server := httptest.NewServer(p.server)
	defer server.Close()
	p.ask(t, "k16051", kickoff, nil)
	stop := dbtest.WatchHeap(t)
	line := &slow{Reader: io.MultiReader(strings.NewReader(onePDF), io.LimitReader(zeros{}, evidence.MaxSize-int64(len(onePDF)))), pause: time.Millisecond, most: 16 << 10}
	body, contentType := asForm(part{"file", "a.pdf", line})
	if status, text := p.sendOver(t, server, "k16051", kickoffs, body, contentType); status != http.StatusSeeOther {
		t.Fatalf("%d\n%s", status, text)
	}
	id := dbtest.Admin[string](t, p.World, `SELECT evidence_id::text FROM portal.evidence`)
	out := &sizes{header: http.Header{}}
	r := p.request(t, "k16051", "http://portal.test", "/nachweise/"+id+"/datei", nil, "")
	r.Method = http.MethodGet
	p.server.ServeHTTP(out, r)
	peak := stop()
	t.Logf("20 MiB in and out: the heap grew by at most %d KiB", peak>>10)
	if out.n != evidence.MaxSize || peak > 8<<20 {
		t.Errorf("%d bytes came back, the heap grew by %d", out.n, peak)
	}
}

// TestFiftyMegabytesOfTextAreAnsweredInWords: the sentence reaches the browser, which still has the text, and neither
// memory nor database fill up.
func TestFiftyMegabytesOfTextAreAnsweredInWords(t *testing.T) {
	p := newRollin(t)
	server := httptest.NewServer(p.server)
	defer server.Close()
	before := p.digest(t)
	stop := dbtest.WatchHeap(t)
	for _, path := range []string{"/fragen/stellen", kickoff, "/huerden/melden"} {
		body := io.MultiReader(strings.NewReader("version=1&text="), io.LimitReader(letters{}, 50<<20))
		status, text := p.sendOver(t, server, "k16051", path, body, "application/x-www-form-urlencoded")
		if status != http.StatusRequestEntityTooLarge || !strings.Contains(text, "Das Formular ist zu groß. Gehen Sie zurück") {
			t.Errorf("%s: %d\n%s", path, status, text)
		}
	}
	peak := stop()
	if after := p.digest(t); after != before || peak > 12<<20 {
		t.Errorf("the heap grew by %d KiB; changed the database: %v", peak>>10, after != before)
	}
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'a'
	}
	return len(p), nil
}

// sendOver posts over a real connection and returns status and text of the answer.
func (p *portal) sendOver(t *testing.T, server *httptest.Server, login, path string, body io.Reader, contentType string) (int, string) {
	t.Helper()
	r := p.request(t, login, server.URL, path, body, contentType)
	r.RequestURI = ""
	r.Header.Set("Origin", server.URL)
	client := *server.Client()
	client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := client.Do(r)
	must(t, err)
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	must(t, err)
	return answer.StatusCode, string(text)
}

// sizes is an answer of which only the size is kept.
type sizes struct {
	header http.Header
	n      int
}

func (s *sizes) Header() http.Header         { return s.header }
func (s *sizes) WriteHeader(int)             {}
func (s *sizes) Write(p []byte) (int, error) { s.n += len(p); return len(p), nil }

func TestACutDownloadDoesNotLookComplete(t *testing.T) {
	t.Parallel()
	p := newRollin(t)
	id := p.fileOf(t, "k16051", "k_kickoff")
	dbtest.Admin[int](t, p.World, `UPDATE portal.evidence_chunk SET bytes = set_byte(bytes, 0, 0) RETURNING no`)
	server := httptest.NewServer(p.server)
	defer server.Close()
	r := p.request(t, "k16051", server.URL, "/nachweise/"+id+"/datei", nil, "")
	r.Method, r.RequestURI = http.MethodGet, ""
	answer, err := server.Client().Do(r)
	if err != nil {
		return // cut before the first byte
	}
	defer answer.Body.Close()
	if got, err := io.ReadAll(answer.Body); err == nil || bytes.Equal(got, []byte(onePDF)) {
		t.Errorf("a damaged file came as %d bytes, error %v", len(got), err)
	}
}
