package main

import "testing"

func TestCollectionsOfASmallHeapAreRare(t *testing.T) {
	for live, want := range map[uint64]int{
		0: 1000, 1 << 20: 1000, 5 << 20: 700, 10 << 20: 300, smallHeap / 2: 100, smallHeap: 100, 1 << 30: 100,
	} {
		if got := collectionPercent(live); got != want {
			t.Errorf("%d octets live: %d %%, want %d", live, got, want)
		}
	}
}
