package dashboard_test

import (
	"testing"

	"rollinportal/internal/catalog"
)

// TestATownIsToldWhereAServiceIsEverywhere: what the Land's catalogue calls flächendeckend, a town's does too, and not before.
func TestATownIsToldWhereAServiceIsEverywhere(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.change("wohnsitzanmeldung-ewa", "competence = 'cities'")
	w.sql(`DELETE FROM portal.service_body b USING portal.service v, portal.organisation o
		WHERE v.land_id = b.land_id AND v.service_id = b.service_id AND v.slug = 'wohnsitzanmeldung-ewa'
		AND o.land_id = b.land_id AND o.org_id = b.org_id AND o.kind = 'district'`)
	w.rollIn("wohnsitzanmeldung-ewa")
	w.finishLand("wohnsitzanmeldung-ewa")
	reads := func(when string, want map[string]string) {
		t.Helper()
		for login, view := range want {
			found, err := catalog.New(w.DB).Show(t.Context(), w.as(login), "wohnsitzanmeldung-ewa", 1)
			w.must(err)
			listed, _, err := catalog.New(w.DB).List(t.Context(), w.as(login), catalog.Filter{State: "covered"})
			w.must(err)
			if found.LandView != view || (len(listed) == 1) != (view == "covered") {
				t.Errorf("%s: %s reads %q, want %q; %d services are listed as covered", when, login, found.LandView, view, len(listed))
			}
		}
	}
	for _, city := range []string{"16051", "16052", "16053", "16054"} {
		w.finishBody(city, "wohnsitzanmeldung-ewa", "k_hypercare")
	}
	reads("four of five", map[string]string{"land": "rolling_in", "k16052": "rolling_in", "k16077": "rolling_in"})
	w.finishBody("16055", "wohnsitzanmeldung-ewa", "k_hypercare")
	reads("all five", map[string]string{"land": "covered", "k16052": "covered", "k16077": "covered", "kiv": "rolling_in"})
	w.sql(`INSERT INTO portal.service_body (land_id, service_id, org_id)
		SELECT v.land_id, v.service_id, o.org_id FROM portal.service v JOIN portal.organisation o ON o.land_id = v.land_id
		WHERE v.slug = 'wohnsitzanmeldung-ewa' AND o.key = '16077'`)
	reads("a sixth is competent", map[string]string{"land": "rolling_in", "k16052": "rolling_in"})
}
