package faults

import (
	"fmt"
	"math/rand/v2"
	"time"
)

// faults are in this order because a killed worker keeps its mails for minutes, and a clock that was ahead keeps them longer.
var faults = []fault{
	{"OpenID-Provider fort", 1, 1, stopProvider},
	{"Mailserver fort", 1, 1, stopMailServer},
	{"Leitung zur Datenbank zurückgesetzt", 2, 10, resetLine},
	{"Leitung zur Datenbank halboffen", 2, 10, silenceLine},
	{"Platte der Datenbank voll", 1, 3, fillDisk},
	{"Leitung beim COMMIT zerrissen", 100, 1000, cutAtCommit},
	{"Portal getötet (kill -9)", 10, 200, killPortals},
	{"Postgres getötet (kill -9)", 4, 50, killPostgres},
	{"Umschalten auf die synchrone Replik", 3, 20, failOver},
	{"Mails nach alledem", 1, 1, settle},
	{"Uhr der Datenbank springt", 6, 12, moveClock},
}

// repeat has something break so many times, with a while of writing between, and returns the slowest recovery.
func repeat(p *people, n int, most time.Duration, note string, once func(i int) (over time.Time)) outcome {
	o := outcome{most: most, note: note}
	for i := range n {
		time.Sleep(time.Duration(200+rand.IntN(300)) * time.Millisecond)
		o.back = max(o.back, p.back(once(i)))
	}
	return o
}

// killPortals kills one instance after the other; its supervisor starts it again.
func killPortals(c *town, p *people, n int) outcome {
	var slowest time.Duration
	o := repeat(p, n, 5*time.Second, "", func(i int) time.Time {
		began := time.Now()
		c.kill(i % 2)
		slowest = max(slowest, c.startPortal(i%2))
		return began
	})
	o.note = fmt.Sprintf("wieder da nach höchstens %.1f s", slowest.Seconds())
	return o
}

// killPostgres kills the database with all its processes; its supervisor starts it again, and it recovers.
func killPostgres(c *town, p *people, n int) outcome {
	var slowest time.Duration
	o := repeat(p, n, 10*time.Second, "", func(int) time.Time {
		began := time.Now()
		c.crash(c.main)
		c.start(c.main)
		slowest = max(slowest, time.Since(began))
		return time.Now()
	})
	o.note = fmt.Sprintf("Postgres wieder da nach höchstens %.1f s", slowest.Seconds())
	return o
}

// cutAtCommit resets the line in the moment of a commit, by turns before the server reads it and before it answers.
func cutAtCommit(c *town, p *people, n int) outcome {
	line := c.nodes[c.main].line
	p.checking.Store(true)
	defer p.checking.Store(false)
	line.cutCommits(n)
	until(c.t, time.Duration(n)*500*time.Millisecond, "commits are cut", func() bool { return line.cut() == n })
	over := time.Now()
	return outcome{back: p.back(over), most: 5 * time.Second, note: "die Hälfte vor, die Hälfte nach dem COMMIT"}
}

func resetLine(c *town, p *people, n int) outcome {
	return repeat(p, n, 5*time.Second, "je 5 s", func(int) time.Time { return c.breakLine(reset) })
}

func silenceLine(c *town, p *people, n int) outcome {
	return repeat(p, n, 5*time.Second, "je 12 s; was verbunden war, bleibt tot", func(int) time.Time { return c.breakLine(silent) })
}

// breakLine cuts the line to the database for a while.
func (c *town) breakLine(how lineState) time.Time {
	line := c.nodes[c.main].line
	line.set(how)
	time.Sleep(map[lineState]time.Duration{reset: 5 * time.Second, silent: 12 * time.Second}[how])
	line.set(open)
	return time.Now()
}
