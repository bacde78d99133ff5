package web_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const clientSecret = "portal-secret-as-a-symmetric-key-of-32-bytes"

// issuer is an OpenID provider that answers as a test wants: honest by default, or forging what it is told to. It is
// the edge of the portal; everything behind it is real.
type issuer struct {
	*httptest.Server

	mu    sync.Mutex
	keys  []jose.JSONWebKey // with their private halves; the first signs
	codes map[string]grant
	asked map[string]int // how often each address was asked
	forgery
}

// forgery is what an issuer does other than an honest one.
type forgery struct {
	claims map[string]any                        // set in the id token; nil removes
	sign   func(i *issuer, claims []byte) string // in place of the first key
	meta   map[string]any                        // set in the discovery document
	info   map[string]any                        // what userinfo says; nil: there is none
	answer func(http.ResponseWriter) bool        // in place of the token
	away   bool                                  // every answer is 503
	pause  time.Duration                         // before every answer
}

// grant is what a code stands for.
type grant struct{ challenge, nonce string }

func newIssuer(t testing.TB) *issuer {
	t.Helper()
	i := &issuer{codes: map[string]grant{}, asked: map[string]int{}}
	i.rotate(t, "k1")
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", i.discovery)
	mux.HandleFunc("/keys", i.publish)
	mux.HandleFunc("/token", i.token)
	mux.HandleFunc("/userinfo", i.userinfo)
	i.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		i.mu.Lock()
		i.asked[r.URL.Path]++
		pause, away := i.pause, i.away
		i.mu.Unlock()
		time.Sleep(pause)
		if away {
			http.Error(w, "wartung", http.StatusServiceUnavailable)
			return
		}
		mux.ServeHTTP(w, r)
	}))
	t.Cleanup(i.Close)
	return i
}

// does sets what the issuer forges from now on.
func (i *issuer) does(f forgery) {
	i.mu.Lock()
	defer i.mu.Unlock()
	i.forgery = f
}

// times is how often an address was asked.
func (i *issuer) times(path string) int {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.asked[path]
}

// rotate signs with a new key from now on and withdraws all others.
func (i *issuer) rotate(t testing.TB, kid string) {
	t.Helper()
	i.mu.Lock()
	defer i.mu.Unlock()
	i.keys = []jose.JSONWebKey{newKey(t, kid)}
}

func newKey(t testing.TB, kid string) jose.JSONWebKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	must(t, err)
	return jose.JSONWebKey{Key: key, KeyID: kid, Algorithm: string(jose.RS256), Use: "sig"}
}

// authorize is what happens at the provider's own pages: somebody proves who they are, and the provider makes a code
// that only this request can redeem. It returns the query of the callback.
func (i *issuer) authorize(request url.Values) url.Values {
	i.mu.Lock()
	defer i.mu.Unlock()
	code := rand.Text()
	i.codes[code] = grant{request.Get("code_challenge"), request.Get("nonce")}
	return url.Values{"code": {code}, "state": {request.Get("state")}, "iss": {i.URL}}
}

func (i *issuer) discovery(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	meta := map[string]any{
		"issuer": i.URL, "authorization_endpoint": i.URL + "/auth", "token_endpoint": i.URL + "/token", "jwks_uri": i.URL + "/keys",
		"end_session_endpoint": i.URL + "/end", "id_token_signing_alg_values_supported": []string{"RS256", "HS256", "none"},
		"response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
		"code_challenge_methods_supported": []string{"S256"},
	}
	if i.info != nil {
		meta["userinfo_endpoint"] = i.URL + "/userinfo"
	}
	maps.Copy(meta, i.meta)
	answer(w, meta)
}

func (i *issuer) publish(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	var set jose.JSONWebKeySet
	for _, k := range i.keys {
		set.Keys = append(set.Keys, k.Public())
	}
	answer(w, set)
}

func (i *issuer) token(w http.ResponseWriter, r *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	if id, secret, _ := r.BasicAuth(); id != "portal" || secret != clientSecret { // RFC 6749, 5.2: the code is not even looked at
		w.WriteHeader(http.StatusUnauthorized)
		answer(w, map[string]string{"error": "invalid_client"})
		return
	}
	given, known := i.codes[r.FormValue("code")]
	delete(i.codes, r.FormValue("code"))
	sum := sha256.Sum256([]byte(r.FormValue("code_verifier")))
	if !known || base64.RawURLEncoding.EncodeToString(sum[:]) != given.challenge {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, map[string]string{"error": "invalid_grant"})
		return
	}
	if i.answer != nil && i.answer(w) {
		return
	}
	claims := map[string]any{"sub": "land", "nonce": given.nonce, "name": "Anna Ahlendorf"}
	maps.Copy(claims, i.claims)
	answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": i.signed(claims)})
}

func (i *issuer) userinfo(w http.ResponseWriter, _ *http.Request) {
	i.mu.Lock()
	defer i.mu.Unlock()
	answer(w, i.info)
}

// signed makes a token of claims, with what every token has besides.
func (i *issuer) signed(more map[string]any) string {
	now := time.Now()
	claims := map[string]any{"iss": i.URL, "aud": "portal", "exp": now.Add(time.Minute).Unix(), "iat": now.Unix()}
	maps.Copy(claims, more)
	maps.DeleteFunc(claims, func(_ string, v any) bool { return v == nil })
	text, err := json.Marshal(claims)
	if err != nil {
		panic(err)
	}
	if i.sign != nil {
		return i.sign(i, text)
	}
	return signWith(jose.RS256, i.keys[0].Key, i.keys[0].KeyID, text)
}

func signWith(alg jose.SignatureAlgorithm, key any, kid string, claims []byte) string {
	options := &jose.SignerOptions{}
	if kid != "" {
		options = options.WithHeader("kid", kid)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, options)
	if err != nil {
		panic(err)
	}
	signed, err := signer.Sign(claims)
	if err != nil {
		panic(err)
	}
	token, err := signed.CompactSerialize()
	if err != nil {
		panic(err)
	}
	return token
}

// publicPEM is a public key as text: what a careless verifier might take for a shared secret.
func publicPEM(key jose.JSONWebKey) []byte {
	der, err := x509.MarshalPKIXPublicKey(key.Public().Key)
	if err != nil {
		panic(err)
	}
	return pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der})
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
