package evidence_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"testing"

	"github.com/google/uuid"

	"rollinportal/internal/dbtest"
	"rollinportal/internal/evidence"
	"rollinportal/internal/fault"
	"rollinportal/internal/onboarding"
)

// TestMemoryStaysFlat sends 20 MiB in and out and looks at the heap meanwhile. It runs alone: nobody else's memory
// disturbs it.
func TestMemoryStaysFlat(t *testing.T) {
	w := newWorld(t)
	kk := w.as("k16051")
	stop := dbtest.WatchHeap(t)
	u, err := evidence.Receive(noise(evidence.MaxSize), "groß.pdf")
	must(t, err)
	_, err = w.Add(t.Context(), kk, ownStep, u, nil)
	must(t, err)
	must(t, u.Close())
	file := w.files("k16051", ownStep)[0]
	d, err := w.Find(t.Context(), kk, file.ID)
	must(t, err)
	got, want := sha256.New(), sha256.New()
	must(t, w.Copy(t.Context(), kk, d, got))
	peak := stop()
	_, _ = io.Copy(want, noise(evidence.MaxSize))
	if !bytes.Equal(got.Sum(nil), want.Sum(nil)) || hex.EncodeToString(want.Sum(nil)) != file.SHA256 || file.Size != evidence.MaxSize {
		t.Errorf("20 MiB do not come back as they went: %+v", file)
	}
	t.Logf("20 MiB in and out: the heap grew by at most %d KiB", peak>>10)
	if peak > 8<<20 {
		t.Errorf("the heap grew by %d bytes", peak)
	}
}

func TestBytesComeBackAsTheyWent(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, size := range []int{len(pdf) + 1, 256 << 10, 256<<10 + 1, 1 << 20} {
		u, err := evidence.Receive(noise(size), "a.pdf")
		must(t, err)
		_, err = w.Add(t.Context(), w.as("k16051"), ownStep, u, nil)
		must(t, err)
		want, _ := io.ReadAll(noise(size))
		got, err := w.fetch("k16051-b", w.files("k16051", ownStep)[0].ID)
		must(t, err)
		if !bytes.Equal(got, want) {
			t.Errorf("%d bytes came back as %d others", size, len(got))
		}
	}
}

func TestTheSameFileIsKeptOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for i, want := range []bool{true, false} {
		added, err := w.Add(t.Context(), w.as("k16051"), ownStep, w.receive("a.pdf", "same"), nil)
		must(t, err)
		if added != want {
			t.Errorf("time %d: added is %v", i+1, added)
		}
	}
	must(t, w.add("k16051", ownStep, "b.pdf", "same"))
	if n := w.count(`SELECT count(*)::int FROM portal.evidence`); n != 1 {
		t.Errorf("%d rows", n)
	}
	if n := w.count(`SELECT count(*)::int FROM portal.evidence_chunk`); n != 1 {
		t.Errorf("%d pieces", n)
	}
	if n := w.count(`SELECT count(*)::int FROM portal.audit_event WHERE action = 'evidence.upload'`); n != 1 {
		t.Errorf("%d entries in the trail", n)
	}
}

func TestANewFileOfTheSameNameIsTheNextVersion(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.add("k16051", ownStep, "a.pdf", "1"))
	must(t, w.add("k16051-b", ownStep, "a.pdf", "2"))
	must(t, w.Remove(t.Context(), w.as("k16051"), ownStep, w.files("k16051", ownStep)[0].ID))
	must(t, w.add("k16051", ownStep, "a.pdf", "3"))
	must(t, w.add("k16051", ownStep, "b.pdf", "4"))
	var got []string
	for _, f := range w.files("land", ownStep) {
		got = append(got, f.Name+string(rune('0'+f.Version)))
	}
	if want := []string{"a.pdf3", "a.pdf1", "b.pdf1"}; len(got) != 3 || got[0] != want[0] || got[1] != want[1] || got[2] != want[2] {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestOthersSeeNothing(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.add("k16051", ownStep, "a.pdf", "1"))
	id := w.files("k16051", ownStep)[0].ID
	for _, login := range []string{"k16052", "k16052-b", "d-k1", "d-land", "tlrz", "kiv"} { // k_kickoff is not a provider's step
		_, err := w.fetch(login, id)
		dbtest.Wants(t, login+" downloads", err, fault.NotFound)
		err = w.Remove(t.Context(), w.as(login), ownStep, id)
		if kind := fault.KindOf(err); kind != fault.NotFound && kind != fault.Forbidden || login[0] == 'k' && kind != fault.NotFound {
			t.Errorf("%s deletes: %v", login, err)
		}
	}
	for _, login := range []string{"k16052", "d-k1"} {
		dbtest.Wants(t, login+" uploads", w.add(login, ownStep, "b.pdf", "2"), fault.NotFound)
	}
	_, err := w.fetch("tmdi-referat", id) // a ministry reads what it checks, and this it does not check
	dbtest.Wants(t, "tmdi-referat downloads", err, fault.NotFound)
	for _, login := range []string{"tmdi-leser", "gremium", "redaktion", "betreiber"} {
		_, err := w.fetch(login, id)
		dbtest.Wants(t, login+" downloads", err, fault.Forbidden)
	}
	if _, err := w.fetch("land", id); err != nil {
		t.Errorf("land downloads: %v", err)
	}
	dbtest.Wants(t, "land uploads", w.add("land", ownStep, "b.pdf", "2"), fault.Forbidden)
	if n := w.count(`SELECT count(*)::int FROM portal.evidence_chunk`); n != 1 {
		t.Errorf("%d pieces: what was refused left bytes behind", n)
	}
}

func TestProvidersWorkOnTheirSteps(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dbtest.Wants(t, "provider at a step of the body", w.add("tlrz", ownStep, "a.pdf", "1"), fault.Forbidden)
	must(t, w.add("tlrz", providerStep, "dvdv.pdf", "1"))
	must(t, w.add("k16051", providerStep, "auftrag.pdf", "2"))
	files := w.files("tlrz", providerStep)
	if len(files) != 2 {
		t.Fatalf("%d files", len(files))
	}
	for _, f := range files {
		if _, err := w.fetch("tlrz", f.ID); err != nil {
			t.Errorf("provider downloads %s: %v", f.Name, err)
		}
	}
	dbtest.Wants(t, "provider deletes the body's file", w.Remove(t.Context(), w.as("tlrz"), providerStep, files[0].ID), fault.Forbidden)
	must(t, w.Remove(t.Context(), w.as("tlrz"), providerStep, files[1].ID))
	elsewhere := evidence.Place{Body: notOf(t, w, "TLRZ"), Slug: "wohngeld", Key: "k_vps"}
	dbtest.Wants(t, "provider at a body that is not assigned", w.add("tlrz", elsewhere, "a.pdf", "1"), fault.NotFound)
}

func notOf(t *testing.T, w world, provider string) string {
	t.Helper()
	return dbtest.Admin[string](t, w.World, `
		SELECT o.key FROM portal.organisation o JOIN portal.onboarding b USING (land_id, org_id)
		WHERE NOT EXISTS (SELECT FROM portal.assignment a JOIN portal.organisation p ON p.org_id = a.provider_id WHERE a.org_id = o.org_id AND p.key = $1)
		ORDER BY 1 LIMIT 1`, provider)
}

func TestWhoDeletesAndUntilWhen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.add("k16051", ownStep, "a.pdf", "1"))
	must(t, w.add("k16051-b", ownStep, "b.pdf", "2"))
	must(t, w.add("k16051", ownStep, "c.pdf", "3"))
	files := w.files("k16051", ownStep)
	dbtest.Wants(t, "editor deletes another's", w.Remove(t.Context(), w.as("k16051-b"), ownStep, files[0].ID), fault.Forbidden)
	must(t, w.Remove(t.Context(), w.as("k16051-b"), ownStep, files[1].ID))
	must(t, w.Remove(t.Context(), w.as("k16051"), ownStep, files[0].ID))
	dbtest.Wants(t, "delete twice", w.Remove(t.Context(), w.as("k16051"), ownStep, files[0].ID), fault.NotFound)
	dbtest.Wants(t, "delete what is not there", w.Remove(t.Context(), w.as("k16051"), ownStep, uuid.New()), fault.NotFound)
	_, err := w.fetch("k16051", files[0].ID)
	dbtest.Wants(t, "open what is deleted", err, fault.NotFound)

	w.finishLand()
	must(t, w.set("k16051", ownStep, onboarding.StepInput{To: onboarding.Done, Evidence: "liegt vor"}))
	dbtest.Wants(t, "delete at a finished step", w.Remove(t.Context(), w.as("k16051"), ownStep, files[2].ID), fault.Conflict)
	must(t, w.add("k16051", ownStep, "d.pdf", "renewed"))
	if n := len(w.files("k16051", ownStep)); n != 2 {
		t.Errorf("%d files are left", n)
	}
}

func TestExpiryLiesAhead(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, err := w.Add(t.Context(), w.as("k16051"), ownStep, w.receive("a.pdf", "1"), yesterday())
	dbtest.Wants(t, "expired yesterday", err, fault.Invalid)
	_, err = w.Add(t.Context(), w.as("k16051"), ownStep, w.receive("a.pdf", "1"), inDays(30))
	must(t, err)
	if got := w.files("k16051", ownStep)[0].ValidUntil; got == nil || !got.Equal(*inDays(30)) {
		t.Errorf("valid until %v", got)
	}
}

func TestADamagedFileNeverLooksComplete(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	u, err := evidence.Receive(noise(300<<10), "a.pdf")
	must(t, err)
	_, err = w.Add(t.Context(), w.as("k16051"), ownStep, u, nil)
	must(t, err)
	dbtest.Admin[int](t, w.World, `UPDATE portal.evidence_chunk SET bytes = set_byte(bytes, 7, 1 + get_byte(bytes, 7) % 255) WHERE no = 0 RETURNING no`)
	got, err := w.fetch("k16051", w.files("k16051", ownStep)[0].ID)
	if !errors.Is(err, evidence.ErrDamaged) || len(got) >= 300<<10 {
		t.Errorf("%d bytes, %v", len(got), err)
	}
}

func TestTheTrailNamesTheFile(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	must(t, w.add("k16051", ownStep, "a.pdf", "1"))
	task, err := w.onboardings.Task(t.Context(), w.as("land"), ownStep.Body, ownStep.Slug, ownStep.Key, 5)
	must(t, err)
	said := map[string]string{}
	for _, c := range task.Trail[0].Changes {
		said[c.Field] = c.New
	}
	if said["Datei"] != "a.pdf" || said["SHA-256"] != task.Files[0].SHA256 || said["Größe in Byte"] == "" {
		t.Errorf("the trail says %v", said)
	}
}

// A step that asks for evidence is done with a file alone, as long as the file is valid.
func TestAFileCountsAsEvidence(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.finishLand()
	done := onboarding.StepInput{To: onboarding.Done}
	dbtest.Wants(t, "done without anything", w.set("k16051", ownStep, done), fault.Invalid)
	_, err := w.Add(t.Context(), w.as("k16051"), ownStep, w.receive("a.pdf", "1"), inDays(1))
	must(t, err)
	dbtest.Admin[int](t, w.World, `UPDATE portal.evidence SET valid_until = current_date - 1 RETURNING version`)
	dbtest.Wants(t, "done with what has expired", w.set("k16051", ownStep, done), fault.Invalid)
	must(t, w.add("k16051", ownStep, "b.pdf", "2"))
	must(t, w.Remove(t.Context(), w.as("k16051"), ownStep, w.files("k16051", ownStep)[1].ID))
	dbtest.Wants(t, "done with what was deleted", w.set("k16051", ownStep, done), fault.Invalid)
	must(t, w.add("k16051", ownStep, "c.pdf", "3"))
	must(t, w.set("k16051", ownStep, done))
}
