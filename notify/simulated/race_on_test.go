//go:build race

package simulated_test

// raceDetector makes everything ten times slower.
const raceDetector = true
