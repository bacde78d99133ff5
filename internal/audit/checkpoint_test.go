package audit_test

import (
	"crypto/ed25519"
	"errors"
	"strings"
	"testing"

	"rollinportal/internal/audit"
	"rollinportal/internal/dbtest"
	"rollinportal/internal/fault"
)

// TestOrganisationsHoldTheCheckpointsOfTheirOwnChain: no organisation learns of another's, nobody without the right takes
// them along, and a chain that did not grow gets no second one.
func TestOrganisationsHoldTheCheckpointsOfTheirOwnChain(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	erfurt := writeChain(t, w, "k16051")
	writeChain(t, w, "k16052")
	keys, kept := signed(t, w, "k16051")
	if len(kept) != 1 || kept[0].Org != erfurt || kept[0].Seq != entries || !kept[0].SignedBy(keys) {
		t.Fatalf("Erfurt holds %v, want one checkpoint of entry %d", kept, entries)
	}
	notary := audit.NewNotary(w.DB, nil)
	for login, want := range map[string]int{"k16052": 1, "k16053": 0, "land": 1, "d-k1": 0} {
		found, err := notary.Checkpoints(t.Context(), w.As(t, login))
		if err != nil || len(found) != want {
			t.Errorf("%s holds %d checkpoints, want %d (%v)", login, len(found), want, err)
		}
		for _, c := range found {
			if c.Org != w.As(t, login).Org.ID {
				t.Errorf("%s holds a checkpoint of another organisation", login)
			}
		}
	}
	if _, err := notary.Checkpoints(t.Context(), w.As(t, "k16051-b")); fault.KindOf(err) != fault.Forbidden {
		t.Errorf("an editor: %v", err)
	}
	_, private, err := ed25519.GenerateKey(nil)
	must(t, err)
	sign(t, w, private)
	if again, _ := notary.Checkpoints(t.Context(), w.As(t, "k16051")); len(again) != 1 {
		t.Errorf("a chain that did not grow has %d checkpoints", len(again))
	}
	sign(t, w, nil)
	if err := audit.NewNotary(w.DB, private).Sign(t.Context(), w.As(t, "land")); err == nil {
		t.Error("the application signs, which only workers may")
	}
}

// TestAKeyIsChangedWithoutLosingWhatTheOldOneSigned: checkpoints hold as long as the public half is known, and no longer.
func TestAKeyIsChangedWithoutLosingWhatTheOldOneSigned(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	writeChain(t, w, "k16051")
	before, _ := signed(t, w, "k16051")
	writeChain(t, w, "k16051")
	after, kept := signed(t, w, "k16051")
	if len(kept) != 2 {
		t.Fatalf("%d checkpoints, want one of each key", len(kept))
	}
	if _, err := audit.VerifyCheckpoints(t.Context(), w.AdminURL, append(after, before...), kept); err != nil {
		t.Error(err)
	}
	if _, err := audit.VerifyCheckpoints(t.Context(), w.AdminURL, after, kept); !errors.Is(err, audit.ErrTampered) {
		t.Errorf("without the old key: %v", err)
	}
	if _, err := audit.VerifyCheckpoints(t.Context(), w.AdminURL, nil, kept); err == nil {
		t.Error("without any key the checkpoints hold")
	}
}

// TestFilesOfCheckpointsAreReadAsTheyWereWritten, and whatever else is in them is refused.
func TestFilesOfCheckpointsAreReadAsTheyWereWritten(t *testing.T) {
	t.Parallel()
	w := dbtest.New(t)
	writeChain(t, w, "k16051")
	keys, kept := signed(t, w, "k16051")
	line := kept[0].String()
	found, err := audit.ReadCheckpoints("\ufeff# Erfurt\r\n\r\n" + line + "\r\n")
	if err != nil || len(found) != 1 || !found[0].SignedBy(keys) || found[0].String() != line {
		t.Errorf("%v, %v", found, err)
	}
	words := strings.Fields(line)
	for i := range words {
		for _, other := range []string{"", "x", "-1"} {
			changed := append([]string{}, words...)
			changed[i] = other
			if found, err := audit.ReadCheckpoints(strings.Join(changed, " ")); err == nil && found[0].SignedBy(keys) {
				t.Errorf("word %d as %q is taken", i, other)
			}
		}
	}
	for _, text := range []string{"", "# nur ein Satz", line + " mehr", strings.ToUpper(line)} {
		if _, err := audit.ReadCheckpoints(text); err == nil {
			t.Errorf("%.20q is taken", text)
		}
	}
	if _, err := audit.ReadCheckpoints("# Erfurt\n\n" + line + "\nx\n"); err == nil || !strings.Contains(err.Error(), "Zeile 4") {
		t.Errorf("a mistake in line 4: %v", err)
	}
}

func TestKeysAreReadAsTheyWereMade(t *testing.T) {
	t.Parallel()
	private, public, err := audit.NewKey()
	must(t, err)
	_, older, err := audit.NewKey()
	must(t, err)
	key, err := audit.ReadKey(private + "\n")
	must(t, err)
	keys, err := audit.ReadPublicKeys(public + ", " + older)
	if err != nil || len(keys) != 2 || !keys[0].Equal(key.Public()) {
		t.Errorf("%d keys, %v", len(keys), err)
	}
	for _, text := range []string{"", "x", public + "x", private[:20]} {
		if _, err := audit.ReadKey(text); err == nil {
			t.Errorf("the private key %q is taken", text)
		}
		if _, err := audit.ReadPublicKeys(text + ",y"); err == nil {
			t.Errorf("the public key %q is taken", text)
		}
	}
}
