package devstack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

const providerPatience = time.Minute // node needs seconds to read the library from a cold disk

// folderAndPath is where a provider's program lies in the checkout, and the path of its issuer.
func (c ProviderConfig) folderAndPath() (folder, path string) {
	if c.Second {
		return "internal/devstack/betterauth", "/realms/thueringen"
	}
	return "internal/devstack/oidc", ""
}

func startProvider(ctx context.Context, cfg ProviderConfig) (*Provider, error) {
	folder, path := cfg.folderAndPath()
	script, err := findScript(filepath.Join(checkout(), folder))
	if err != nil {
		return nil, err
	}
	socket, addr, err := listenLoopback(cfg.Addr)
	if err != nil {
		return nil, err
	}
	p := &Provider{issuer: "http://" + addr + path}
	p.server, err = launch(script, socket, cfg, p.issuer)
	if err := errors.Join(err, socket.Close()); err != nil {
		return nil, err
	}
	if err := p.waitReady(ctx); err != nil {
		return nil, errors.Join(err, p.server.stop(providerNudges...))
	}
	return p, nil
}

// findScript makes sure that what the script needs is there, too.
func findScript(folder string) (string, error) {
	if _, err := os.Stat(filepath.Join(folder, "node_modules")); err != nil {
		return "", fmt.Errorf("%s lacks its npm packages, run scripts/npm-ci.sh there: %w", folder, err)
	}
	return filepath.Join(folder, "provider.mjs"), nil
}

// listenLoopback opens the socket for the provider to inherit, so that a free port cannot be taken by others in
// between. It refuses addresses others could reach: whoever can, signs in as anybody.
func listenLoopback(addr string) (*os.File, string, error) {
	tcp, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, "", err
	}
	if !tcp.IP.IsLoopback() {
		return nil, "", fmt.Errorf("%s is not a loopback address", addr)
	}
	listener, err := net.ListenTCP("tcp", tcp)
	if err != nil {
		return nil, "", err
	}
	defer listener.Close()
	socket, err := listener.File()
	return socket, listener.Addr().String(), err
}

func launch(script string, socket *os.File, cfg ProviderConfig, issuer string) (*child, error) {
	settings, err := writeSettings(cfg, issuer)
	if err != nil {
		return nil, err
	}
	cmd := exec.Command("node", script, settings)
	cmd.ExtraFiles = []*os.File{socket}
	return startChild("OpenID provider", cmd, syscall.SIGTERM, cfg.Log)
}

// waitReady asks for discovery until it answers. The socket is open already, so mostly the first question waits.
func (p *Provider) waitReady(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, providerPatience)
	defer cancel()
	for !p.answers(ctx) {
		select {
		case <-p.server.done:
			return p.server.failure()
		case <-ctx.Done():
			return fmt.Errorf("no answer: %w; its last lines:\n%s", ctx.Err(), p.server.tail)
		case <-time.After(50 * time.Millisecond):
		}
	}
	return nil
}

func (p *Provider) answers(ctx context.Context) bool {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.issuer+"/.well-known/openid-configuration", nil)
	if err != nil {
		return false
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return false
	}
	return response.Body.Close() == nil && response.StatusCode == http.StatusOK
}
