package evidence

import (
	"bytes"

	"github.com/gabriel-vasile/mimetype"

	"rollinportal/internal/fault"
)

// headSize is how much of a file is looked at to tell its kind. Office files list their parts one after the other, and
// the part that tells a text from a table may stand behind a few thousand bytes of others.
const headSize = 64 << 10

func init() { mimetype.SetLimit(headSize) }

// kindOf tells the kind of a file by its beginning; "" if it is none of those accepted. Readers forgive a PDF that
// begins with something else; the portal does not, because the something else may be a web page.
func kindOf(head []byte) Kind {
	found := mimetype.Detect(head)
	if found.Is(PDF.Type()) && !bytes.HasPrefix(head, []byte("%PDF-")) {
		return ""
	}
	for kind, t := range types {
		if found.Is(t) {
			return kind
		}
	}
	return ""
}

// The sentences about files that are not accepted.
var (
	errEmpty   = wrongFile("Die Datei ist leer. Wählen Sie eine andere Datei.")
	errKind    = wrongFile("Diese Art von Datei nimmt das Portal nicht an. Erlaubt sind PDF, PNG, JPEG, ODT, DOCX und XLSX.")
	errSize    = wrongFile("Die Datei ist größer als 20 MB. Verkleinern Sie die Datei, oder teilen Sie sie auf.")
	errKey     = wrongFile("Die Datei enthält einen privaten Schlüssel. Er gehört nicht in das Portal. Laden Sie nur das Zertifikat oder einen Beleg als PDF hoch.")
	errMissing = wrongFile("Wählen Sie eine Datei aus.")
)

// TooLarge is the fault for a file that was not even read to its limit.
func TooLarge() error { return errSize }

// Missing is the fault for a form without a file.
func Missing() error { return errMissing }

func wrongFile(text string) error { return fault.InField("file", text) }

// pemKeys end the first line of a private key in text form.
var pemKeys = [][]byte{[]byte("PRIVATE KEY-----"), []byte("PRIVATE KEY BLOCK-----")}

// longestMark is how many bytes of one piece the next has to be read with, so that no mark hides on the seam.
const longestMark = len("PRIVATE KEY BLOCK-----") - 1

func carriesPEMKey(piece []byte) bool {
	for _, mark := range pemKeys {
		if bytes.Contains(piece, mark) {
			return true
		}
	}
	return false
}

// What a key store begins with: PKCS#12 is a sequence of version 3 and of PKCS#7 data, a Java key store has a magic.
var (
	pkcs12Version = []byte{0x02, 0x01, 0x03}
	pkcs7Content  = []byte{0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07}
	javaKeyStore  = []byte{0xfe, 0xed, 0xfe, 0xed}
)

// isKeyStore recognises containers of keys. PKCS#12 stands in DER, which states lengths, or in BER, which need not.
func isKeyStore(head []byte) bool {
	start := head[:min(len(head), 40)]
	pkcs12 := len(start) > 2 && start[0] == 0x30 && bytes.Contains(start[:min(len(start), 10)], pkcs12Version) && bytes.Contains(start, pkcs7Content)
	return pkcs12 || bytes.HasPrefix(head, javaKeyStore)
}
