package faults

import (
	"context"
	"fmt"
	"os"
	"time"
)

// failOver loses the server of the database and promotes its synchronous replica, as docs/runbooks/failover.md says. By
// turns the lost server refuses connections, and does not answer at all. Then the other server gets a new replica.
func failOver(c *town, p *people, n int) outcome {
	var slowest time.Duration
	o := repeat(p, n, 15*time.Second, "", func(i int) time.Time {
		lost, heir := c.nodes[c.main], c.nodes[1-c.main]
		c.replicate(1 - c.main)
		p.back(time.Now())
		began := time.Now()
		if i%2 == 0 {
			lost.line.set(silent)
		} else {
			lost.line.set(reset)
		}
		c.crash(c.main)
		must(c.t, heir.pg.Promote(context.Background()))
		c.main = 1 - c.main
		slowest = max(slowest, time.Since(began))
		return time.Now()
	})
	o.note = fmt.Sprintf("Befördern dauerte höchstens %.1f s; der verlorene Server schweigt oder lehnt ab", slowest.Seconds())
	return o
}

// replicate gives the node that writes a synchronous replica on the other node.
func (c *town) replicate(to int) {
	n := c.nodes[to]
	config := c.config(to)
	must(c.t, os.RemoveAll(config.Dir))
	pg, err := c.nodes[c.main].pg.StartReplica(context.Background(), config)
	must(c.t, err)
	c.hold(to, pg)
	n.line.set(open)
	n.line.leadTo(unixSocket(n.socket()))
}
