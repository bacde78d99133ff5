package condition

import (
	"time"

	"rollinportal/internal/notify"
	"rollinportal/internal/workday"
)

// told is a notice about an Auflage. The key keeps a round from telling the same twice.
func (c Condition) told(kind notify.Kind, to notify.To, text, key string) notify.Notice {
	return notify.Notice{Kind: kind, To: to, Text: text, Path: notify.AtCondition(c.ID), About: c.ServiceName, Key: key}
}

func (c Condition) named() string {
	return "Auflage zu „" + c.ServiceName + "“: „" + c.Text + "“"
}

func (c Condition) toldOwner() notify.Notice {
	return c.told(notify.ConditionSet, notify.Orgs(c.Owner), c.named()+" liegt bei Ihnen, fällig am "+workday.Written(c.DueOn)+".", "")
}

func (c Condition) toldReported() notify.Notice {
	return c.told(notify.ConditionReported, notify.Orgs(c.Ministry), c.named()+" ist als erfüllt gemeldet. Prüfen Sie den Nachweis.", "")
}

func (c Condition) toldSettled() notify.Notice {
	text := c.named() + ": " + c.State.Word() + "."
	if c.State == Open {
		text = c.named() + " ist zurückgegeben: " + c.Reason
	}
	return c.told(notify.ConditionSettled, notify.Orgs(c.Owner), text, "")
}

// grace is after how many days an overdue Auflage reaches the ministry and the Land.
const grace = 7

// toldDue are the notices about an Auflage whose day has come: for its owner at once, for others after the grace.
func (c Condition) toldDue(today time.Time) []notify.Notice {
	key := "condition/" + c.ID.String() + "/" + c.Owner.String()
	found := []notify.Notice{c.told(notify.ConditionDue, notify.Orgs(c.Owner), c.named()+" ist am "+workday.Written(c.DueOn)+" fällig. Melden Sie, womit sie erfüllt ist.", key+"/due")}
	if !c.DueOn.AddDate(0, 0, grace).After(today) {
		text := c.named() + " ist seit dem " + workday.Written(c.DueOn) + " überfällig. Zuständig: " + c.OwnerName + "."
		over := "condition/" + c.ID.String() + "/over"
		found = append(found, c.told(notify.ConditionDue, notify.Orgs(c.Ministry), text, over), c.told(notify.ConditionDue, notify.Coordination(), text, over))
	}
	return found
}
