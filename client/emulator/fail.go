package emulator

import (
	"fmt"
	"net/http"
)

// failure is an error answer of a service: the HTTP status, the code AWS's SDKs
// match on, and the message. Members holds what a shape has beside its message.
type failure struct {
	status  int
	code    string
	message string
	members object
}

func (f *failure) Error() string { return f.code + ": " + f.message }

// badRequestCode is what a request that breaks its shape is answered with, but
// for services that have a code of their own.
const badRequestCode = "BadRequestException"

func badRequest(format string, args ...any) error {
	return &failure{status: http.StatusBadRequest, code: badRequestCode, message: fmt.Sprintf(format, args...)}
}

// notFound is the declared NotFoundException. AWS documents no values for
// resourceType; the ones used here are the emulator's own.
func notFound(resourceType, name string) error {
	return &failure{
		status:  http.StatusNotFound,
		code:    "NotFoundException",
		message: fmt.Sprintf("%s %q does not exist", resourceType, name),
		members: object{"resourceType": resourceType},
	}
}

// forbidden is what the layer before a service answers: a refused signature or
// a refused permission. The service model declares none of these codes.
func forbidden(code, format string, args ...any) error {
	return &failure{status: http.StatusForbidden, code: code, message: fmt.Sprintf(format, args...)}
}

// noSuchRoute is API Gateway's answer to a path or method nobody serves.
func noSuchRoute() error {
	return forbidden("MissingAuthenticationTokenException", "Missing Authentication Token")
}
