package interchange

import (
	"io"

	"rollinportal/internal/organisation"
)

// Assignments reads which provider works for which body: the keys of bodies by the Kürzel of their provider.
func Assignments(in io.Reader, orgs []organisation.Organisation) (map[string][]string, []Rejection, error) {
	rows, bad, err := read(in, "kreisschluessel", "it_dienstleister")
	if err != nil {
		return nil, nil, err
	}
	kinds := map[string]organisation.Kind{}
	for _, o := range orgs {
		kinds[o.Key] = o.Kind
	}
	found := map[string][]string{}
	for _, r := range rows {
		body, provider := r.cells["kreisschluessel"], r.cells["it_dienstleister"]
		switch {
		case !kinds[body].IsBody():
			bad = append(bad, Rejection{r.line, "den Landkreis oder die Stadt „" + body + "“ gibt es nicht"})
		case kinds[provider] != organisation.ITProvider:
			bad = append(bad, Rejection{r.line, "den IT-Dienstleister „" + provider + "“ gibt es nicht"})
		default:
			found[provider] = append(found[provider], body)
		}
	}
	return found, bad, nil
}
