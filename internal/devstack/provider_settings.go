package devstack

import (
	"encoding/json"
	"os"
	"path/filepath"
)

// providerSettings is the file provider.mjs reads.
type providerSettings struct {
	Issuer         string    `json:"issuer"`
	ClientID       string    `json:"client_id"`
	ClientSecret   string    `json:"client_secret"`
	RedirectURLs   []string  `json:"redirect_uris"`
	PostLogoutURLs []string  `json:"post_logout_redirect_uris"`
	BackchannelURL string    `json:"backchannel_logout_uri,omitempty"`
	KeyFile        string    `json:"jwks_file"`
	Accounts       []Account `json:"accounts"`
}

// writeSettings leaves the file to its owner only, as it holds the client's secret.
func writeSettings(cfg ProviderConfig, issuer string) (string, error) {
	dir, err := filepath.Abs(cfg.Dir)
	if err != nil {
		return "", err
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", err
	}
	text, err := json.MarshalIndent(providerSettings{
		Issuer:         issuer,
		ClientID:       cfg.ClientID,
		ClientSecret:   cfg.ClientSecret,
		RedirectURLs:   append([]string{}, cfg.RedirectURLs...),
		PostLogoutURLs: append([]string{}, cfg.PostLogoutURLs...),
		BackchannelURL: cfg.BackchannelURL,
		KeyFile:        filepath.Join(dir, "signing-key.json"),
		Accounts:       append([]Account{}, cfg.Accounts...),
	}, "", "  ")
	if err != nil {
		return "", err
	}
	path := filepath.Join(dir, "provider.json")
	return path, os.WriteFile(path, text, 0o600)
}
