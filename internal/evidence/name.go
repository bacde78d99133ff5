package evidence

import (
	"path"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// endings are how the names of each kind may end; the first is added where none fits.
var endings = map[Kind][]string{
	PDF: {".pdf"}, PNG: {".png"}, JPEG: {".jpg", ".jpeg"}, ODT: {".odt"}, DOCX: {".docx"}, XLSX: {".xlsx"},
}

// cleanName makes what a browser calls a file fit for showing and saving: no path, no characters that hide or turn
// the text, and an ending that says what the content is.
func cleanName(sent string, kind Kind) string {
	name := norm.NFC.String(strings.ToValidUTF8(sent, ""))
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Join(strings.Fields(strings.Map(visible, name)), " ")
	ending := path.Ext(name)
	if !fits(ending, kind) {
		ending = endings[kind][0]
		name += ending
	}
	stem := []rune(strings.Trim(strings.TrimSuffix(name, ending), ". "))
	if len(stem) == 0 {
		stem = []rune("Nachweis")
	}
	return string(stem[:min(len(stem), maxName-len(ending))]) + ending
}

func fits(ending string, kind Kind) bool {
	for _, e := range endings[kind] {
		if strings.EqualFold(e, ending) {
			return true
		}
	}
	return false
}

// visible drops characters that a name could use to look like another one, and those that file systems refuse.
func visible(r rune) rune {
	switch {
	case unicode.IsSpace(r):
		return ' '
	case !unicode.IsGraphic(r), strings.ContainsRune(`<>:"|?*`, r):
		return -1
	}
	return r
}
