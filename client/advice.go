package client

import (
	"cmp"
	"crypto/tls"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/processcreds"

	"ampedit/client/shell"
)

// advices say what to do next about a class of failures.
var advices = map[Class]string{
	ClassOther:       "Look at the details and try again.",
	ClassCanceled:    "It was cancelled; start it again when you are ready.",
	ClassReadOnly:    "This session sends no updates; what made it read-only was said at its start.",
	ClassCredentials: "The credentials are not accepted; renew them and try again.",
	ClassDenied:      "Ask an administrator to allow the action that the message names, or choose another profile.",
	ClassNotFound:    "Check app id, environment, resource name, region and account; an app without Amplify Studio may be unknown too.",
	ClassBadRequest:  "The request is not accepted as it is; correct what the message names and try again.",
	ClassPendingJob:  "Another job of this environment has not ended; watch it, and try again when it has.",
	ClassThrottled:   "Too many requests were made; wait a minute and try again.",
	ClassTimeout:     "No answer came in time; try again, and check the connection if it happens again.",
	ClassServer:      "The service failed; try again in a few minutes.",
	ClassNetwork:     "Check the network connection, proxy (HTTPS_PROXY) and region, and try again.",
	ClassProtocol:    "The answer does not come from the service; look for a proxy, a captive portal or a wrong endpoint.",
}

// Advice says in one sentence what to do next about err, and "" if that is nil.
// It is safe to print.
func Advice(err error) string {
	var update *UpdateError
	if errors.As(err, &update) && update.Effect == MayHaveActed {
		return "The update may have taken effect; look at the environment's jobs before you send it again."
	}
	if errors.Is(err, ErrPromptCancelled) {
		return "No MFA code was given; try again when you have one at hand."
	}
	class := Classify(err)
	var advice string
	switch class {
	case ClassNetwork:
		advice = adviseNetwork(err)
	case ClassConfig:
		advice = adviseConfig(err)
	case ClassCredentials:
		advice = adviseCredentials(err)
	}
	return cmp.Or(advice, advices[class])
}

func adviseNetwork(err error) string {
	var untrusted *tls.CertificateVerificationError
	if errors.As(err, &untrusted) {
		return "The server's certificate is not trusted; if a proxy inspects your traffic, name its certificates in AWS_CA_BUNDLE."
	}
	return ""
}

func adviseConfig(err error) string {
	var (
		region     *aws.MissingRegionError
		endpoint   *EndpointError
		unreadable *ConfigError
	)
	switch {
	case errors.As(err, &region):
		return "Choose a region: --region, AWS_REGION, or region in the profile."
	case errors.As(err, &endpoint):
		return fmt.Sprintf("Correct %q: %v.", endpoint.Endpoint, endpoint.Err)
	case errors.As(err, &unreadable):
		return adviseProfile(unreadable)
	}
	return ""
}

// adviseProfile reads three causes from the SDK's text, for which it has no types.
func adviseProfile(e *ConfigError) string {
	var (
		role    config.SharedConfigAssumeRoleError
		missing config.SharedConfigProfileNotExistError
		mfa     config.AssumeRoleTokenProviderNotSetError
		message = e.Err.Error()
	)
	switch {
	case errors.As(e.Err, &role):
		return fmt.Sprintf("The source_profile of profile %q was not found; correct it in ~/.aws/config.", role.Profile)
	case errors.As(e.Err, &missing):
		return fmt.Sprintf("Profile %q was not found or cannot be read; check its section in ~/.aws/config, or choose another with --profile.", e.Profile)
	case errors.As(e.Err, &mfa):
		return fmt.Sprintf("Profile %q needs an MFA code and there is no one to ask; use the interactive program, or temporary credentials.", e.Profile)
	case strings.Contains(message, "unknown RetryMode"):
		return `Set AWS_RETRY_MODE, or retry_mode in the profile, to "standard" or "adaptive"; other AWS tools know "legacy", this SDK does not.`
	case strings.Contains(message, "partial credentials"):
		return fmt.Sprintf("Profile %q has half a key pair; it needs both aws_access_key_id and aws_secret_access_key.", e.Profile)
	case strings.Contains(message, "SSO session"):
		return fmt.Sprintf("The sso_session of profile %q has no section in ~/.aws/config; add it with: aws configure sso-session.", e.Profile)
	}
	return fmt.Sprintf("Correct the settings of profile %q in ~/.aws/config and ~/.aws/credentials.", e.Profile)
}

func adviseCredentials(err error) string {
	var failed *CredentialsError
	if !errors.As(err, &failed) {
		return adviseRefusal(errorCode(err))
	}
	if failedService(failed.Err) == stsServiceID {
		return adviseRole(failed)
	}
	var (
		process *processcreds.ProviderError
		empty   *credentials.StaticCredentialsEmptyError
	)
	switch {
	case errors.As(failed.Err, &process):
		return fmt.Sprintf("The credential_process%s failed; run it in a shell to see why.", ofProfile(failed.Profile))
	case errors.As(failed.Err, &empty):
		return fmt.Sprintf("The keys%s are empty; run: %s.", ofProfile(failed.Profile), shell.Line(withProfile(failed.Profile, "aws", "configure")...))
	case failedService(failed.Err) == ssoServiceID && errorCode(failed.Err) == "ForbiddenException":
		return fmt.Sprintf("You have no access to the account and role%s; ask for it, or choose another profile.", ofProfile(failed.Profile))
	}
	return adviseSource(failed)
}

// adviseSource says where new credentials of a kind come from.
func adviseSource(failed *CredentialsError) string {
	switch failed.Kind {
	case CredentialsSSO:
		return fmt.Sprintf("%s; sign in with: %s.", ssoTrouble(failed), shell.Line(loginCommand(failed.Kind, failed.Profile)...))
	case CredentialsLogin:
		return fmt.Sprintf("There is no sign-in%s, or it has expired; sign in with: %s.",
			ofProfile(failed.Profile), shell.Line(loginCommand(failed.Kind, failed.Profile)...))
	case CredentialsNone:
		return "No credentials are configured; choose a profile, or run: aws configure sso."
	case CredentialsInstance:
		return "This machine offers no credentials; attach an IAM role to it, or choose a profile."
	case CredentialsContainer:
		return "The container offers no credentials; check its task role, or choose a profile."
	case CredentialsWebIdentity:
		return "The web identity token was not accepted; renew the file that AWS_WEB_IDENTITY_TOKEN_FILE names."
	}
	return ""
}

// ssoTrouble says what keeps an IAM Identity Center profile from its credentials.
// Most ways to be expired have no type, so that this is what is left.
func ssoTrouble(failed *CredentialsError) string {
	who := ofProfile(failed.Profile)
	switch {
	case errors.Is(failed.Err, fs.ErrNotExist):
		return "The session" + who + " was never signed in to"
	case failedService(failed.Err) == ssoOIDCServiceID:
		return "The session" + who + " could not be renewed"
	case failedService(failed.Err) == ssoServiceID:
		return "The session" + who + " was ended elsewhere"
	}
	return "The session" + who + " has expired"
}

// adviseRole is about STS refusing to assume a role.
func adviseRole(failed *CredentialsError) string {
	switch code := errorCode(failed.Err); {
	case code == "AccessDenied" && strings.Contains(failed.Err.Error(), "MultiFactorAuthentication failed"):
		return "The MFA code was not accepted; wait for the next one and try again."
	case code == "AccessDenied":
		return fmt.Sprintf("The role%s may not be assumed with these credentials; check role_arn, its trust policy and MFA.", ofProfile(failed.Profile))
	default:
		return cmp.Or(adviseRefusal(code), fmt.Sprintf("The role%s could not be assumed; look at the details.", ofProfile(failed.Profile)))
	}
}

// adviseRefusal is about credentials that a service does not accept.
func adviseRefusal(code string) string {
	switch code {
	case "ExpiredTokenException", "ExpiredToken":
		return "The credentials have expired; sign in again and repeat it."
	case "UnrecognizedClientException", "InvalidClientTokenId":
		return "The access key is not known to AWS; check that it is active, and that the session token belongs to it."
	case "InvalidSignatureException", "SignatureDoesNotMatch":
		return "The signature does not fit; check the secret access key and the clock of this machine."
	case "RequestTimeTooSkewed":
		return "Set the clock of this machine."
	}
	return ""
}

func ofProfile(name string) string {
	if name == "" {
		return ""
	}
	return fmt.Sprintf(" of profile %q", name)
}
