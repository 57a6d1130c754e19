package client

import (
	"errors"

	"github.com/aws/aws-sdk-go-v2/config"
)

// RenewableCredentials reports whether err is for want of credentials that are
// accepted, so that having new ones may help.
func RenewableCredentials(err error) bool {
	return Classify(err) == ClassCredentials || errors.Is(err, ErrPromptCancelled)
}

// LoginCommand returns the words of the AWS CLI's command that signs in anew after
// err, nil if no command is known to help. After it has run, a client of a newly
// loaded configuration finds the new credentials.
func (c *Client) LoginCommand(err error) []string {
	noAccess := failedService(err) == ssoServiceID && errorCode(err) == "ForbiddenException"
	if Classify(err) != ClassCredentials || noAccess {
		return nil
	}
	return loginCommand(c.CredentialsKind(), c.Profile())
}

func loginCommand(kind CredentialsKind, profile string) []string {
	switch kind {
	case CredentialsSSO:
		return withProfile(profile, "aws", "sso", "login")
	case CredentialsLogin:
		return withProfile(profile, "aws", "login")
	}
	return nil
}

func withProfile(name string, command ...string) []string {
	if name == "" || name == config.DefaultSharedConfigProfile {
		return command
	}
	return append(command, "--profile", name)
}
