//go:build !race

package submission_test

// usualRuns is the number of runs that a test plays.
const usualRuns = 2000
