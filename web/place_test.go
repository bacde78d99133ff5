package web_test

import (
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/notify"
	"rollinportal/web/link"
)

// TestNoticesLeadWhereThePagesAre: package notify cannot import package link, and its addresses stand in mails for years.
func TestNoticesLeadWhereThePagesAre(t *testing.T) {
	t.Parallel()
	id := uuid.New()
	for got, want := range map[string]string{
		notify.AtStep("16054", "wohngeld", "k_test"): link.Step("16054", "wohngeld", "k_test"),
		notify.AtChecklist("16054", "wohngeld"):      link.Checklist("16054", "wohngeld"),
		notify.AtBody("16054"):                       link.Body("16054"),
		notify.AtProfile("16054"):                    link.Profile("16054"),
		notify.AtHurdle(7):                           link.Hurdle(7),
		notify.AtErasure(id):                         link.Erasure(id),
		notify.AtOwnData:                             link.OwnData,
		notify.AtDecision(id):                        link.Decision(id),
		notify.AtOpinion(id):                         link.Opinion(id),
		notify.AtService("wohngeld"):                 link.Service("wohngeld"),
		notify.AtLandStep("wohngeld", "l_guide"):     link.LandStep("wohngeld", "l_guide"),
		notify.AtOverdue():                           link.With(link.Tasks, "status", "ueberfaellig"),
		notify.AtQueue():                             link.Home,
		notify.AtCondition(id):                       link.Condition(id),
		notify.AtFunding("wohngeld"):                 link.Funding("wohngeld"),
		notify.AtQuestion(id):                        link.Question(id),
		notify.AtSurvey(id):                          link.Survey(id),
		notify.AtSurveyAnswer(id, "16051"):           link.SurveyAnswer(id, "16051"),
		notify.AtEvent(id):                           link.Event(id),
		notify.AtSettings:                            link.MailSettings,
		notify.AtUnsubscribe("abc"):                  link.Unsubscribe("abc"),
	} {
		if got != want {
			t.Errorf("a notice leads to %s, the page is %s", got, want)
		}
	}
}
