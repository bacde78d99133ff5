package privacypage

import (
	"archive/zip"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"time"

	"rollinportal/internal/privacy"
	"rollinportal/web/page"
)

// sendBundle answers with a ZIP of what is held on a person: a page to read and the same as JSON for programs
// (Art. 15 and 20 DSGVO). It is made in memory first: half files do not leave the server.
func sendBundle(w http.ResponseWriter, r *http.Request, d privacy.Disclosure) error {
	var out bytes.Buffer
	files := zip.NewWriter(&out)
	html, err := create(files, "auskunft.html", d.MadeAt)
	if err != nil {
		return err
	}
	if err := document(newDocumentView(d)).Render(r.Context(), html); err != nil {
		return fmt.Errorf("write the page of a disclosure: %w", err)
	}
	data, err := create(files, "auskunft.json", d.MadeAt)
	if err != nil {
		return err
	}
	encoder := json.NewEncoder(data)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(newDocument(d)); err != nil {
		return fmt.Errorf("write the data of a disclosure: %w", err)
	}
	if err := files.Close(); err != nil {
		return fmt.Errorf("close the disclosure: %w", err)
	}
	page.Attach(w, "application/zip", "auskunft-"+d.MadeAt.Format(time.DateOnly)+".zip")
	_, err = out.WriteTo(w)
	return err
}

func create(files *zip.Writer, name string, at time.Time) (w io.Writer, err error) {
	w, err = files.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: at})
	if err != nil {
		return nil, fmt.Errorf("begin %s: %w", name, err)
	}
	return w, nil
}

// jsonDocument is a disclosure as programs read it.
type jsonDocument struct {
	MadeAt   time.Time     `json:"stand"`
	Sections []jsonSection `json:"abschnitte"`
}

type jsonSection struct {
	Title   string           `json:"titel"`
	Part    string           `json:"bezug,omitempty"`
	Entries []map[string]any `json:"eintraege"`
}

func newDocument(d privacy.Disclosure) jsonDocument {
	out := jsonDocument{MadeAt: d.MadeAt}
	for _, s := range d.Sections {
		out.Sections = append(out.Sections, jsonSection(s))
	}
	return out
}
