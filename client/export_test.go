package client

import (
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
)

// EffectOfAnswer is the rule for answers by status and code.
var EffectOfAnswer = effectOfAnswer

// SkipBackoff lets c retry at once. What is retried stays the same.
func SkipBackoff(c *Client) { c.retryer = eagerRetryer{c.retryer} }

type eagerRetryer struct{ aws.RetryerV2 }

func (eagerRetryer) RetryDelay(int, error) (time.Duration, error) { return 0, nil }
