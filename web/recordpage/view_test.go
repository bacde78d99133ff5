package recordpage

import (
	"archive/zip"
	"bytes"
	"context"
	"io"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/access"
	"rollinportal/internal/decision"
	"rollinportal/internal/paper"
	"rollinportal/web/ui"
)

const nasty = `</style><script>alert("x")</script> & 'y'` + "\nzweite Zeile"

func record(t *testing.T) decision.Record {
	t.Helper()
	p := paper.Paper{
		Format: paper.Format, Kind: "Vermerk", Title: nasty, Scope: nasty, Date: "22.11.2026, 14:05 Uhr", Sections: []paper.Section{
			{Heading: nasty, Texts: []string{nasty}, Facts: []paper.Fact{{Term: nasty, Value: nasty, Source: nasty}}, Parts: []paper.Section{{Heading: nasty}}},
			{Heading: decision.DocumentHeading, Tables: []paper.Table{{Caption: nasty, Head: []string{"Unterlage", "Euro"}, Figures: 1, Rows: [][]string{{"https://akte.example/1", "1,00 €"}}}}},
		},
	}
	body, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	return decision.Record{Decision: uuid.New(), Part: decision.Whole, Paper: p, Body: body, Sum: paper.Sum(body), MadeAt: time.Date(2026, 11, 22, 13, 5, 7, 9, time.UTC)}
}

func TestTheStandalonePageIsMadeOfTheBytesAlone(t *testing.T) {
	t.Parallel()
	r := record(t)
	page, err := standalone(context.Background(), r.Body)
	if err != nil {
		t.Fatal(err)
	}
	again, err := standalone(context.Background(), slices.Clone(r.Body))
	if err != nil || !bytes.Equal(again, page) {
		t.Errorf("rendered again: %v, %s", err, again)
	}
	text := string(page)
	for _, want := range []string{r.Sum, `<html lang="de">`, "22.11.2026, 14:05 Uhr", "&lt;script&gt;", `class="num"`, `<caption>`} {
		if !strings.Contains(text, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if strings.Contains(text, "<script") || strings.Count(text, "</style>") != 1 {
		t.Error("what people typed became markup")
	}
}

func TestTheSamePapersMakeTheSameZIP(t *testing.T) {
	t.Parallel()
	r := record(t)
	pack := func(at time.Time) []byte {
		files, err := filesOf(context.Background(), decision.Bundle{Record: r, Public: []byte("{}"), PDF: []byte("%PDF-1.7")}, []file{inMemory("dateien/01-fassung-1-Angebot.pdf", []byte("offer"))})
		if err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := writeZIP(&out, files, at); err != nil {
			t.Fatal(err)
		}
		return out.Bytes()
	}
	packed := pack(r.MadeAt)
	if !bytes.Equal(pack(r.MadeAt.In(time.FixedZone("elsewhere", 3600))), packed) {
		t.Error("packed again, the bytes differ")
	}
	in, err := zip.NewReader(bytes.NewReader(packed), int64(len(packed)))
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	var names []string
	for _, f := range in.File {
		content, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(content)
		if err != nil {
			t.Fatal(err)
		}
		got[f.Name], names = string(body), append(names, f.Name)
		if !f.Modified.Equal(stamp(r.MadeAt)) {
			t.Errorf("%s is of %s, want the time of the decision", f.Name, f.Modified)
		}
	}
	if want := []string{"dateien/01-fassung-1-Angebot.pdf", "unterlagen.txt", "vermerk-oeffentlich.json", "vermerk.html", "vermerk.json", "vermerk.pdf", "sha256sums.txt"}; !slices.Equal(names, want) {
		t.Errorf("files %q, want %q", names, want)
	}
	for name, body := range got {
		if line := paper.Sum([]byte(body)) + "  " + name + "\n"; name != "sha256sums.txt" && !strings.Contains(got["sha256sums.txt"], line) {
			t.Errorf("the list of hashes lacks %s", line)
		}
	}
	if got["vermerk.json"] != string(r.Body) || !strings.Contains(got["unterlagen.txt"], "https://akte.example/1\t") {
		t.Errorf("json %q, documents %q", got["vermerk.json"], got["unterlagen.txt"])
	}
}

func TestThePageSpeaksOfAPDFOnlyWhereThereWillBeOne(t *testing.T) {
	t.Parallel()
	whole, public, printed := record(t), record(t), record(t)
	public.Part, printed.Print = decision.Public, "abc"
	for name, tt := range map[string]struct {
		record            decision.Record
		prints            bool
		waiting, download bool
	}{
		"a press works":           {whole, true, true, false},
		"no press":                {whole, false, false, false},
		"the public part":         {public, true, false, false},
		"printed":                 {printed, true, false, true},
		"printed, press gone now": {printed, false, false, true},
	} {
		v := newShowView(tt.record, tt.prints)
		found := actions(tt.record, access.Actor{Role: access.MinistryReader})
		download := slices.ContainsFunc(found, func(a ui.Action) bool { return a.Text == "PDF herunterladen" })
		if (v.Waiting != "") != tt.waiting || download != tt.download {
			t.Errorf("%s: waiting %q, download %v", name, v.Waiting, download)
		}
	}
}
