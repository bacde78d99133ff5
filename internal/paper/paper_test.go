package paper

import (
	"bytes"
	"compress/zlib"
	"context"
	"io"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"rollinportal/internal/devstack"
)

var noon = time.Date(2026, 11, 22, 12, 0, 0, 0, time.UTC)

// nasty is what people could type to break a layout, a page or an encoding.
const nasty = `#panic("x") $a$ *b* _c_ <l> @m = n // o /* "p" \ #sys.inputs` + "\nzweite Zeile & <script>alert(1)</script> ÄÖÜß–„“"

func example() Paper {
	return Paper{
		Format: Format, Kind: "Vermerk", Title: "Nachnutzung „Wohngeld“ #1", Scope: "Nur für das Ressort.", Record: "r1", Date: "22.11.2026",
		Sections: []Section{
			{Heading: "Entscheidung", Texts: []string{nasty}, Facts: []Fact{{Term: nasty, Value: nasty, Source: nasty}}},
			{Heading: "Prüfungen", Parts: []Section{{Heading: "#Fachlich", Facts: []Fact{{Term: "Ergebnis", Value: "Positiv"}}}}},
			{Heading: "Beträge", Tables: []Table{{Caption: "Nachnutzung #x", Head: []string{"Betrag", "Euro"}, Figures: 1, Rows: [][]string{{nasty, "1,00 €"}}}}},
		},
	}
}

func TestTheSamePaperHasTheSameBytes(t *testing.T) {
	t.Parallel()
	p := example()
	body, err := p.Encode()
	if err != nil {
		t.Fatal(err)
	}
	read, err := Decode(body)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(read, p) {
		t.Errorf("read %+v, want %+v", read, p)
	}
	again, err := read.Encode()
	if err != nil || !bytes.Equal(again, body) {
		t.Errorf("encoded again: %s, %v\nwant %s", again, err, body)
	}
}

func TestDecodeRefusesWhatItDoesNotUnderstand(t *testing.T) {
	t.Parallel()
	for name, body := range map[string]string{
		"nothing": "", "another format": `{"format":2}`, "no format": `{}`, "a field of tomorrow": `{"format":1,"seal":"x"}`, "two papers": `{"format":1}{"format":1}`,
	} {
		if p, err := Decode([]byte(body)); err == nil {
			t.Errorf("%s: read as %+v", name, p)
		}
	}
}

func TestAPrintCanBeReadByEverybody(t *testing.T) {
	t.Parallel()
	press, body := testPress(t), encoded(t)
	pdf, err := press.Print(context.Background(), body, noon)
	if err != nil {
		t.Fatal(err)
	}
	objects := unpacked(pdf)
	for _, want := range []string{"/StructTreeRoot", "/Marked true", "/Lang (de-DE)", "/Outlines", "/S /Table", "/S /TH", "/S /H1", "/S /H2", "/S /H3", "pdfaid:part>2<", "pdfaid:conformance>A<"} {
		if !strings.Contains(objects, want) {
			t.Errorf("the PDF lacks %s", want)
		}
	}
	if again, err := press.Print(context.Background(), body, noon); err != nil || !bytes.Equal(again, pdf) {
		t.Errorf("printed again: %d bytes, %v; want the same %d", len(again), err, len(pdf))
	}
	if _, err := press.print(context.Background(), "ua-1", body, noon); err != nil {
		t.Errorf("the layout does not keep the rules of PDF/UA: %v", err)
	}
}

func TestAPressThatFailsSaysWhy(t *testing.T) {
	t.Parallel()
	for command, want := range map[string]string{"false": "exit status 1", "/gibt/es/nicht": "no such file", "true": "made no PDF"} {
		if _, err := NewPress(command).Print(context.Background(), encoded(t), noon); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %q", command, err, want)
		}
	}
	if NewPress(" ") != nil {
		t.Error("no command, and yet a press")
	}
}

func testPress(t *testing.T) *Press {
	t.Helper()
	command, err := devstack.Typst()
	if err != nil {
		t.Fatal(err)
	}
	return NewPress(command)
}

func encoded(t *testing.T) []byte {
	t.Helper()
	body, err := example().Encode()
	if err != nil {
		t.Fatal(err)
	}
	return body
}

var stream = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)

// unpacked is all a PDF holds, its compressed streams too.
func unpacked(pdf []byte) string {
	found := string(pdf)
	for _, s := range stream.FindAllSubmatch(pdf, -1) {
		if r, err := zlib.NewReader(bytes.NewReader(s[1])); err == nil {
			plain, _ := io.ReadAll(r)
			found += string(plain)
		}
	}
	return found
}
