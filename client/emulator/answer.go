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
	reset     bool          // break the connection instead
	truncate  bool          // break it in the middle of the body
	delay     time.Duration // before the answer leaves
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
	w.WriteHeader(a.status)
	if a.truncate {
		_, _ = w.Write(a.body[:len(a.body)/2])
		_ = http.NewResponseController(w).Flush()
		panic(http.ErrAbortHandler) // the server's way to break a connection off
	}
	_, _ = w.Write(a.body) // a caller that has left cannot be told
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
