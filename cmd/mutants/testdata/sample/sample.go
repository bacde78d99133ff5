// Package sample holds one of each change: the tests notice some, and not others.
package sample

import "time"

const (
	first = iota + 1
	second
)

const (
	name   = "a" + "b"
	live   = 3 * 20 * time.Second
	letter = 4 * 2
)

func inOrder(a, b int) bool {
	return a < b &&
		b != 0
}

func sum(numbers []int) (total int) {
	for i := 0; i < len(numbers); i++ {
		total = total + numbers[i]
	}
	return total
}

func away(n int) float64 { return -1.5 * float64(n) }

func never() bool { return first == second }
