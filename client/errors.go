package client

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws/protocol/restjson"
	"github.com/aws/smithy-go"
)

// Sentinel errors.
var (
	// ErrReadOnly is returned for an update by a client that must not make any.
	ErrReadOnly = errors.New("this session is read-only; nothing was sent")
	// ErrPromptCancelled is what a hook that asks for an MFA code returns when
	// the user does not want to give one.
	ErrPromptCancelled = errors.New("the prompt was cancelled")
)

// Error is an error answer of AmplifyBackend, or of something on the way to it.
type Error struct {
	// Code is the error's name: one of the model's, such as NotFoundException,
	// one that the model does not know, or, for an answer without any, the name
	// that goes with the status.
	Code string
	// Message is the service's text; it may be empty.
	Message string
	// ResourceType is set with NotFoundException, LimitType with
	// TooManyRequestsException.
	ResourceType, LimitType string
	// Status is the HTTP status, never 2xx.
	Status int
	// RequestID is the service's identifier of the request, or "".
	RequestID string
	// RetryAfter is how long the service asks to wait, or 0.
	RetryAfter time.Duration
}

var _ smithy.APIError = (*Error)(nil)

// Error gives code and message, and in brackets what else a person may need to
// find out what happened: what kind of resource or limit it is about, and the
// identifier by which AWS finds the request. It is one line.
func (e *Error) Error() string {
	said, details := e.Code, []string(nil)
	if e.Message == "" {
		details = append(details, fmt.Sprintf("status %d", e.Status))
	} else {
		said += ": " + e.Message
	}
	for _, detail := range []struct{ name, value string }{
		{"resourceType", e.ResourceType}, {"limitType", e.LimitType}, {"request", e.RequestID},
	} {
		if detail.value != "" {
			details = append(details, detail.name+" "+detail.value)
		}
	}
	if len(details) > 0 {
		said = strings.TrimSuffix(said, ".") + " (" + strings.Join(details, ", ") + ")"
	}
	return lineBreaks.Replace(said)
}

// lineBreaks makes one line of a text.
var lineBreaks = strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ")

// ErrorCode returns Code.
func (e *Error) ErrorCode() string { return e.Code }

// ErrorMessage returns Message.
func (e *Error) ErrorMessage() string { return e.Message }

// ErrorFault blames the server for a status of 500 and more, else the client.
func (e *Error) ErrorFault() smithy.ErrorFault {
	if e.Status >= http.StatusInternalServerError {
		return smithy.FaultServer
	}
	return smithy.FaultClient
}

// ReportedError is an error that the service put into an answer with status 200.
type ReportedError struct{ Message string }

// Error gives the service's text.
func (e *ReportedError) Error() string { return "the service reports an error: " + e.Message }

// decodeError makes an Error of any answer that is not a success. The code comes
// from the header, then from __type, then from code, as restJson1 has it; then,
// for gateways and proxies that answer HTML or nothing, from the status.
func decodeError(status int, header http.Header, body []byte) *Error {
	var document struct {
		Code                             any    // some services send a number
		Type                             string `json:"__type"`
		Message, ResourceType, LimitType string
	}
	if json.Unmarshal(body, &document) != nil {
		document.Message = "" // a document of another shape says nothing reliable
	}
	code, _ := document.Code.(string)
	e := &Error{
		Code:         "UnknownError",
		Message:      document.Message,
		ResourceType: document.ResourceType,
		LimitType:    document.LimitType,
		Status:       status,
		RetryAfter:   retryAfter(header),
	}
	for _, candidate := range []string{header.Get("X-Amzn-ErrorType"), document.Type, code, fallbackCodes[status], http.StatusText(status)} {
		if candidate = restjson.SanitizeErrorCode(candidate); candidate != "" {
			e.Code = candidate
			break
		}
	}
	return e
}

// retryAfter reads the Retry-After header of RFC 9110 in its form of seconds.
func retryAfter(header http.Header) time.Duration {
	seconds, err := strconv.Atoi(header.Get("Retry-After"))
	if err != nil || seconds < 0 {
		return 0
	}
	return time.Duration(min(seconds, 3600)) * time.Second
}
