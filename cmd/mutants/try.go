package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// program is the tests of a folder, compiled with all changes in them.
type program struct {
	path   string
	folder string
	notes  string // the file in which a run notes the changes it reached
}

// compile makes a folder's tests a program in dir.
func compile(ctx context.Context, dir, overlay, folder string) (program, error) {
	p := program{path: filepath.Join(dir, strings.ReplaceAll(folder, "/", "-")+".test"), folder: folder, notes: filepath.Join(dir, "reached")}
	_, err := output(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", p.path, "./"+folder)
	return p, err
}

// test is one test, how long it takes, and which changes it reaches.
type test struct {
	program program
	name    string
	takes   time.Duration
	reaches map[int]bool
}

type suite []test // the quickest first

// reach runs each test alone, with no change made, after all of them together: what is prepared once is nobody's. It is an
// error if one fails.
func (p program) reach(ctx context.Context, only string) (suite, error) {
	list, err := p.run(ctx, 0, time.Minute, "-test.list", only)
	if err != nil {
		return nil, fmt.Errorf("list the tests: %w", err)
	}
	if said, err := p.run(ctx, 0, 30*time.Minute, "-test.run", only); err != nil {
		return nil, fmt.Errorf("%s without a change: %w\n%s", p.folder, err, said)
	}
	var found suite
	for name := range strings.FieldsSeq(list) {
		if !strings.HasPrefix(name, "Test") && !strings.HasPrefix(name, "Fuzz") {
			continue
		}
		if err := os.WriteFile(p.notes, nil, 0o600); err != nil {
			return nil, err
		}
		start := time.Now()
		if said, err := p.run(ctx, 0, 10*time.Minute, "-test.run", "^"+name+"$"); err != nil {
			return nil, fmt.Errorf("%s fails without a change: %w\n%s", name, err, said)
		}
		t := test{program: p, name: name, takes: time.Since(start), reaches: map[int]bool{}}
		notes, err := os.ReadFile(p.notes)
		if err != nil {
			return nil, err
		}
		for line := range strings.FieldsSeq(string(notes)) {
			number, err := strconv.Atoi(line)
			if err != nil {
				return nil, err
			}
			t.reaches[number] = true
		}
		found = append(found, t)
	}
	return found, nil
}

// join puts the tests of several programs into one suite.
func join(ctx context.Context, programs []program, only string) (suite, error) {
	var all suite
	for _, p := range programs {
		found, err := p.reach(ctx, only)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	slices.SortFunc(all, func(a, b test) int { return cmp.Compare(a.takes, b.takes) })
	return all, nil
}

func (s suite) covered(all []mutant) (found []mutant) {
	for _, m := range all {
		if slices.ContainsFunc(s, func(t test) bool { return t.reaches[m.number] }) {
			found = append(found, m)
		}
	}
	return found
}

// outcome is what became of a change.
type outcome string

const (
	killed   outcome = "noticed"
	survived outcome = "survived"
	hung     outcome = "survived (the tests hang)"
)

// reaching are the tests that reach a change, the quickest first and not more than atMost.
func (s suite) reaching(m mutant, atMost int) (found suite) {
	for _, t := range s {
		if t.reaches[m.number] && len(found) < atMost {
			found = append(found, t)
		}
	}
	return found
}

// try makes one change and runs the tests of a suite until one fails. It returns that test's name.
func (s suite) try(ctx context.Context, m mutant) (outcome, string, error) {
	for _, t := range s {
		said, err := t.program.run(ctx, m.number, 10*t.takes+90*time.Second, "-test.run", "^"+t.name+"$")
		var exit *exec.ExitError
		switch {
		case ctx.Err() != nil:
			return "", "", ctx.Err()
		case strings.Contains(said, "panic: test timed out"):
			return hung, t.name, nil
		case errors.As(err, &exit):
			return killed, t.name, nil
		case err != nil:
			return "", "", err
		}
	}
	return survived, "", nil
}

// run starts the test program with a change made.
func (p program) run(ctx context.Context, number int, atMost time.Duration, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, atMost+time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.path, append(args, "-test.timeout", atMost.String())...)
	cmd.Dir = p.folder
	cmd.Env = append(os.Environ(), "MUTANT="+strconv.Itoa(number))
	if number == 0 {
		cmd.Env = append(cmd.Env, "MUTANTS_REACHED="+p.notes)
	}
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.WaitDelay = 10 * time.Second
	err := cmd.Run()
	return said.String(), err
}

// tryAll tries the changes and prints what became of each, and the sums.
func (s suite) tryAll(ctx context.Context, out io.Writer, o options, chosen []mutant, known reasons) error {
	count, unexplained, used := map[outcome]int{}, 0, map[[4]string]bool{}
	for _, m := range chosen {
		became, by, err := s.reaching(m, o.tries).try(ctx, m)
		if err != nil {
			return err
		}
		count[became]++
		if became == killed {
			fmt.Fprintln(out, became, m, "by", by)
			continue
		}
		used[reasonKey(m)] = true
		why, ok := known[reasonKey(m)]
		if !ok {
			why = "NO REASON GIVEN: " + m.code
			unexplained++
		}
		fmt.Fprintln(out, became, m, by, "—", why)
	}
	for key := range known {
		if filepath.Dir(key[0]) == o.room && !used[key] && o.sample == 0 {
			fmt.Fprintln(out, "no such survivor any more:", strings.Join(key[:], ", "))
		}
	}
	efficacy := 100 * float64(count[killed]) / float64(max(1, len(chosen)))
	fmt.Fprintf(out, "%s: %d tried, %d noticed, %d survived, %d hung: %.1f %%\n", o.room, len(chosen), count[killed], count[survived], count[hung], efficacy)
	if efficacy < o.least || unexplained > 0 {
		return fmt.Errorf("%s: %.1f %% noticed, %g %% wanted; %d survivors without a reason", o.room, efficacy, o.least, unexplained)
	}
	return nil
}
