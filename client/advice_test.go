package client_test

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"
	"github.com/aws/aws-sdk-go-v2/credentials/ssocreds"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"ampedit/client"
)

// refusal is how the SDK reports that an operation of a service was refused.
func refusal(service, code string) error {
	return fmt.Errorf("failed to refresh cached credentials, %w", &smithy.OperationError{
		ServiceID: service, OperationName: "X", Err: &smithy.GenericAPIError{Code: code, Message: "m"},
	})
}

// unreachable is how the SDK reports that a service was not reached.
func unreachable(service string) error {
	return &smithy.OperationError{ServiceID: service, OperationName: "X", Err: &smithyhttp.RequestSendError{Err: errors.New("no route")}}
}

func TestAnUnreachableSourceOfCredentialsIsAMatterOfTheNetwork(t *testing.T) {
	err := &client.CredentialsError{Kind: client.CredentialsSSO, Profile: "corp", Err: unreachable("SSO")}
	if class := client.Classify(err); class != client.ClassNetwork {
		t.Errorf("class %q", class)
	}
}

func TestAdviceByTheSourceOfCredentials(t *testing.T) {
	gone := errors.New("gone")
	for _, test := range []struct {
		kind    client.CredentialsKind
		profile string
		err     error
		want    string
	}{
		{client.CredentialsSSO, "corp", fs.ErrNotExist, `The session of profile "corp" was never signed in to; sign in with: aws sso login --profile corp.`},
		{client.CredentialsSSO, "corp", gone, `The session of profile "corp" has expired; sign in with: aws sso login --profile corp.`},
		{client.CredentialsSSO, "a b", gone, "aws sso login --profile 'a b'."},
		{client.CredentialsSSO, "corp", &ssocreds.InvalidTokenError{}, "has expired"},
		{client.CredentialsSSO, "default", gone, "sign in with: aws sso login."},
		{client.CredentialsSSO, "", refusal("SSO OIDC", "InvalidGrantException"), "The session could not be renewed; sign in with: aws sso login."},
		{client.CredentialsSSO, "corp", refusal("SSO", "UnauthorizedException"), `The session of profile "corp" was ended elsewhere; sign in with: aws sso login --profile corp.`},
		{client.CredentialsSSO, "corp", refusal("SSO", "ForbiddenException"), `no access to the account and role of profile "corp"`},
		{client.CredentialsLogin, "corp", gone, `There is no sign-in of profile "corp", or it has expired; sign in with: aws login --profile corp.`},
		{client.CredentialsProcess, "corp", &processcreds.ProviderError{Err: gone}, `The credential_process of profile "corp" failed`},
		{client.CredentialsAssumeRole, "corp", refusal("STS", "InvalidClientTokenId"), "not known to AWS"},
		{client.CredentialsAssumeRole, "corp", refusal("STS", "ExpiredToken"), "have expired"},
		{client.CredentialsAssumeRole, "corp", refusal("STS", "AccessDenied"), "trust policy"},
		{client.CredentialsInstance, "", gone, "This machine offers no credentials"},
		{client.CredentialsContainer, "", gone, "The container offers no credentials"},
		{client.CredentialsWebIdentity, "", gone, "AWS_WEB_IDENTITY_TOKEN_FILE"},
		{client.CredentialsNone, "", unreachable("ec2imds"), "No credentials are configured"},
		{client.CredentialsProfile, "corp", &credentials.StaticCredentialsEmptyError{}, "aws configure --profile corp"},
		{client.CredentialsAssumeRole, "corp", refusal("STS", "SomethingElse"), `The role of profile "corp" could not be assumed`},
		{client.CredentialsUnknown, "", gone, "The credentials are not accepted"},
	} {
		err := &client.CredentialsError{Kind: test.kind, Profile: test.profile, Err: test.err}
		if got := client.Advice(err); client.Classify(err) != client.ClassCredentials || !strings.Contains(got, test.want) {
			t.Errorf("%v: class %q, advice %q, want %q", err, client.Classify(err), got, test.want)
		}
	}
}

func TestAdviceByTheCodeOfARefusal(t *testing.T) {
	for code, want := range map[string]string{
		"ExpiredTokenException":       "have expired",
		"UnrecognizedClientException": "not known to AWS",
		"InvalidSignatureException":   "clock of this machine",
		"RequestTimeTooSkewed":        "Set the clock",
		"AuthFailure":                 "not accepted",
	} {
		if got := client.Advice(&client.Error{Status: 403, Code: code}); !strings.Contains(got, want) {
			t.Errorf("%s: %q", code, got)
		}
	}
}

func TestTheNetworkAndTheUserComeBeforeTheSourceOfCredentials(t *testing.T) {
	for want, err := range map[string]error{
		"Check the network connection":  unreachable("SSO"),
		"No answer came in time":        fmt.Errorf("canceled, %w", context.DeadlineExceeded),
		"No MFA code was given":         fmt.Errorf("get the token, %w", client.ErrPromptCancelled),
		"start it again when you are r": context.Canceled,
	} {
		err = &client.CredentialsError{Kind: client.CredentialsSSO, Profile: "corp", Err: err}
		if got := client.Advice(err); !strings.Contains(got, want) {
			t.Errorf("%v: %q, want %q", err, got, want)
		}
	}
}
