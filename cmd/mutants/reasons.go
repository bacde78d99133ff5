package main

import (
	"encoding/csv"
	"fmt"
	"os"
)

// reasons say why a change may survive, by where it is: the file, the function, the line's own text and the change,
// since lines move.
type reasons map[[4]string]string

func reasonKey(m mutant) [4]string {
	return [4]string{m.pos.Filename, m.within, m.code, m.change()}
}

// readReasons reads a CSV file of file, function, code, change and reason. No name, no reasons.
func readReasons(name string) (reasons, error) {
	found := reasons{}
	if name == "" {
		return found, nil
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		return nil, err
	}
	for i, line := range lines {
		if len(line) != 5 || line[4] == "" {
			return nil, fmt.Errorf("%s, record %d: want file, function, code, change and a reason", name, i+1)
		}
		found[[4]string(line[:4])] = line[4]
	}
	return found, nil
}
