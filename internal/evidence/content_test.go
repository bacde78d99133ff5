package evidence

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"mime"
	"strings"
	"testing"
	"testing/iotest"

	"rollinportal/internal/fault"
)

const (
	pdf = "%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
	png = "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00"
	jpg = "\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01"
)

// zipped packs empty parts, or parts with a content after a colon.
func zipped(parts ...string) string {
	var out bytes.Buffer
	w := zip.NewWriter(&out)
	for _, part := range parts {
		name, content, _ := strings.Cut(part, ":")
		f, err := w.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Store})
		if err == nil {
			_, err = io.WriteString(f, content)
		}
		if err != nil {
			panic(err)
		}
	}
	if err := w.Close(); err != nil {
		panic(err)
	}
	return out.String()
}

var (
	odt  = zipped("mimetype:application/vnd.oasis.opendocument.text", "content.xml")
	docx = zipped("[Content_Types].xml:<Types/>", "_rels/.rels", "docProps/app.xml:"+strings.Repeat(" ", 9000), "word/document.xml")
	xlsx = zipped("[Content_Types].xml:<Types/>", "_rels/.rels", "xl/workbook.xml")
)

func TestTheContentDecidesNotTheName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, content, want string
	}{
		{"a.pdf", pdf, "pdf"},
		{"a.png", png, "png"},
		{"a.jpeg", jpg, "jpeg"},
		{"a.odt", odt, "odt"},
		{"a.docx", docx, "docx"},
		{"a.xlsx", xlsx, "xlsx"},
		{"a.exe", pdf, "pdf"},
		{"PDF with a ZIP behind it.pdf", pdf + zipped("a.txt:x"), "pdf"},
		{"ZIP.pdf", zipped("a.txt:x"), "Erlaubt sind PDF"},
		{"HTML.png", "<!doctype html><script>alert(1)</script>", "Erlaubt sind PDF"},
		{"HTML that is a PDF, too.pdf", "<html><!-- " + pdf + " --><script>alert(1)</script>", "Erlaubt sind PDF"},
		{"JAR.docx", zipped("META-INF/MANIFEST.MF", "[Content_Types].xml", "word/document.xml"), "Erlaubt sind PDF"},
		{"SVG.png", `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "Erlaubt sind PDF"},
		{"programme.pdf", "MZ\x90\x00\x03", "Erlaubt sind PDF"},
		{"50 MB of text.pdf", strings.Repeat("Lorem ipsum ", 5<<20), "Erlaubt sind PDF"},
		{"empty.pdf", "", "ist leer"},
		{"", "", "Wählen Sie eine Datei"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := judge(strings.NewReader(c.content), c.name); !strings.Contains(got, c.want) {
				t.Errorf("%q: got %q, want %q", c.name, got, c.want)
			}
		})
	}
}

// judge returns the kind of a file or the sentence about it.
func judge(body io.Reader, name string) string {
	u, err := Receive(body, name)
	if f, ok := errors.AsType[*fault.Fault](err); ok && len(f.Fields) == 1 {
		return f.Fields[0].Text
	}
	if err != nil {
		return err.Error()
	}
	defer func() { _ = u.Close() }()
	return string(u.Kind)
}

func TestKeysAreRefused(t *testing.T) {
	t.Parallel()
	pem := "-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n"
	der := "\x30\x82\x09\x00\x02\x01\x03\x30\x82\x08\xc6\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x82"
	ber := "\x30\x80\x02\x01\x03\x30\x80\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x80"
	for name, content := range map[string]string{
		"PKCS#8":               pem,
		"RSA":                  strings.ReplaceAll(pem, "PRIVATE", "RSA PRIVATE"),
		"OpenSSH":              strings.ReplaceAll(pem, "PRIVATE", "OPENSSH PRIVATE"),
		"encrypted":            strings.ReplaceAll(pem, "PRIVATE", "ENCRYPTED PRIVATE"),
		"PGP":                  "-----BEGIN PGP PRIVATE KEY BLOCK-----\n",
		"certificate, key":     "-----BEGIN CERTIFICATE-----\n" + strings.Repeat("MII\n", 1000) + pem,
		"in a PDF":             pdf + pem,
		"on the seam":          pdf + strings.Repeat(" ", headSize-len(pdf)-20) + pem,
		"behind 20 MB of text": strings.Repeat(" ", MaxSize-100-len(pem)) + pem,
		"PKCS#12 in DER":       der,
		"PKCS#12 in BER":       ber,
		"Java key store":       "\xfe\xed\xfe\xed\x00\x00\x00\x02",
	} {
		if got := judge(strings.NewReader(content), "zertifikat.pdf"); !strings.Contains(got, "privaten Schlüssel") {
			t.Errorf("%s: %q", name, got)
		}
	}
	if got := judge(iotest.OneByteReader(strings.NewReader(pdf+pem)), "a.pdf"); !strings.Contains(got, "privaten Schlüssel") {
		t.Errorf("byte by byte: %q", got)
	}
}

func TestTwentyMegabytesAreTheLimit(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		size int
		want string
	}{{MaxSize - 1, "pdf"}, {MaxSize, "pdf"}, {MaxSize + 1, "größer als 20 MB"}, {2 * MaxSize, "größer als 20 MB"}} {
		body := io.MultiReader(strings.NewReader(pdf), io.LimitReader(blanks{}, int64(c.size-len(pdf))))
		if got := judge(body, "a.pdf"); !strings.Contains(got, c.want) {
			t.Errorf("%d bytes: %q, want %q", c.size, got, c.want)
		}
	}
}

// blanks is an endless file of spaces.
type blanks struct{}

func (blanks) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

func TestWhatBreaksOffIsNoFile(t *testing.T) {
	t.Parallel()
	for _, sent := range []int{10, headSize + 10} {
		body := io.MultiReader(strings.NewReader(pdf), io.LimitReader(blanks{}, int64(sent)), iotest.ErrReader(io.ErrUnexpectedEOF))
		u, err := Receive(body, "a.pdf")
		if !errors.Is(err, io.ErrUnexpectedEOF) || fault.KindOf(err) == fault.Invalid {
			t.Errorf("%d bytes and then nothing: %v, %v", sent, u, err)
		}
	}
}

func TestNamesAreOnlyForShowing(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		sent string
		kind Kind
		want string
	}{
		{"Auftrag.pdf", PDF, "Auftrag.pdf"},
		{"SCAN.PDF", PDF, "SCAN.PDF"},
		{"foto.JPEG", JPEG, "foto.JPEG"},
		{`C:\Users\mm\Desktop\Vertrag 2027.docx`, DOCX, "Vertrag 2027.docx"},
		{"../../etc/passwd", PDF, "passwd.pdf"},
		{"rechnung.exe", PDF, "rechnung.exe.pdf"},
		{"a.pdf.html", PNG, "a.pdf.html.png"},
		{"A\u0308nderung.odt", ODT, "Änderung.odt"},
		{"zertifikat\u202Efdp.exe", PDF, "zertifikatfdp.exe.pdf"},
		{"a\r\nSet-Cookie: b\x00.pdf", PDF, "a Set-Cookie b.pdf"},
		{"  viel \t Platz .pdf", PDF, "viel Platz.pdf"},
		{"", PDF, "Nachweis.pdf"},
		{".pdf", PDF, "Nachweis.pdf"},
		{"...", PNG, "Nachweis.png"},
		{"\xff\xfe.png", PNG, "Nachweis.png"},
		{strings.Repeat("ä", 500) + ".xlsx", XLSX, strings.Repeat("ä", maxName-5) + ".xlsx"},
	} {
		if got := cleanName(c.sent, c.kind); got != c.want {
			t.Errorf("%q: got %q, want %q", c.sent, got, c.want)
		}
	}
}

func FuzzNamesAreFitForShowing(f *testing.F) {
	f.Add("a.pdf")
	f.Fuzz(func(t *testing.T, sent string) {
		got := cleanName(sent, PDF)
		if len([]rune(got)) > maxName || strings.ContainsAny(got, "/\\\r\n\x00\"") || !strings.HasSuffix(strings.ToLower(got), ".pdf") || len(got) < 5 {
			t.Errorf("%q becomes %q", sent, got)
		}
	})
}

// FuzzDownloadsKeepTheirName: as a header, the name of a file is one parameter of it and comes out as it went in.
func FuzzDownloadsKeepTheirName(f *testing.F) {
	for _, seed := range []string{"a.pdf", "a\"; filename=b.exe", "a\r\nX: y", "„Bestätigung“ (2).pdf", "a%22b", "\u202efdp.exe", "=?utf-8?q?x?=", "'a'*b"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, sent string) {
		name := cleanName(sent, PDF)
		header := mime.FormatMediaType("attachment", map[string]string{"filename": name})
		kind, params, err := mime.ParseMediaType(header)
		if err != nil || kind != "attachment" || len(params) != 1 || params["filename"] != name || strings.ContainsAny(header, "\r\n\x00") {
			t.Errorf("%q is the header %q: %v (%v)", sent, header, params, err)
		}
	})
}
