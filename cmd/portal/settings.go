package main

import (
	"errors"
	"fmt"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"os"
	"os/exec"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/jackc/pgx/v5/pgconn"

	"rollinportal/internal/audit"
)

// checkSettings says in one line which settings a command lacks, in the order in which one sets them, and which of those it has
// cannot be meant. A setting is needed always, or with another one. A secret is never repeated.
func checkSettings(chosen *kong.Context) error {
	var missing, wrong []string
	values := map[string]string{}
	for _, flag := range chosen.Flags() {
		for _, name := range flag.Envs {
			values[name] = fmt.Sprint(chosen.FlagValue(flag))
		}
	}
	for _, flag := range chosen.Flags() {
		if len(flag.Envs) == 0 {
			continue
		}
		name, value := flag.Envs[0], values[flag.Envs[0]]
		if value == "" {
			if flag.Tag.Has("need") || values[flag.Tag.Get("with")] != "" {
				missing = append(missing, name)
			}
			continue
		}
		check, known := checks[name]
		if !known || check.holds(value) {
			continue
		}
		if !flag.Tag.Has("secret") {
			name += fmt.Sprintf(" %q", value)
		}
		wrong = append(wrong, name+" is "+check.wrong)
	}
	if len(missing) > 0 {
		wrong = append([]string{"missing: " + strings.Join(missing, ", ") + " (portal config lists every setting)"}, wrong...)
	}
	if len(wrong) == 0 {
		return nil
	}
	return errors.New(strings.Join(wrong, "; "))
}

// checks are what a setting must be, if it is set, and what is said of one that is not.
var checks = map[string]struct {
	holds func(value string) bool
	wrong string
}{
	"DATABASE_URL":                {isDatabase, "no address like postgres://portal_app:…@db.example.org/portal?sslmode=verify-full"},
	"WORKER_DATABASE_URL":         {isDatabase, "no address like postgres://portal_worker:…@db.example.org/portal?sslmode=verify-full"},
	"MIGRATE_DATABASE_URL":        {isDatabase, "no address like postgres://portal_migrate:…@db.example.org/portal?sslmode=verify-full"},
	"OIDC_ISSUER":                 {isWebAddress, "no address like https://idp.example.org/realms/verwaltung"},
	"PORTAL_URL":                  {isWebAddress, "no address like https://portal.example.org"},
	"OTEL_EXPORTER_OTLP_ENDPOINT": {isWebAddress, "no address like http://127.0.0.1:4318"},
	"PORTAL_ADDR":                 {isListening, "no address like 127.0.0.1:8080"},
	"PORTAL_METRICS_ADDR":         {isListening, "no address like 127.0.0.1:9100"},
	"OIDC_MAX_AGE":                {isNotNegative, "less than nothing"},
	"PORTAL_SHUTDOWN_DELAY":       {isNotNegative, "less than nothing"},
	"PORTAL_RATE":                 {isNotNegative, "less than nothing"},
	"PORTAL_PROXIES":              {isNotNegative, "less than nothing"},
	"SMTP_ADDR":                   {isHostPort, "no address like mail.example.org:587"},
	"SMTP_FROM":                   {isMailAddress, "no mail address"},
	"SMTP_BOUNCES":                {isMailAddress, "no mail address"},
	"PORTAL_TYPST":                {isCommand, "no command on this machine"},
	"PORTAL_PG_BIN":               {isFolder, "no folder"},
	"AUDIT_KEY":                   {isKey, "no key as portal audit key makes one"},
	"AUDIT_PUBLIC_KEYS":           {arePublicKeys, "no list of public keys as portal audit key makes them"},
}

func isDatabase(value string) bool {
	config, err := pgconn.ParseConfig(value)
	return err == nil && config.Host != "" && config.Database != ""
}

func isWebAddress(value string) bool {
	u, err := url.Parse(value)
	return err == nil && u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https")
}

func isListening(value string) bool {
	_, port, err := net.SplitHostPort(value)
	return err == nil && isPort(port)
}

func isHostPort(value string) bool {
	host, port, err := net.SplitHostPort(value)
	return err == nil && host != "" && isPort(port)
}

func isPort(port string) bool {
	_, err := netip.ParseAddrPort("127.0.0.1:" + port)
	return err == nil
}

func isNotNegative(value string) bool { return !strings.HasPrefix(value, "-") }

func isMailAddress(value string) bool {
	_, err := mail.ParseAddress(value)
	return err == nil
}

func isCommand(value string) bool {
	_, err := exec.LookPath(value)
	return err == nil
}

func isKey(value string) bool {
	_, err := audit.ReadKey(value)
	return err == nil
}

func arePublicKeys(value string) bool {
	_, err := audit.ReadPublicKeys(value)
	return err == nil
}

func isFolder(value string) bool {
	info, err := os.Stat(value)
	return err == nil && info.IsDir()
}

// isLocal reports whether an address can only be this machine.
func isLocal(host string) bool {
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip.IsLoopback() || ip.IsUnspecified())
}

// safeLines refuses lines that others could read along: a provider over plain http is for trials on one machine only.
func safeLines(base *url.URL, issuer string) error {
	from, err := url.Parse(issuer)
	if err != nil {
		return err
	}
	if from.Scheme == "http" && (base.Scheme == "https" || !isLocal(from.Hostname())) {
		return fmt.Errorf("OIDC_ISSUER %q is plain http: whoever is on the line could sign in as anybody; only a trial on one machine, without https in PORTAL_URL, may do so", issuer)
	}
	return nil
}
