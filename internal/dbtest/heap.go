package dbtest

import (
	"runtime"
	"runtime/debug"
	"sync/atomic"
	"testing"
	"time"
)

// WatchHeap looks every millisecond how far the heap has grown, until the returned function stops it and says how far at
// most. A test that calls it runs alone: the heap is everybody's.
func WatchHeap(t *testing.T) (stop func() (peak int64)) {
	t.Helper()
	percent := debug.SetGCPercent(20)
	t.Cleanup(func() { debug.SetGCPercent(percent) })
	runtime.GC()
	heap := func() int64 {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.HeapAlloc)
	}
	before, done, ended := heap(), make(chan struct{}), make(chan struct{})
	var peak atomic.Int64
	go func() {
		defer close(ended)
		for {
			peak.Store(max(peak.Load(), heap()-before))
			select {
			case <-done:
				return
			case <-time.After(time.Millisecond):
			}
		}
	}()
	return func() int64 { close(done); <-ended; return peak.Load() }
}
