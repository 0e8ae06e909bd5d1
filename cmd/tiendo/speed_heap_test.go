package main

import (
	"runtime"
	"runtime/metrics"
	"sync/atomic"
	"time"
)

// heapGrowth does something and tells by how many octets the heap was larger on the way, at most, than before: what lived, and what had not
// been collected yet.
func heapGrowth(do func()) uint64 {
	runtime.GC()
	before := heapNow()
	var most atomic.Uint64
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		ticker := time.NewTicker(2 * time.Millisecond)
		defer ticker.Stop()
		for {
			most.Store(max(most.Load(), heapNow()))
			select {
			case <-ticker.C:
			case <-stop:
				return
			}
		}
	}()
	do()
	close(stop)
	<-stopped
	return max(most.Load(), before) - before
}

func heapNow() uint64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}
