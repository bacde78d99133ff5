package surveypage

import (
	"net/http"
	"strconv"
	"strings"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/survey"
	"rollinportal/web/link"
	"rollinportal/web/page"
	"rollinportal/web/ui"
)

// Products shows which product each spelling counts as.
func (p Pages) Products(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	return p.renderProducts(w, r, who, http.StatusOK, spellingForm{}, extra{})
}

// spellingForm is what was typed about a spelling.
type spellingForm struct{ Spelling, Products string }

func (p Pages) renderProducts(w http.ResponseWriter, r *http.Request, who access.Actor, status int, f spellingForm, x extra) error {
	found, err := p.Surveys.Products(r.Context(), who)
	if err != nil {
		return err
	}
	head := ui.Page{
		Heading: "Produktliste", Meta: "Als welches Produkt eine Schreibweise in den Ergebnissen zählt",
		Crumbs: []ui.Link{{Text: heading, URL: link.Surveys}, {Text: "Produktliste"}},
	}
	return p.Shell.Render(w, r, who, status, head, products(newProductsView(found, f, x)))
}

// Count says as which products a spelling counts.
func (p Pages) Count(w http.ResponseWriter, r *http.Request, who access.Actor) error {
	sent, err := page.ReadForm(w, r, "spelling", "products", "version")
	if err != nil {
		return err
	}
	f := spellingForm{sent.Text("spelling"), sent.Text("products")}
	version, err := strconv.ParseInt(sent.Text("version"), 10, 64)
	if err != nil || version < 0 {
		return fault.New(fault.Invalid, "Dem Formular fehlt der Stand, auf dem es beruht. Laden Sie die Seite neu.")
	}
	cause := p.Surveys.Count(r.Context(), who, survey.Spelling{Spelling: f.Spelling, Products: strings.Split(f.Products, ","), Version: version})
	if cause == nil {
		return page.Redirect(w, r, link.SurveyProducts, page.ProductCounted)
	}
	x := extra{}
	status, err := x.Wrong.Status(cause)
	if err != nil {
		return err
	}
	if status == http.StatusConflict {
		x.Late = page.NotSaved(cause)
	}
	return p.renderProducts(w, r, who, status, f, x)
}
