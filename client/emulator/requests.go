package emulator

import (
	"net/http"
	"slices"
)

// Request is one request an [Emulator] got, and how it was answered.
type Request struct {
	Operation string // empty when no operation has this method and path
	Method    string
	Path      string // as it travelled, percent-encoded, without the query
	Query     string
	Header    http.Header // without Authorization and X-Amz-Security-Token
	Body      []byte
	Status    int // of the answer; 0 when the connection was reset
}

// Requests returns what was received so far, oldest first. A request is in it
// before its answer leaves.
func (e *Emulator) Requests() []Request {
	e.mu.Lock()
	defer e.mu.Unlock()
	return slices.Clone(e.log)
}

// Count returns how many requests for operation were received, refused ones
// included.
func (e *Emulator) Count(operation string) int {
	e.mu.Lock()
	defer e.mu.Unlock()
	n := 0
	for _, r := range e.log {
		if r.Operation == operation {
			n++
		}
	}
	return n
}

func logged(r *http.Request, body []byte, operation string, status int) Request {
	header := r.Header.Clone()
	header.Del("Authorization")
	header.Del("X-Amz-Security-Token")
	return Request{
		Operation: operation,
		Method:    r.Method,
		Path:      rawPath(r),
		Query:     r.URL.RawQuery,
		Header:    header,
		Body:      body,
		Status:    status,
	}
}
