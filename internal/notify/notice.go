package notify

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"rollinportal/internal/access"
	"rollinportal/internal/audit"
	"rollinportal/internal/postgres"
)

// To is who hears of something. The person who acts never hears of their own act.
type To struct {
	orgs         []uuid.UUID
	keys         []string
	person       uuid.UUID
	coordination bool
	roles        []access.Role
}

// Orgs is everybody of some organisations.
func Orgs(ids ...uuid.UUID) To { return To{orgs: ids} }

// Keys is everybody of the organisations with these keys, in the Land of the transaction.
func Keys(keys ...string) To { return To{keys: keys} }

// Coordination is the Landeskoordination.
func Coordination() To { return To{coordination: true, roles: []access.Role{access.StateCoordinator}} }

// Person is one person in an organisation, or wherever they belong to if org is uuid.Nil.
func Person(org, person uuid.UUID) To {
	if org == uuid.Nil {
		return To{person: person}
	}
	return To{orgs: []uuid.UUID{org}, person: person}
}

// In narrows an audience to roles: only the coordinators of a body, for instance.
func (t To) In(roles ...access.Role) To { t.roles = roles; return t }

// Notice is something that happened.
type Notice struct {
	Kind   Kind
	To     To
	Text   string // one German sentence: "Erfurt hat Ihnen „DVDV-Eintrag“ abgegeben."
	Path   string // where one does something about it: AtStep, AtChecklist, AtHurdle, AtDecision, AtService
	About  string // the service it is about, for the reason why one hears of it; may be ""
	Urgent bool   // others cannot go on: mailed at once
	Key    string // what happened, if the same may be told again by a round: it is said once. "" for an act
}

// noticeRow is a notice as ctx.tell takes it.
type noticeRow struct {
	Key          string        `json:"key"`
	Kind         Kind          `json:"kind"`
	Text         string        `json:"text"`
	Path         string        `json:"path"`
	About        string        `json:"about"`
	Urgent       bool          `json:"urgent"`
	At           time.Time     `json:"at"`
	Orgs         []uuid.UUID   `json:"orgs"`
	Keys         []string      `json:"keys"`
	Person       *uuid.UUID    `json:"person"`
	Coordination bool          `json:"coordination"`
	Roles        []access.Role `json:"roles"`
}

// Tell lets people know, in the transaction of what happened and in one statement. Nobody is told anything if that rolls
// back. Without notices it costs nothing.
func Tell(ctx context.Context, tx *postgres.Tx, notices ...Notice) error {
	if len(notices) == 0 {
		return nil
	}
	rows, err := encode(notices, tx.Now)
	if err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `SELECT ctx.tell($1)`, rows); err != nil {
		return fmt.Errorf("tell of %s: %w", notices[0].Kind, err)
	}
	return nil
}

// Record writes the trail of a change and lets people know, both in one statement.
func Record(ctx context.Context, tx *postgres.Tx, entries []audit.Entry, notices ...Notice) error {
	return RecordWith(ctx, tx, "", nil, entries, notices...)
}

// RecordWith is Record for a change that is written by the same statement: with are parts of its WITH, each after a comma,
// and args what they ask for.
func RecordWith(ctx context.Context, tx *postgres.Tx, with string, args pgx.StrictNamedArgs, entries []audit.Entry, notices ...Notice) error {
	if len(notices) == 0 {
		return audit.RecordAnd(ctx, tx, entries, with, `SELECT 1`, args)
	}
	rows, err := encode(notices, tx.Now)
	if err != nil {
		return err
	}
	told := pgx.StrictNamedArgs{"notices": rows}
	maps.Copy(told, args)
	return audit.RecordAnd(ctx, tx, entries, with, `SELECT ctx.tell(@notices)`, told)
}

// Encode is a notice as functions of the database take it that tell of something in another Land; they say to whom.
func Encode(n Notice, now time.Time) (json.RawMessage, error) {
	text, err := json.Marshal(n.row(now))
	if err != nil {
		return nil, fmt.Errorf("encode a notice: %w", err)
	}
	return text, nil
}

func encode(notices []Notice, now time.Time) ([]byte, error) {
	rows := make([]noticeRow, len(notices))
	for i, n := range notices {
		rows[i] = n.row(now)
	}
	text, err := json.Marshal(rows)
	if err != nil {
		return nil, fmt.Errorf("encode notices: %w", err)
	}
	return text, nil
}

func (n Notice) row(now time.Time) noticeRow {
	r := noticeRow{
		Key: n.Key, Kind: n.Kind, Text: oneLine(n.Text), Path: n.Path, About: n.About, Urgent: n.Urgent, At: now,
		Orgs: append([]uuid.UUID{}, n.To.orgs...), Keys: append([]string{}, n.To.keys...), Coordination: n.To.coordination, Roles: append([]access.Role{}, n.To.roles...),
	}
	if r.Key == "" {
		r.Key = uuid.NewString()
	}
	if n.To.person != uuid.Nil {
		r.Person = &n.To.person
	}
	return r
}

// maxText is how long a notice may be. Solutions of obstacles are the longest that reach people whole.
const maxText = 5000

// oneLine joins what people typed over several lines: a notice is a line in a list and in a mail.
func oneLine(text string) string {
	text = strings.Join(strings.Fields(text), " ")
	if runes := []rune(text); len(runes) > maxText {
		return string(runes[:maxText-1]) + "…"
	}
	return text
}

// Reason says why somebody hears of something: "weil Sie Koordination für Wohngeld in Ilmenau sind".
func Reason(role access.Role, org, about string) string {
	of := ""
	if about != "" {
		of = " für " + about
	}
	switch role {
	case access.StateCoordinator:
		return "weil Sie zur Landeskoordination gehören"
	case access.StateEditor:
		return "weil Sie zur Redaktion des Landes gehören"
	case access.MinistryDecider, access.MinistryReader:
		if about != "" {
			return "weil " + org + of + " zuständig ist"
		}
	case access.BodyCoordinator:
		return "weil Sie Koordination" + of + " in " + org + " sind"
	case access.BodyEditor:
		return "weil Sie" + of + " in " + org + " mitarbeiten"
	case access.Provider:
		return "weil Sie bei " + org + " für die Kommunen arbeiten"
	}
	return "weil Sie zu " + org + " gehören"
}
