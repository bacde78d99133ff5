package rollinpage

import (
	"strconv"

	"rollinportal/internal/access"
	"rollinportal/internal/onboarding"
	"rollinportal/web/link"
	"rollinportal/web/ui"
)

// waveView is a wave in one row.
type waveView struct {
	Name, Tag    string
	State        ui.StatusProps
	Bodies, Live string
	Count        string // the bodies in words
	Span         string
}

// gateView says what the waves after the pilots wait for.
type gateView struct {
	Text   string
	Button ui.ButtonProps // for the Land
	Past   []ui.Row       // what was made of the pilots so far
}

func (v *showView) addWaves(r *onboarding.Rollin, who access.Actor, aggregates bool) {
	plans := who.Can(access.RolloutPlan)
	for _, w := range r.Waves {
		v.Waves = append(v.Waves, newWave(r, w, aggregates || who.Org.IsBody()))
	}
	for _, e := range r.Evaluations {
		v.Gate.Past = append(v.Gate.Past, ui.Row{Title: e.Outcome.Word() + ": " + e.Reason, Meta: evaluationMeta(e)})
	}
	if r.Waits() {
		v.Gate.Text = "Die Wellen nach der Pilotierung warten, bis das Land die Pilotierung ausgewertet hat. Solange ist dort nichts überfällig."
		if plans {
			v.Gate.Button = ui.ButtonProps{Text: "Pilotierung auswerten", URL: link.Evaluate(r.ServiceSlug)}
		}
	}
	for _, b := range r.Outside {
		meta := "Erst nach dem Start zuständig geworden"
		if b.Reason != "" {
			meta = "Beim Start ausgenommen: " + b.Reason
		}
		v.Outside = append(v.Outside, ui.Row{Title: b.Name, Meta: meta})
	}
	if len(v.Outside) > 0 && plans {
		v.Admit = ui.ButtonProps{Text: "Einheit aufnehmen", URL: link.Admit(r.ServiceSlug)}
	}
}

func evaluationMeta(e onboarding.Evaluation) string {
	meta := ui.Date(e.DecidedAt)
	if e.Decider != "" {
		meta += ", " + e.Decider
	}
	if e.Weeks > 0 {
		meta += ", Termine um " + ui.Count(e.Weeks, "Woche", "Wochen") + " verschoben, Ursache: " + e.Cause.Word()
	}
	return meta
}

// newWave counts the bodies that the reader sees. A town or a committee does not count: one body would be named by it.
func newWave(r *onboarding.Rollin, w onboarding.Wave, uncounted bool) waveView {
	v := waveView{Name: w.Name, Span: ui.Span(w.FirstOn, w.LastOn), State: waveState(r, w), Bodies: ui.NotApplicable, Live: ui.NotApplicable}
	if w.Pilot && w.Name != "Pilotierung" {
		v.Tag = "Pilot"
	}
	if uncounted {
		return v
	}
	bodies, live := 0, 0
	for _, o := range r.Bodies {
		if o.WaveNo == nil || *o.WaveNo != w.No || o.State == onboarding.NotCompetent {
			continue
		}
		bodies++
		if o.State.IsLive() {
			live++
		}
	}
	v.Bodies, v.Live = strconv.Itoa(bodies), strconv.Itoa(live)+" von "+strconv.Itoa(bodies)
	v.Count = ui.Count(bodies, "Einheit", "Einheiten")
	if bodies > 0 && live == bodies {
		v.State = ui.StatusProps{Kind: ui.Done, Text: "Produktiv"}
	}
	return v
}

func waveState(r *onboarding.Rollin, w onboarding.Wave) ui.StatusProps {
	switch {
	case w.ReleasedAt == nil && r.Stopped() != nil:
		return ui.StatusProps{Kind: ui.Blocked, Text: "Angehalten"}
	case w.ReleasedAt == nil:
		return ui.StatusProps{Kind: ui.Waiting, Text: "Wartet auf Auswertung der Pilotierung"}
	}
	return ui.StatusProps{Kind: ui.InProgress, Text: "Läuft"}
}
