package web_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheImageIsBuiltFromAllThatTheProgramNeeds: nothing that is compiled or embedded is kept from the image's build, but what an
// earlier step of the Dockerfile brings.
func TestTheImageIsBuiltFromAllThatTheProgramNeeds(t *testing.T) {
	t.Parallel()
	root, err := filepath.Abs("..")
	must(t, err)
	ignored, err := os.ReadFile("../.dockerignore")
	must(t, err)
	list := exec.Command("go", "list", "-deps", "-json=Dir,Standard,GoFiles,EmbedFiles", "./cmd/portal")
	list.Dir = root
	out, err := list.Output()
	must(t, err)
	files := 0
	for packages := json.NewDecoder(strings.NewReader(string(out))); packages.More(); {
		var p struct {
			Dir                 string
			GoFiles, EmbedFiles []string
		}
		must(t, packages.Decode(&p))
		folder, inside := strings.CutPrefix(p.Dir, root+"/")
		if !inside {
			continue
		}
		for _, name := range append(p.GoFiles, p.EmbedFiles...) {
			file := path.Join(filepath.ToSlash(folder), name)
			files++
			if kept(string(ignored), file) && !strings.HasPrefix(file, "web/static/vendor/") {
				t.Errorf(".dockerignore keeps %s from the build", file)
			}
		}
	}
	if files < 500 {
		t.Errorf("only %d files were looked at", files)
	}
}

// kept reads a .dockerignore as Docker does, as far as ours goes: the last line that matches a file or a folder above it counts.
func kept(ignored, file string) (is bool) {
	for line := range strings.Lines(ignored) {
		pattern, back := strings.CutPrefix(strings.TrimSpace(line), "!")
		if pattern == "" || strings.HasPrefix(pattern, "#") {
			continue
		}
		name, anywhere := strings.CutPrefix(pattern, "**/")
		for at := file; at != "."; at = path.Dir(at) {
			subject := at
			if anywhere {
				subject = path.Base(at)
			}
			if yes, err := path.Match(name, subject); err == nil && yes {
				is = !back
			}
		}
	}
	return is
}
