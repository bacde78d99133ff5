package interchange

import (
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// WriteSheet writes a table as XLSX, row by row. A text stays a text, whatever sign it begins with: nothing that
// somebody typed becomes a formula.
func WriteSheet(w io.Writer, name string, head []string, rows iter.Seq[[]any]) (err error) {
	file := excelize.NewFile()
	defer func() {
		if closed := file.Close(); err == nil {
			err = closed
		}
	}()
	if err := file.SetSheetName(file.GetSheetName(0), name); err != nil {
		return fmt.Errorf("name sheet %s: %w", name, err)
	}
	out, err := file.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("begin sheet %s: %w", name, err)
	}
	titles := make([]any, len(head))
	for i, title := range head {
		titles[i] = title
	}
	if err := out.SetRow("A1", titles); err != nil {
		return fmt.Errorf("write the head of sheet %s: %w", name, err)
	}
	no := 2
	for row := range rows {
		if err := out.SetRow(fmt.Sprintf("A%d", no), row); err != nil {
			return fmt.Errorf("write row %d of sheet %s: %w", no, name, err)
		}
		no++
	}
	if err := out.Flush(); err != nil {
		return fmt.Errorf("end sheet %s: %w", name, err)
	}
	if _, err := file.WriteTo(w); err != nil {
		return fmt.Errorf("send sheet %s: %w", name, err)
	}
	return nil
}
