// Command mutants changes the code of a room in small ways, one at a time, and counts which changes its tests notice:
//
//	bin/testpg bin/mutants internal/identity
//	bin/testpg bin/mutants -tests web/signinpage,web -run 'SignIn|Session' web/signinpage
//
// The changes are those that gremlins 0.6.0 makes unless told otherwise. Gremlins itself compiles anew for each change,
// which takes hours in rooms with a database, and counts what does not compile as noticed. Here all changes are planted
// into one test program, which is told by $MUTANT which of them to make:
//
//	find changes -> plant them, compile once -> each test alone: which changes does it reach?
//	             -> for each change: the tests that reach it, the quickest first, until one fails
//
// A change that no test reaches is not covered. One at which the tests hang counts as survived. Survivors stand in a file
// with the reason why they may; it is an error if less than 85 % of what was tried was noticed, or a survivor has no reason.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/signal"
	"path/filepath"
	"strings"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	err := run(ctx, os.Args[1:], os.Stdout)
	stop()
	if err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

type options struct {
	room, only, survivors string
	tests                 []string // folders
	sample, tries         int
	seed                  uint64
	least                 float64
}

func read(args []string) (options, error) {
	var o options
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	tests := flags.String("tests", "", "folders of the tests, with commas; none: the room's own")
	flags.StringVar(&o.only, "run", ".", "regular expression for the names of the tests")
	flags.StringVar(&o.survivors, "survivors", "", "CSV of the changes that may survive: file, function, code, change, reason")
	flags.IntVar(&o.sample, "sample", 0, "try so many changes, drawn by lot; 0 for all")
	flags.Uint64Var(&o.seed, "seed", 1, "of the lot")
	flags.IntVar(&o.tries, "tries", 20, "let so many tests look at a change, the quickest that reach it; it survives if none of them notices")
	flags.Float64Var(&o.least, "least", 85, "per cent of the tried changes that must be noticed")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if flags.NArg() != 1 {
		return o, errors.New("usage: mutants [flags] folder")
	}
	o.room = filepath.Clean(flags.Arg(0))
	if *tests == "" {
		*tests = o.room
	}
	o.tests = strings.Split(*tests, ",")
	return o, nil
}

func run(ctx context.Context, args []string, out io.Writer) error {
	o, err := read(args)
	if err != nil {
		return err
	}
	reasons, err := readReasons(o.survivors)
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "mutants-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	r, err := load(ctx, o.room)
	if err != nil {
		return err
	}
	overlay, err := r.plant(dir)
	if err != nil {
		return err
	}
	var programs []program
	for _, folder := range o.tests {
		p, err := compile(ctx, dir, overlay, folder)
		if err != nil {
			return err
		}
		programs = append(programs, p)
	}
	suite, err := join(ctx, programs, o.only)
	if err != nil {
		return err
	}
	chosen := suite.covered(r.mutants)
	fmt.Fprintf(out, "%s: %d changes, %d of them reached by %d tests\n", o.room, len(r.mutants), len(chosen), len(suite))
	if o.sample > 0 && o.sample < len(chosen) {
		rand.New(rand.NewPCG(o.seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
		chosen = chosen[:o.sample]
		fmt.Fprintf(out, "%s: %d of them drawn by lot with seed %d\n", o.room, o.sample, o.seed)
	}
	return suite.tryAll(ctx, out, o, chosen, reasons)
}
