//go:build race

package main

// raceDetector keeps shadow memory beside each octet of the heap.
const raceDetector = true
