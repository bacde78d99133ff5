package web_test

import (
	"strings"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/catalog"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/hurdle"
)

// malformed are spellings that no id has.
var malformed = []string{"\x00", "1'--", "../land", "99999999999999999999", "-1", "f0000000-0000-4000-8000-00000000000", "\xff", strings.Repeat("ü", 400)}

// foreignParams are records of others for each parameter of an address, with the roles of loginOf that see them by
// right, and spellings that nobody has.
func foreignParams(t *testing.T, p *portal, own map[string]string) map[string][]attempt {
	t.Helper()
	abroad := p.rollinOf(t, "d-land", "d-min", "wohngeld").String()
	citizenship := p.rollinOf(t, "land", "tmikl", "einbuergerung").String()
	open := p.Case(t, "aufenthaltstitel").String()
	at := func(body string) hurdle.Where {
		return hurdle.Where{Body: body, Service: "wohngeld", Step: "k_kickoff"}
	}
	gera, unassigned := "16052", p.unassigned(t, "TLRZ")[0]
	found := map[string][]attempt{
		"einheit":         {{"other organisation", gera, p.readers(t, gera)}, {"other organisation", unassigned, p.readers(t, unassigned)}, {"other Land", "99001", ""}},
		"org":             {{"other organisation", gera, "LK"}, {"other organisation", "TMDI", "LK FE FL"}, {"other Land", "99001", ""}},
		"leistung":        {{"other Land", p.serviceOf(t, "d-land"), ""}},
		"id":              {{"other organisation", citizenship, "LK LR KK KB IT GR"}, {"other organisation", open, "LK LR"}, {"other Land", abroad, ""}},
		"nr":              {{"other organisation", p.hurdleOf(t, "k16052", at(gera)), p.readers(t, gera)}, {"unknown", "999", ""}},
		"nachweis":        {{"other organisation", p.fileAt(t, "k16052", gera, "k_kickoff"), "LK"}, {"other Land", p.fileAt(t, "d-k1", "99001", "k_kickoff"), ""}},
		"mitteilung":      {{"other person", p.noticeOf(t, "k16052"), ""}, {"other Land", p.noticeOf(t, "d-k1"), ""}},
		"frage":           {{"other organisation", p.questionOf(t, "k16052"), "LK LR"}, {"other Land", p.questionOf(t, "d-k1"), ""}},
		"angabe":          {{"other organisation", p.factOf(t, "k16052"), ""}, {"other Land", p.factOf(t, "d-k1"), ""}},
		"stellungnahme":   {{"other organisation", p.opinionOf(t, "tmikl-referat", "waffenerlaubnis", "KIV").String(), ""}},
		"vertretung":      {{"other organisation", p.delegationOf(t, "tmikl-referat", "tmikl-leitung").String(), ""}, {"other Land", p.delegationOf(t, "d-min-referat", "d-min-leitung").String(), ""}},
		"erfahrung":       {{"other organisation", p.experienceOf(t, "k16052"), ""}, {"other Land", p.experienceOf(t, "d-k1"), ""}},
		"auflage":         {{"other organisation", p.conditionAt(t, "tmikl", "wohnsitzanmeldung-ewa", "16052"), "LK LR GR"}},
		"eintrag":         {{"other Land", p.fundingBy(t, "d-land", "wohngeld"), ""}, {"other organisation", p.fundingBy(t, "land", "einbuergerung"), ""}},
		"ansicht":         {{"other person", p.viewOf(t, "redaktion"), "LR"}, {"other person", p.viewOf(t, "k16052"), ""}, {"other Land", p.viewOf(t, "d-k1"), ""}},
		"antrag":          {{"other organisation", p.erasureOf(t, "k16052", "k16052-b").String(), "LK"}},
		"person":          {{"other organisation", p.As(t, "k16052").Person.String(), "LK"}, {"other Land", p.As(t, "d-k1").Person.String(), ""}},
		"umfrage":         {{"other Land", p.surveyBy(t, "d-land").String(), ""}},
		"termin":          {{"other Land", p.eventBy(t, "d-land").String(), ""}},
		"sammelaenderung": {{"unknown", "999", ""}},
	}
	for name := range own {
		for _, spelt := range malformed {
			found[name] = append(found[name], attempt{owner: "malformed", value: spelt})
		}
	}
	return found
}

// readers are the roles that see what a body has with Wohngeld: the Land, the ministry in charge, and the provider if it
// works for that body.
func (p *portal) readers(t *testing.T, body string) string {
	t.Helper()
	if dbtest.Admin[bool](t, p.World, `
		SELECT EXISTS (SELECT FROM portal.assignment a
			JOIN portal.organisation b ON b.org_id = a.org_id JOIN portal.organisation p ON p.org_id = a.provider_id
			WHERE b.key = $1 AND p.key = 'TLRZ')`, body) {
		return "LK LR FE FL IT"
	}
	return "LK LR FE FL"
}

// serviceOf publishes a service that only the Land of a person has.
func (p *portal) serviceOf(t *testing.T, login string) string {
	t.Helper()
	services, who := catalog.New(p.DB), p.As(t, login)
	slug, err := services.Create(t.Context(), who, catalog.Draft{ID: uuid.New(), Fields: catalog.Fields{Name: "Seebestattung", Lifecycle: catalog.Reusable, ExecutionLevel: catalog.Kreis, Competence: catalog.AllBodies}})
	must(t, err)
	return slug
}
