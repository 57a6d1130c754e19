package client

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// EffectOfAnswer is the rule for answers by status and code.
var EffectOfAnswer = effectOfAnswer

// GuardedProxy is what the transports that fetch credentials ask before they connect.
var GuardedProxy = guardedProxy

// LimitAttempts shortens the time limit of an attempt for clients that are made
// from now on, and returns what puts it back.
func LimitAttempts(limit time.Duration) (restore func()) {
	old := attemptLimit
	attemptLimit = limit
	return func() { attemptLimit = old }
}

// SkipBackoff lets c retry at once. What is retried stays the same.
func SkipBackoff(c *Client) { c.retryer = eagerRetryer{c.retryer} }

type eagerRetryer struct{ aws.RetryerV2 }

func (eagerRetryer) RetryDelay(int, error) (time.Duration, error) { return 0, nil }
