package audit

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Checkpoint says how far the chain of an organisation reached at a time, signed by the portal. Kept outside the database, it
// shows when the chain was cut off before that entry, or written anew.
type Checkpoint struct {
	Land      uuid.UUID
	Org       uuid.UUID
	Seq       int64
	Hash      []byte
	At        time.Time
	Signature []byte
}

// statement is what the signature is about.
func (c Checkpoint) statement() []byte {
	return fmt.Appendf(nil, "rollin-portal checkpoint v1\n%s\n%s\n%d\n%x\n%s\n", c.Land, c.Org, c.Seq, c.Hash, c.At.UTC().Format(time.RFC3339Nano))
}

// SignedBy reports whether one of the keys made the signature.
func (c Checkpoint) SignedBy(keys []ed25519.PublicKey) bool {
	for _, key := range keys {
		if ed25519.Verify(key, c.statement(), c.Signature) {
			return true
		}
	}
	return false
}

// String is the checkpoint as a line of the file that organisations keep.
func (c Checkpoint) String() string {
	return fmt.Sprintf("v1 %s %s %d %x %s %s", c.Land, c.Org, c.Seq, c.Hash, c.At.UTC().Format(time.RFC3339Nano), base64.StdEncoding.EncodeToString(c.Signature))
}

// ReadCheckpoints reads such a file. Empty lines and those that begin with # are for people. A file without a checkpoint is
// an error: it would prove nothing.
func ReadCheckpoints(text string) (found []Checkpoint, err error) {
	no := 0
	for line := range strings.Lines(strings.TrimPrefix(text, "\ufeff")) {
		no++
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		c, err := readCheckpoint(line)
		if err != nil {
			return nil, fmt.Errorf("in Zeile %d steht kein Prüfpunkt: %w", no, err)
		}
		found = append(found, c)
	}
	if len(found) == 0 {
		return nil, errors.New("die Datei enthält keinen Prüfpunkt")
	}
	return found, nil
}

func readCheckpoint(line string) (c Checkpoint, err error) {
	words := strings.Fields(line)
	if len(words) != 7 || words[0] != "v1" {
		return c, errors.New("erwartet sind sieben Wörter, das erste heißt v1")
	}
	errs := make([]error, 6)
	c.Land, errs[0] = uuid.Parse(words[1])
	c.Org, errs[1] = uuid.Parse(words[2])
	c.Seq, errs[2] = strconv.ParseInt(words[3], 10, 64)
	c.Hash, errs[3] = hex.DecodeString(words[4])
	c.At, errs[4] = time.Parse(time.RFC3339Nano, words[5])
	c.Signature, errs[5] = base64.StdEncoding.DecodeString(words[6])
	return c, errors.Join(errs...)
}

// NewKey makes the two halves of a key as the configuration takes them.
func NewKey() (private, public string, err error) {
	pub, priv, err := ed25519.GenerateKey(nil)
	if err != nil {
		return "", "", fmt.Errorf("make a key: %w", err)
	}
	return base64.StdEncoding.EncodeToString(priv.Seed()), base64.StdEncoding.EncodeToString(pub), nil
}

// ReadKey reads the private half.
func ReadKey(text string) (ed25519.PrivateKey, error) {
	seed, err := base64.StdEncoding.DecodeString(strings.TrimSpace(text))
	if err != nil || len(seed) != ed25519.SeedSize {
		return nil, errors.New("AUDIT_KEY is no key: portal audit key makes one")
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

// ReadPublicKeys reads public halves, with commas between them: the present key and those before it.
func ReadPublicKeys(text string) (found []ed25519.PublicKey, err error) {
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
		key, err := base64.StdEncoding.DecodeString(word)
		if err != nil || len(key) != ed25519.PublicKeySize {
			return nil, fmt.Errorf("AUDIT_PUBLIC_KEYS: %q is no key", word)
		}
		found = append(found, key)
	}
	return found, nil
}
