package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheBillNamesWhatIsInside: the program is this test's own, the lock file the portal's.
func TestTheBillNamesWhatIsInside(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	if err := run([]string{os.Args[0], "../../web/package-lock.json"}, &out); err != nil {
		t.Fatal(err)
	}
	var b bill
	if err := json.Unmarshal(out.Bytes(), &b); err != nil {
		t.Fatal(err)
	}
	names := map[string]component{}
	for _, c := range b.Components {
		names[c.Name] = c
	}
	kern := names["@kern-ux/native"]
	if !strings.HasPrefix(kern.PURL, "pkg:npm/%40kern-ux/native@") || len(kern.Hashes) != 1 || len(kern.License) != 1 {
		t.Errorf("KERN: %+v", kern)
	}
	if std := names["go"]; !strings.HasPrefix(std.PURL, "pkg:golang/std@1.") {
		t.Errorf("Go: %+v", std)
	}
	if b.Format != "CycloneDX" || b.Metadata.Component.Name != "roll-in-portal" {
		t.Errorf("the head: %+v", b)
	}
}

func TestNoBillOfNothing(t *testing.T) {
	t.Parallel()
	empty := filepath.Join(t.TempDir(), "empty")
	if err := os.WriteFile(empty, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for name, args := range map[string][]string{"no program": {empty, "../../web/package-lock.json"}, "no lock file": {os.Args[0], empty}, "nothing": nil} {
		if err := run(args, &bytes.Buffer{}); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
