package paper

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Press makes PDFs by a Typst command: the typst program, or one that takes the same arguments.
type Press struct{ command []string }

// NewPress returns the press over a command line, split at blanks; nil if it is empty: then nothing is printed.
func NewPress(command string) *Press {
	if fields := strings.Fields(command); len(fields) > 0 {
		return &Press{fields}
	}
	return nil
}

const (
	patience   = time.Minute
	maxPDF     = 20 << 20
	maxMessage = 2 << 10
)

// Standard is what a PDF conforms to: for archives (ISO 19005-2), and at level A, so with tags, language and text that
// can be read out.
const Standard = "a-2a"

//go:embed paper.typ
var layout []byte

// Print makes the PDF of an encoded paper. The layout is fixed and reads the bytes as data: nothing that people typed is
// ever taken for a command. The process gets an empty folder, no environment but PATH, and a minute. The same bytes and
// date make the same PDF with the same press.
func (p *Press) Print(ctx context.Context, body []byte, at time.Time) ([]byte, error) {
	return p.print(ctx, Standard, body, at)
}

func (p *Press) print(ctx context.Context, standard string, body []byte, at time.Time) ([]byte, error) {
	if _, err := Decode(body); err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "paper-")
	if err != nil {
		return nil, fmt.Errorf("make a folder to print in: %w", err)
	}
	defer os.RemoveAll(dir)
	for name, content := range map[string][]byte{"paper.typ": layout, "paper.json": body, "sum.txt": []byte(Sum(body))} {
		if err := os.WriteFile(filepath.Join(dir, name), content, 0o600); err != nil {
			return nil, fmt.Errorf("lay out the paper: %w", err)
		}
	}
	err = p.run(ctx, dir, "compile", "--pdf-standard", standard, "--creation-timestamp", strconv.FormatInt(at.Unix(), 10), "--root", dir, "paper.typ", "paper.pdf")
	if err != nil {
		return nil, err
	}
	return readPDF(filepath.Join(dir, "paper.pdf"))
}

func (p *Press) run(ctx context.Context, dir string, args ...string) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	cmd := exec.CommandContext(ctx, p.command[0], append(p.command[1:len(p.command):len(p.command)], args...)...)
	cmd.Dir, cmd.Env, cmd.WaitDelay = dir, []string{"PATH=" + os.Getenv("PATH")}, 5*time.Second
	var said head
	cmd.Stdout, cmd.Stderr = &said, &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("print by %s: %w: %s", p.command[0], errors.Join(err, ctx.Err()), said.Bytes())
	}
	return nil
}

func readPDF(path string) ([]byte, error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, fmt.Errorf("the press made no PDF: %w", err)
	}
	if info.Size() > maxPDF {
		return nil, fmt.Errorf("the press made a PDF of %d bytes, more than %d", info.Size(), maxPDF)
	}
	pdf, err := os.ReadFile(path)
	if err == nil && !bytes.HasPrefix(pdf, []byte("%PDF-")) {
		err = errors.New("the press made no PDF")
	}
	return pdf, err
}

// head keeps the beginning of what a process says and forgets the rest.
type head struct{ bytes.Buffer }

func (h *head) Write(said []byte) (int, error) {
	if left := maxMessage - h.Len(); left > 0 {
		h.Buffer.Write(said[:min(left, len(said))])
	}
	return len(said), nil
}
