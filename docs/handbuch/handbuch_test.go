package handbuch

import (
	"io/fs"
	"strings"
	"testing"
)

func TestEveryChapterHasItsPlace(t *testing.T) {
	t.Parallel()
	written, err := fs.Glob(files, "*.md")
	if err != nil {
		t.Fatal(err)
	}
	if len(written) != len(Chapters()) {
		t.Errorf("%d files, but the contents list %d chapters", len(written), len(Chapters()))
	}
	for _, c := range Chapters() {
		if c.Title == "" || strings.HasPrefix(c.Title, "#") || strings.TrimSpace(c.Text) == "" {
			t.Errorf("%s: title %q above %d characters", c.Key, c.Title, len(c.Text))
		}
		if strings.Contains(c.Text, "\n# ") || strings.Contains(c.Text, "\n|") {
			t.Errorf("%s has a second title or a table, which the page does not show", c.Key)
		}
		if found, there := Find(c.Key); !there || found != c {
			t.Errorf("%s is not found", c.Key)
		}
	}
	if _, there := Find("impressum"); there {
		t.Error("a chapter is found that nobody wrote")
	}
}
