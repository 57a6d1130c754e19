//go:build race

package submission_test

// usualRuns is the number of runs that a test plays: with the race detector everything
// takes several times as long.
const usualRuns = 200
