package faults

import (
	"bytes"
	"net"
	"sync"
	"testing"
	"time"
)

// network is a TCP line to a server that can be cut in the ways in which lines break.
type network struct {
	listener net.Listener

	mu     sync.Mutex
	target func() (net.Conn, error)
	state  lineState
	pairs  map[*pair]bool
	cuts   int // how many of the next commits are cut
	done   int // commits that were cut
}

type lineState int

const (
	open   lineState = iota
	reset            // what is connected is reset, and nobody gets in
	silent           // half open: nothing comes through any more, and nobody is told
)

// pair is a connection and its continuation.
type pair struct {
	near, far net.Conn
	dead      bool // swallows everything
}

func newNetwork(t *testing.T, target func() (net.Conn, error)) *network {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	must(t, err)
	n := &network{listener: listener, target: target, pairs: map[*pair]bool{}}
	go n.accept()
	t.Cleanup(func() { _ = listener.Close(); n.set(reset) })
	return n
}

func (n *network) addr() string { return n.listener.Addr().String() }

// leadTo makes new connections end elsewhere.
func (n *network) leadTo(target func() (net.Conn, error)) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.target = target
}

func unixSocket(path string) func() (net.Conn, error) {
	return func() (net.Conn, error) { return net.Dial("unix", path) }
}

// noticed is when Postgres gives up who fell silent, as the portal asks for (postgres.GiveUpAfter). The last bit of the way is a
// Unix socket, on which no keepalive can find out.
const noticed = time.Minute

// set changes the line. What was silent stays dead for good, as behind a firewall that has forgotten it.
func (n *network) set(state lineState) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.state = state
	for p := range n.pairs {
		switch state {
		case reset:
			p.reset()
			delete(n.pairs, p)
		case silent:
			p.dead = true
			time.AfterFunc(noticed, p.lose)
		}
	}
}

// cutCommits breaks the line at each of the next commits: by turns before the server reads it, and before its answer.
func (n *network) cutCommits(times int) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.cuts, n.done = times, 0
}

func (n *network) cut() int {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.done
}

func (n *network) accept() {
	for {
		near, err := n.listener.Accept()
		if err != nil {
			return
		}
		n.mu.Lock()
		p := &pair{near: near}
		target, refused := n.target, n.state == reset
		p.dead = n.state == silent
		n.mu.Unlock()
		if refused {
			p.reset()
			continue
		}
		go n.join(p, target)
	}
}

func (n *network) join(p *pair, target func() (net.Conn, error)) {
	if !p.dead {
		far, err := target()
		if err != nil {
			p.reset()
			return
		}
		p.far = far
		go n.carry(p, p.far, p.near, nil)
	}
	n.mu.Lock()
	n.pairs[p] = true
	n.mu.Unlock()
	n.carry(p, p.near, p.far, n.breaks)
}

// carry moves bytes one way until an end closes. judge may break the line at what passes.
func (n *network) carry(p *pair, from, to net.Conn, judge func(p *pair, chunk []byte) bool) {
	buffer := make([]byte, 64<<10)
	for {
		size, err := from.Read(buffer)
		if n.isDead(p) {
			if err != nil {
				return // the other end is never told
			}
			continue
		}
		if err != nil {
			p.close()
			n.forget(p)
			return
		}
		if judge != nil && judge(p, buffer[:size]) {
			return
		}
		if _, err := to.Write(buffer[:size]); err != nil {
			p.close()
			n.forget(p)
			return
		}
	}
}

// breaks cuts the line at a commit, if that is wanted.
func (n *network) breaks(p *pair, chunk []byte) bool {
	if !bytes.Contains(chunk, []byte("commit\x00")) {
		return false
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.cuts == 0 {
		return false
	}
	n.cuts--
	n.done++
	if n.done%2 == 0 {
		_, _ = p.far.Write(chunk) // the server commits, and nobody hears of it
	}
	p.reset()
	delete(n.pairs, p)
	return true
}

func (n *network) isDead(p *pair) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return p.dead
}

func (n *network) forget(p *pair) {
	n.mu.Lock()
	defer n.mu.Unlock()
	delete(n.pairs, p)
}

// reset breaks the near end without a farewell and leaves the far end.
func (p *pair) reset() {
	if tcp, ok := p.near.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	p.close()
}

func (p *pair) close() {
	_ = p.near.Close()
	p.lose()
}

// lose has the server see that nobody is there any more.
func (p *pair) lose() {
	if p.far != nil {
		_ = p.far.Close()
	}
}
