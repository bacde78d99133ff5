package demo

import (
	"bytes"
	"context"
	"fmt"
	"time"

	"rollinportal/internal/access"
	"rollinportal/internal/evidence"
	"rollinportal/internal/onboarding"
)

// scanned are the steps of which the people of one body keep their evidence in the portal, and how long it holds.
var scanned = map[string]struct {
	name  string
	years int
}{
	"k_kickoff":     {"Kontaktliste.pdf", 0},
	"k_declaration": {"Nutzungserklärung.pdf", 2},
	"k_cert":        {"Zertifikat der Verwaltungs-PKI.pdf", 2},
	"k_test_func":   {"Abnahmeprotokoll.pdf", 0},
}

// scanningBody is the body that uploads.
const scanningBody = "16051"

// attach uploads what shows that a step is done.
func (w *walker) attach(ctx context.Context, who access.Actor, s onboarding.Step, now time.Time) error {
	paper, scans := scanned[s.Key]
	if !scans || w.body != scanningBody {
		return nil
	}
	file, err := evidence.Receive(onePage(paper.name+", "+s.Title), paper.name)
	if err != nil {
		return err
	}
	var until *time.Time
	if paper.years > 0 {
		day := now.Truncate(24*time.Hour).AddDate(paper.years, 0, 0)
		until = &day
	}
	_, err = evidence.NewService(w.DB).Add(ctx, who, evidence.Place{Body: w.body, Slug: w.slug, Key: s.Key}, file, until)
	if closed := file.Close(); err == nil {
		err = closed
	}
	return err
}

// onePage is a PDF with one line of text. Umlauts stand in the encoding that its font knows.
func onePage(line string) *bytes.Buffer {
	latin := make([]byte, 0, len(line))
	for _, r := range line {
		if r > 0xff || r == '(' || r == ')' || r == '\\' {
			r = ' '
		}
		latin = append(latin, byte(r))
	}
	text := "BT /F1 14 Tf 60 760 Td (" + string(latin) + ") Tj ET"
	var out bytes.Buffer
	out.WriteString("%PDF-1.4\n")
	var starts []int
	for i, object := range []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", len(text), text),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	} {
		starts = append(starts, out.Len())
		fmt.Fprintf(&out, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	table := out.Len()
	fmt.Fprintf(&out, "xref\n0 %d\n0000000000 65535 f \n", len(starts)+1)
	for _, at := range starts {
		fmt.Fprintf(&out, "%010d 00000 n \n", at)
	}
	fmt.Fprintf(&out, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(starts)+1, table)
	return &out
}
