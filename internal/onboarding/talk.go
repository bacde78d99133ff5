package onboarding

import (
	"time"

	"github.com/google/uuid"
)

// Talk is what people say at a step, or at an onboarding as a whole. Package question writes it; a step only knows what
// there is.
type Talk struct {
	Questions []Question
	Helps     []Help
	Hints     []Hint
}

// Question is a question or a comment that the reader may see here.
type Question struct {
	ID      uuid.UUID
	Text    string
	State   string // of package question
	Comment bool
	Side    string // who answers
	Posts   int
	LastAt  time.Time
	Unread  bool // something in it is new for the reader
}

// Help is a question with its answer that the Land published at this step for all.
type Help struct{ Question, Answer string }

// Hint is what another body released of its way, taken over as a hint. Package experience writes it.
type Hint struct {
	Experience uuid.UUID
	Body       string
	Note       string
	TakenAt    time.Time
	Files      []HintFile
}

// HintFile is a file that was released with it.
type HintFile struct {
	ID   uuid.UUID
	Name string
}

// questionAt is a question and where it is asked: at the step with a key, or at the onboarding as a whole.
type questionAt struct {
	Question
	Key string
}

// questions of the body of onboarding o that stand there, at its basis steps too.
const questions = `
		SELECT json_agg(json_build_object('Key', q.step_key, 'ID', q.question_id, 'Text', q.text, 'State', q.state, 'Comment', q.kind = 'comment', 'Side', p.name,
			'LastAt', q.last_at, 'Posts', (SELECT count(*) FROM portal.question_post x
				WHERE x.land_id = @land AND x.org_id = q.org_id AND x.question_id = q.question_id),
			'Unread', q.last_by <> (SELECT ctx.person_id()) AND NOT EXISTS (SELECT FROM portal.question_seen e
				WHERE e.land_id = @land AND e.question_id = q.question_id AND e.person_id = (SELECT ctx.person_id()) AND e.seen_at >= q.last_at))
			ORDER BY q.last_at DESC, q.question_id)
		FROM portal.question q
		JOIN portal.organisation p ON p.land_id = @land AND p.org_id = q.side_id
		WHERE q.land_id = @land AND q.org_id = o.org_id AND (q.service_id = o.service_id OR q.step_scope = 'basis' AND q.step_key <> '')`

// helpAt is a help and the key of the steps it stands at.
type helpAt struct {
	Help
	Key string
}

// helps that stand at steps l.
const helps = `
		SELECT json_agg(json_build_object('Key', h.step_key, 'Question', h.question, 'Answer', h.answer) ORDER BY h.published_at DESC, h.help_id)
		FROM portal.help h
		WHERE h.land_id = @land AND h.step_key = ANY (l.keys) AND h.withdrawn_at IS NULL`

// hintAt is a hint and where it stands, like a question.
type hintAt struct {
	Hint
	Key string
}

// hints of the body of onboarding o that stand there, at its basis steps too. What was withdrawn is gone.
const hints = `
		SELECT json_agg(json_build_object('Key', x.step_key, 'Experience', x.experience_id, 'Body', g.name, 'Note', x.note, 'TakenAt', n.taken_at, 'Files', (
				SELECT coalesce(json_agg(json_build_object('ID', f.evidence_id, 'Name', f.name) ORDER BY f.name, f.evidence_id), '[]')
				FROM ctx.shared_files(x.experience_id) f)) ORDER BY n.taken_at, x.experience_id)
		FROM portal.hint n
		JOIN portal.experience x ON x.land_id = @land AND x.experience_id = n.experience_id AND x.withdrawn_at IS NULL
		JOIN portal.organisation g ON g.land_id = @land AND g.org_id = x.org_id
		WHERE n.land_id = @land AND n.org_id = o.org_id AND (x.service_id = o.service_id OR x.step_scope = 'basis' AND x.step_key <> '')`

// general is what is said at the onboarding as a whole.
func (r *row) general() Talk { return r.talkAt("") }

// talkAt is what is said at the step with a key.
func (r *row) talkAt(key string) Talk {
	var t Talk
	for _, q := range r.Questions {
		if q.Key == key {
			t.Questions = append(t.Questions, q.Question)
		}
	}
	for _, h := range r.Helps {
		if h.Key == key {
			t.Helps = append(t.Helps, h.Help)
		}
	}
	for _, h := range r.Hints {
		if h.Key == key {
			t.Hints = append(t.Hints, h.Hint)
		}
	}
	return t
}

// News returns the questions at the onboarding and its steps in which something is new for the reader.
func (c *Checklist) News() []Question {
	found := c.General.news(nil)
	for _, list := range [][]Step{c.Steps, c.Land} {
		for _, s := range list {
			found = s.Talk.news(found)
		}
	}
	return found
}

func (t Talk) news(found []Question) []Question {
	for _, q := range t.Questions {
		if q.Unread {
			found = append(found, q)
		}
	}
	return found
}
