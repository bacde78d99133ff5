package notify

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// FuzzANoticeIsOneLine: what people typed becomes neither a header nor a line of its own in a mail.
func FuzzANoticeIsOneLine(f *testing.F) {
	for _, seed := range []string{"", "Frist läuft ab", "a\r\nBcc: x@boese.example", "a\u2028b\u0085c", strings.Repeat("ä ", maxText), "\xff\r\n\xfe"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, typed string) {
		got := oneLine(typed)
		if strings.ContainsAny(got, "\r\n\v\f\u0085\u2028\u2029") || utf8.RuneCountInString(got) > maxText {
			t.Errorf("%q becomes %q", typed, got)
		}
	})
}
