package command

import (
	"context"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/smithy-go"

	"ampedit/client"
	"ampedit/client/emulator"
)

// demoCredentials are the emulator's. With ask they are given for an MFA code, as
// those of a role that asks for one.
type demoCredentials struct {
	keys emulator.Credentials
	ask  func(client.MFARequest) (string, error)
}

// demoRole is what the demo's code is asked for.
var demoRole = client.MFARequest{
	Profile:      "demo",
	RoleARN:      "arn:aws:iam::" + emulator.SampleAccount + ":role/editor",
	SerialNumber: "arn:aws:iam::" + emulator.SampleAccount + ":mfa/demo",
}

// roleLife is how long the demo's role is good, as roles are by default.
const roleLife = time.Hour

// wrongCode is the code that the demo does not accept.
const wrongCode = "000000"

// Retrieve returns the credentials, or a *client.CredentialsError as a wrong code
// gives.
func (d demoCredentials) Retrieve(context.Context) (aws.Credentials, error) {
	keys := aws.Credentials{AccessKeyID: d.keys.AccessKeyID, SecretAccessKey: d.keys.SecretAccessKey}
	if d.ask == nil {
		return keys, nil
	}
	code, err := d.ask(demoRole)
	if err == nil && code == wrongCode {
		err = &smithy.OperationError{ServiceID: "STS", OperationName: "AssumeRole", Err: &smithy.GenericAPIError{
			Code: "AccessDenied", Message: "MultiFactorAuthentication failed with invalid MFA one time pass code.",
		}}
	}
	if err != nil {
		return aws.Credentials{}, &client.CredentialsError{Kind: client.CredentialsAssumeRole, Profile: demoRole.Profile, Err: err}
	}
	keys.CanExpire, keys.Expires = true, time.Now().Add(roleLife)
	return keys, nil
}

// orNobody returns ask, or for nil what fails as a profile that asks for a code does
// where there is nobody to ask.
func orNobody(ask func(client.MFARequest) (string, error)) func(client.MFARequest) (string, error) {
	if ask != nil {
		return ask
	}
	return func(r client.MFARequest) (string, error) {
		return "", &client.ConfigError{Profile: r.Profile, Err: config.AssumeRoleTokenProviderNotSetError{}}
	}
}
