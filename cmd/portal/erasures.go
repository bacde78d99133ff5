package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/google/uuid"

	"rollinportal/internal/privacy"
)

type erasuresCommand struct {
	List   erasuresListCommand   `cmd:"" help:"Write who was erased, a number and a time a line. Keep it apart from the backups."`
	Replay erasuresReplayCommand `cmd:"" help:"Erase again whom a backup brought back."`
}

type erasuresListCommand struct{ ownerAccess }

// Run writes the list.
func (c erasuresListCommand) Run(ctx context.Context, s stdio) error {
	found, err := privacy.Erasures(ctx, c.OwnerURL)
	if err != nil {
		return err
	}
	for _, e := range found {
		fmt.Fprintln(s.out, e.Person, e.At.UTC().Format(time.RFC3339Nano))
	}
	return nil
}

type erasuresReplayCommand struct {
	ownerAccess
	File string `arg:"" type:"existingfile" help:"What portal erasures list wrote."`
}

// Run replays the list. A second run finds nothing to do.
func (c erasuresReplayCommand) Run(ctx context.Context, s stdio) error {
	list, err := readErasures(c.File)
	if err != nil {
		return err
	}
	again, err := privacy.Replay(ctx, c.OwnerURL, list)
	if err != nil {
		return err
	}
	fmt.Fprintf(s.out, "%d von %d Personen der Liste waren wieder da und sind gelöscht\n", again, len(list))
	return nil
}

func readErasures(name string) (list []privacy.Erasure, err error) {
	file, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		id, at, _ := strings.Cut(lines.Text(), " ")
		var e privacy.Erasure
		if e.Person, err = uuid.Parse(id); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, len(list)+1, err)
		}
		if e.At, err = time.Parse(time.RFC3339Nano, at); err != nil {
			return nil, fmt.Errorf("%s, line %d: %w", name, len(list)+1, err)
		}
		list = append(list, e)
	}
	return list, lines.Err()
}
