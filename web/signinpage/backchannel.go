package signinpage

import (
	"context"
	"fmt"
	"io"
	"net/http"

	"github.com/coreos/go-oidc/v3/oidc"

	"rollinportal/internal/access"
	"rollinportal/internal/fault"
	"rollinportal/internal/identity"
	"rollinportal/web/page"
)

// maxLogout is how large a logout token may be, in bytes.
const maxLogout = 64 << 10

// EndFromProvider takes the provider's word that a session ended there (OpenID Connect Back-Channel Logout). The
// provider reads the status, nobody reads the text.
func (p Pages) EndFromProvider(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxLogout)
	logout, err := p.provider.logout(r.Context(), r.PostFormValue("logout_token"))
	if err == nil {
		err = p.people.EndSessions(r.Context(), logout)
	}
	status := http.StatusOK
	switch {
	case fault.KindOf(err) == fault.Unavailable:
		status = http.StatusServiceUnavailable
	case err != nil:
		status = http.StatusBadRequest
	}
	page.Note(r, err)
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	if err != nil {
		_, _ = io.WriteString(w, `{"error":"invalid_request"}`)
	}
	return nil
}

// logout checks a logout token. go-oidc sees to signature, issuer, audience, expiry, event, and that it is no id token;
// that it is used once is for the database to say.
func (p *provider) logout(ctx context.Context, raw string) (identity.Logout, error) {
	d, err := p.discover(ctx)
	if err != nil {
		return identity.Logout{}, err
	}
	token, err := d.verifier.VerifyLogout(oidc.ClientContext(ctx, p.client), raw)
	if err != nil {
		return identity.Logout{}, fault.Wrap(fault.Invalid, "Das Abmelde-Token gilt nicht.", p.unanswered(err))
	}
	if token.IssuedAt.IsZero() || token.IssuedAt.After(p.now().Add(skew)) {
		return identity.Logout{}, fault.Wrap(fault.Invalid, "Das Abmelde-Token gilt nicht.", fmt.Errorf("%w: iat", errUnproven))
	}
	return identity.Logout{
		Issuer: token.Issuer, ID: token.TokenID, Session: token.SessionID, Subject: token.Subject, IssuedAt: token.IssuedAt,
	}, nil
}
