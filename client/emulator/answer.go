package emulator

import (
	"context"
	"net"
	"net/http"
	"strconv"
	"time"
)

// answer is what goes back to the caller.
type answer struct {
	status    int
	code      string // value of X-Amzn-ErrorType; empty for a success
	mediaType string
	body      []byte
	header    map[string]string // beside the usual ones
	reset     bool              // break the connection instead
	truncate  bool              // break it in the middle of the body
	delay     time.Duration     // before the answer leaves
	trickle   time.Duration     // before each byte of the body
}

// answer is the failure in the protocol of s.
func (f *failure) answer(s *service, requestID string) answer {
	return answer{status: f.status, code: f.code, mediaType: s.answerType, body: s.fail(f, requestID)}
}

// send lets a leave when its time has come, and as slowly as it shall. Date shows
// the service's clock, by which SDKs correct their own.
func (e *Emulator) send(ctx context.Context, w http.ResponseWriter, requestID string, a answer) {
	if a.delay > 0 && !e.wait(ctx, a.delay) {
		return
	}
	if a.reset {
		resetConnection(w)
		return
	}
	header := w.Header()
	header.Set("Content-Type", a.mediaType)
	header.Set("Content-Length", strconv.Itoa(len(a.body)))
	header["Date"] = nil // keeps the server from setting its own
	if !e.noDate {
		header.Set("Date", e.clock.Now().Add(e.offset).UTC().Format(http.TimeFormat))
	}
	header.Set("X-Amzn-RequestId", requestID)
	if a.code != "" {
		header.Set("X-Amzn-ErrorType", a.code)
	}
	for name, value := range a.header {
		header.Set(name, value)
	}
	w.WriteHeader(a.status)
	body := a.body
	if a.truncate {
		body = body[:len(body)/2]
	}
	e.write(ctx, w, body, a.trickle)
	if a.truncate {
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // the server's way to break a connection off
	}
}

// write sends body, if trickle is not 0 a byte at a time. A caller that has left
// cannot be told.
func (e *Emulator) write(ctx context.Context, w http.ResponseWriter, body []byte, trickle time.Duration) {
	if trickle == 0 {
		_, _ = w.Write(body)
		return
	}
	for i := range body {
		_ = http.NewResponseController(w).Flush()
		if !e.wait(ctx, trickle) {
			return
		}
		_, _ = w.Write(body[i : i+1])
	}
}

// wait returns true once d has passed, or false if ctx ends first.
func (e *Emulator) wait(ctx context.Context, d time.Duration) bool {
	select {
	case <-e.clock.After(d):
		return true
	case <-ctx.Done():
		return false
	}
}

// resetConnection closes the connection so that the caller gets RST, not FIN.
func resetConnection(w http.ResponseWriter) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}
