package web_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// issuer is an OpenID provider that answers as a test wants: honest by default, or with any claim forged. It is the
// edge of the portal; everything behind it is real.
type issuer struct {
	*httptest.Server
	key   *rsa.PrivateKey
	forge map[string]any // claims to set; nil removes
	nonce string         // of the authorization request
	sign  *rsa.PrivateKey
	alg   jose.SignatureAlgorithm
}

func newIssuer(t testing.TB) *issuer {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	i := &issuer{key: key, sign: key, alg: jose.RS256}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("/keys", i.keys)
	mux.HandleFunc("/token", i.token)
	i.Server = httptest.NewServer(mux)
	t.Cleanup(i.Close)
	return i
}

func (i *issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	answer(w, map[string]any{
		"issuer": i.URL, "authorization_endpoint": i.URL + "/auth", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
		"end_session_endpoint": i.URL + "/end", "id_token_signing_alg_values_supported": []string{"RS256"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	})
}

func (i *issuer) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: i.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	if r.FormValue("code_verifier") == "" || r.FormValue("code") != "code" {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]string{"error": "invalid_grant"})
		return
	}
	now := time.Now()
	claims := map[string]any{
		"iss": i.URL, "sub": "land", "aud": "portal", "exp": now.Add(time.Minute).Unix(), "iat": now.Unix(), "nonce": i.nonce, "name": "Anna Ahlendorf",
	}
	maps.Copy(claims, i.forge)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.signed(claims)})
}

func (i *issuer) signed(claims map[string]any) string {
	var key any = i.sign
	if i.alg == jose.HS256 {
		key = []byte("portal-secret-as-a-symmetric-key")
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: i.alg, Key: key}, (&jose.SignerOptions{}).WithHeader("kid", "k"))
	if err != nil {
		panic(err)
	}
	token, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		panic(err)
	}
	return token
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
