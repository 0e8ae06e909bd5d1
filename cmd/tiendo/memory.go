package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// smallHeap is how large the heap may grow before it is worth collecting, in octets. A page leaves half a megabyte behind and next to
// nothing of it lives on: to collect each time that what lives has doubled would take an eighth of the processors.
const smallHeap = 40 << 20

// collectLater lets the heap grow to smallHeap between collections however little of it lives; above that the usual rule holds. Who
// sets GOGC or GOMEMLIMIT decides himself.
func collectLater() {
	if os.Getenv("GOGC") != "" || os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	setCollection()
	watchCollection()
}

// afterStart gives back what only starting needed: parsed words and templates leave more garbage behind than the program keeps.
func afterStart() { debug.FreeOSMemory() }

// watchCollection sets the rule anew after each collection, when it is known how much lives.
func watchCollection() {
	runtime.AddCleanup(new(*int), func(struct{}) {
		setCollection()
		watchCollection()
	}, struct{}{})
}

func setCollection() {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}, {Name: "/gc/gogc:percent"}}
	metrics.Read(sample)
	// To set it stops the program for a moment.
	percent, now := collectionPercent(sample[0].Value.Uint64()), int(sample[1].Value.Uint64())
	if percent < now-now/8 || percent > now+now/8 || percent == 100 && now != 100 {
		debug.SetGCPercent(percent)
	}
}

// collectionPercent is by how much the heap may outgrow what lives.
func collectionPercent(live uint64) int {
	const usual, most = 100, 1000
	if live == 0 {
		return most
	}
	return int(min(max(100*smallHeap/live, 100+usual)-100, most))
}
