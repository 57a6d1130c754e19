package client_test

import (
	"errors"
	"slices"
	"testing"

	"ampedit/client"
)

func TestLoginCommand(t *testing.T) {
	expired := &client.Error{Status: 403, Code: "ExpiredTokenException"}
	gone := errors.New("gone")
	for _, test := range []struct {
		profile string
		err     error
		want    []string
	}{
		{"sso", &client.CredentialsError{Err: gone}, []string{"aws", "sso", "login", "--profile", "sso"}},
		{"sso", expired, []string{"aws", "sso", "login", "--profile", "sso"}},
		{"login", &client.CredentialsError{Err: gone}, []string{"aws", "login", "--profile", "login"}},
		{"sso", &client.CredentialsError{Err: refusal("SSO", "ForbiddenException")}, nil},
		{"sso", &client.CredentialsError{Err: unreachable("SSO")}, nil},
		{"sso", &client.Error{Status: 403, Code: "AccessDeniedException"}, nil},
		{"keys", expired, nil},
		{"sso", nil, nil},
	} {
		isolate(t, profiles)
		c := newClient(t, client.Options{Profile: test.profile})
		if got := c.LoginCommand(test.err); !slices.Equal(got, test.want) {
			t.Errorf("%s, %v: %q, want %q", test.profile, test.err, got, test.want)
		}
	}
}

func TestCredentialsThatMayBeRenewed(t *testing.T) {
	for _, test := range []struct {
		err  error
		want bool
	}{
		{&client.CredentialsError{Err: errors.New("gone")}, true},
		{&client.CredentialsError{Err: client.ErrPromptCancelled}, true},
		{&client.Error{Status: 403, Code: "ExpiredTokenException"}, true},
		{&client.Error{Status: 403, Code: "AccessDeniedException"}, false},
		{&client.CredentialsError{Err: unreachable("SSO")}, false},
		{nil, false},
	} {
		if got := client.RenewableCredentials(test.err); got != test.want {
			t.Errorf("%v: %v", test.err, got)
		}
	}
}
