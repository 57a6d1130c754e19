//go:build !race

package ui_test

// raceDetector says that everything takes several times as long.
const raceDetector = false
