package client_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"ampedit/client"
)

// TestEffectOfAnswers goes through statuses and codes: status 429 alone may be
// repeated, and what may come from behind the gateway proves nothing.
func TestEffectOfAnswers(t *testing.T) {
	settled := []string{
		"", "BadRequestException", "NotFoundException", "AccessDeniedException", "ExpiredTokenException", "ValidationException",
		"UnrecognizedClientException", "InvalidSignatureException", "SignatureDoesNotMatch", "RequestTimeTooSkewed", "RequestExpired",
		"ConflictException", "Found", "UnknownError", "HoldYourHorses",
	}
	open := []string{
		"RequestTimeout", "RequestTimeoutException", "requesttimeout", "GatewayTimeoutException", "TransactionInProgress",
		"TransactionInProgressException", "PriorRequestNotComplete", "PriorRequestNotCompleteException", "throttlingexception",
	}
	for code := range retry.DefaultThrottleErrorCodes {
		open = append(open, code)
	}
	want := func(status int, refusal client.Effect, codes []string) {
		t.Helper()
		for _, code := range codes {
			if got := client.EffectOfAnswer(status, code); got != refusal {
				t.Errorf("%d %q: %v, want %v", status, code, got, refusal)
			}
		}
	}
	for status := 100; status < 700; status++ {
		switch {
		case status == 429:
			want(status, client.MayRepeat, settled)
			want(status, client.MayRepeat, open)
		case status < 300, status == 408, status == 499, status >= 500:
			want(status, client.MayHaveActed, settled)
			want(status, client.MayHaveActed, open)
		default:
			want(status, client.DidNotAct, settled)
			want(status, client.MayHaveActed, open)
		}
	}
}

func TestEffectOfOtherErrorsProvesNothing(t *testing.T) {
	for _, err := range []error{nil, errors.New("x"), context.Canceled, &client.Error{Status: 400}, client.ErrReadOnly} {
		if got := client.EffectOf(err); got != client.MayHaveActed {
			t.Errorf("%v: %v", err, got)
		}
	}
	wrapped := fmt.Errorf("send: %w", &client.UpdateError{Effect: client.MayRepeat, Err: errors.New("x")})
	if got := client.EffectOf(wrapped); got != client.MayRepeat {
		t.Errorf("%v: %v", wrapped, got)
	}
}
