package sample

import (
	"testing"
	"time"
)

func TestOrder(t *testing.T) {
	if !inOrder(1, 2) || inOrder(3, 2) || name != "ab" || letter != 8 {
		t.Error("order")
	}
}

func TestSum(t *testing.T) {
	if sum([]int{1, 2}) != 3 || away(2) != -3 || live != time.Minute {
		t.Error("sum")
	}
}
