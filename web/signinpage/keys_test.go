package signinpage

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// TestKeysAreFetchedWhenTheyAreNew: once for all tokens of a key, once more when another key takes its name.
func TestKeysAreFetchedWhenTheyAreNew(t *testing.T) {
	t.Parallel()
	var fetched atomic.Int64
	var shown atomic.Pointer[jose.JSONWebKey]
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fetched.Add(1)
		_ = json.NewEncoder(w).Encode(jose.JSONWebKeySet{Keys: []jose.JSONWebKey{shown.Load().Public()}})
	}))
	defer server.Close()
	newKey := func() *jose.JSONWebKey {
		private, err := rsa.GenerateKey(rand.Reader, 2048)
		if err != nil {
			t.Fatal(err)
		}
		return &jose.JSONWebKey{Key: private, KeyID: "1", Algorithm: oidc.RS256, Use: "sig"}
	}
	old, fresh := newKey(), newKey()
	keys := newKeySet(oidc.ClientContext(t.Context(), server.Client()), server.URL)
	for i, c := range []struct {
		shown, signs *jose.JSONWebKey
		fetches      int64
		holds        bool
	}{{old, old, 1, true}, {old, old, 1, true}, {fresh, fresh, 2, true}, {fresh, fresh, 2, true}, {fresh, old, 4, false}} {
		shown.Store(c.shown)
		_, err := keys.VerifySignature(t.Context(), signedBy(t, c.signs))
		if (err == nil) != c.holds || fetched.Load() != c.fetches {
			t.Errorf("token %d: %v; keys were fetched %d times, want %d", i+1, err, fetched.Load(), c.fetches)
		}
	}
}

func signedBy(t *testing.T, key *jose.JSONWebKey) string {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, nil)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := signer.Sign([]byte(`{}`))
	if err != nil {
		t.Fatal(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return token
}

// TestAnAnswerOfTheProviderHasAMegabyteAndFiveSeconds: one that sends without end, or not at all, takes nothing with it.
func TestAnAnswerOfTheProviderHasAMegabyteAndFiveSeconds(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, strings.Repeat("x", 2<<20))
	}))
	defer server.Close()
	response, err := newProvider(ProviderConfig{}, "").client.Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if limit := newProvider(ProviderConfig{}, "").client.Timeout; limit < time.Second || limit > 5*time.Second {
		t.Errorf("a provider may take %s", limit)
	}
	if text, err := io.ReadAll(response.Body); err != nil || len(text) != 1<<20 {
		t.Errorf("%d bytes were read, %v", len(text), err)
	}
}
