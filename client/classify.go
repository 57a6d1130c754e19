package client

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"
	"strings"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/smithy-go"
	smithyhttp "github.com/aws/smithy-go/transport/http"
)

// Class is a kind of failure, for deciding what to do next. Whether the outcome
// of an update is known is another question: see EffectOf.
type Class string

// The classes of failures.
const (
	// ClassNone is the class of a nil error.
	ClassNone Class = ""
	// ClassOther is any failure without a class of its own.
	ClassOther Class = "other"
	// ClassCanceled means that the user ended it.
	ClassCanceled Class = "canceled"
	// ClassReadOnly means that an update was refused by WithReadOnly.
	ClassReadOnly Class = "read-only"
	// ClassConfig means that region, endpoint or profile must be set right.
	ClassConfig Class = "configuration"
	// ClassCredentials means that there are none, or that they are not accepted.
	ClassCredentials Class = "credentials"
	// ClassDenied means that the credentials lack a permission.
	ClassDenied Class = "denied"
	// ClassNotFound means that the app, environment, API or job does not exist.
	ClassNotFound Class = "not found"
	// ClassBadRequest means that the request is not accepted, by the service or
	// before it was sent.
	ClassBadRequest Class = "bad request"
	// ClassPendingJob means that another job of the environment has not ended.
	ClassPendingJob Class = "pending job"
	// ClassThrottled means that too many requests were made.
	ClassThrottled Class = "throttled"
	// ClassTimeout means that no answer came in time.
	ClassTimeout Class = "timeout"
	// ClassServer means that the service failed.
	ClassServer Class = "service failure"
	// ClassNetwork means that the service was not reached or the connection broke.
	ClassNetwork Class = "network"
	// ClassProtocol means that the answer is not one of this service.
	ClassProtocol Class = "protocol"
)

// Passing reports whether a failure of the class may pass by itself, so that a
// read is worth repeating.
func (c Class) Passing() bool {
	return slices.Contains([]Class{ClassThrottled, ClassTimeout, ClassServer, ClassNetwork, ClassProtocol}, c)
}

// Classify finds the class of an error of this package or of the SDK. The order
// matters: a failure to get credentials, say, may well have a network error
// inside, and then the network is what needs attention.
func Classify(err error) Class {
	var (
		imds       = failedService(err) == imdsServiceID
		answer     smithy.APIError
		creds      *CredentialsError
		missing    smithy.InvalidParamsError
		unsendable *smithy.SerializationError
		malformed  *smithy.DeserializationError
		reported   *ReportedError
		holding    interface{ HoldsEnvironment() }
	)
	switch {
	case err == nil:
		return ClassNone
	case errors.Is(err, ErrReadOnly):
		return ClassReadOnly
	case errors.Is(err, ErrPromptCancelled), errors.Is(err, context.Canceled):
		return ClassCanceled
	case isConfiguration(err):
		return ClassConfig
	case imds: // the last resort: its network errors mean that there is nothing
		return ClassCredentials
	}
	if class := classifyNetwork(err); class != ClassNone {
		return class
	}
	switch {
	case errors.As(err, &holding): // the error of a submission before it sent anything
		return ClassPendingJob
	case errors.As(err, &creds):
		return ClassCredentials
	case errors.As(err, &answer):
		return classifyAnswer(httpStatus(err), answer.ErrorCode(), answer.ErrorMessage())
	case errors.As(err, &missing), errors.As(err, &unsendable):
		return ClassBadRequest
	case errors.As(err, &reported):
		return ClassServer
	case errors.As(err, &malformed):
		return ClassProtocol
	}
	return ClassOther
}

func isConfiguration(err error) bool {
	var (
		endpoint *EndpointError
		region   *aws.MissingRegionError
		config   *ConfigError
	)
	return errors.As(err, &endpoint) || errors.As(err, &region) || errors.As(err, &config)
}

// classifyNetwork tells a service that stays silent, which is ClassTimeout, from
// one that was not reached or lost.
func classifyNetwork(err error) Class {
	var (
		send    *smithyhttp.RequestSendError
		op      *net.OpError
		network net.Error
	)
	isOp := errors.As(err, &op)
	switch {
	case isOp && op.Op == "dial":
		return ClassNetwork
	case errors.Is(err, context.DeadlineExceeded), errors.As(err, &network) && network.Timeout():
		return ClassTimeout
	case isOp, errors.As(err, &send): // not any net.Error: a missing file is one
		return ClassNetwork
	}
	return ClassNone
}

// signatureCodes are answers to a request whose signature does not fit.
var signatureCodes = []string{
	"InvalidSignatureException", "SignatureDoesNotMatch", "IncompleteSignatureException", "IncompleteSignature",
	"MissingAuthenticationTokenException", "MissingAuthenticationToken", "RequestTimeTooSkewed", "AuthFailure",
}

// classifyAnswer goes by the status first. The service's model and its API
// reference give different names to the same errors, and a proxy gives none.
func classifyAnswer(status int, code, message string) Class {
	_, throttling := retry.DefaultThrottleErrorCodes[code]
	switch {
	case strings.Contains(strings.ToLower(message), "pending job") && status < http.StatusInternalServerError:
		return ClassPendingJob
	case slices.Contains(staleCredentialCodes, code), slices.Contains(signatureCodes, code):
		return ClassCredentials
	case status == http.StatusTooManyRequests,
		throttling && (status == http.StatusBadRequest || status == http.StatusServiceUnavailable):
		return ClassThrottled
	case status == http.StatusNotFound:
		return ClassNotFound
	case status == http.StatusUnauthorized, status == http.StatusForbidden:
		return ClassDenied
	case status == http.StatusRequestTimeout, status == http.StatusGatewayTimeout:
		return ClassTimeout
	case status == http.StatusProxyAuthRequired:
		return ClassNetwork
	case status >= http.StatusInternalServerError:
		return ClassServer
	case status >= http.StatusBadRequest:
		return ClassBadRequest
	case status >= http.StatusMultipleChoices:
		return ClassProtocol
	}
	return ClassOther
}

// httpStatus returns the status of the answer in err, or 0.
func httpStatus(err error) int {
	var own *Error
	if errors.As(err, &own) {
		return own.Status
	}
	var answer interface{ HTTPStatusCode() int }
	if errors.As(err, &answer) {
		return answer.HTTPStatusCode()
	}
	return 0
}

// errorCode returns the code of the answer in err, or "".
func errorCode(err error) string {
	var answer smithy.APIError
	if errors.As(err, &answer) {
		return answer.ErrorCode()
	}
	return ""
}

// The services behind credentials, as errors name them.
const (
	imdsServiceID    = "ec2imds"
	stsServiceID     = "STS"
	ssoServiceID     = "SSO"
	ssoOIDCServiceID = "SSO OIDC"
)

// failedService returns the innermost service whose operation failed, or "".
func failedService(err error) (service string) {
	var op *smithy.OperationError
	for errors.As(err, &op) {
		service, err = op.ServiceID, op.Err
	}
	return service
}
