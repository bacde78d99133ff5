package signinpage

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"sync/atomic"

	"github.com/coreos/go-oidc/v3/oidc"
)

// keySet checks signatures with the provider's keys. A sign-in in the moment of a key rotation may meet keys that were
// fetched just before; so what does not verify is tried once more with fresh ones.
type keySet struct {
	client context.Context //nolint:containedctx // carries the HTTP client, as go-oidc wants it
	url    string
	keys   atomic.Pointer[oidc.RemoteKeySet]
}

func newKeySet(client context.Context, url string) *keySet {
	k := &keySet{client: client, url: url}
	k.keys.Store(oidc.NewRemoteKeySet(client, url))
	return k
}

// VerifySignature makes keySet an oidc.KeySet.
func (k *keySet) VerifySignature(ctx context.Context, token string) ([]byte, error) {
	payload, err := k.keys.Load().VerifySignature(ctx, token)
	if _, away := errors.AsType[*url.Error](err); err == nil || away {
		return payload, err
	}
	fresh := oidc.NewRemoteKeySet(k.client, k.url)
	payload, err = fresh.VerifySignature(ctx, token)
	if err == nil {
		k.keys.Store(fresh)
	}
	return payload, err
}

// frugal reads at most a megabyte of what the provider answers.
type frugal struct{ http.RoundTripper }

func (f frugal) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := f.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	response.Body = struct {
		io.Reader
		io.Closer
	}{io.LimitReader(response.Body, 1<<20), response.Body}
	return response, nil
}
