package host

import (
	"context"
	"sync"

	"ampedit/client"
	"ampedit/ui"
)

// Codes brings the code of an MFA device from the screen to whoever asks for it,
// on any goroutine.
type Codes struct {
	requests chan ui.CodeRequest
	closed   chan struct{}
	close    func()
}

// NewCodes returns codes that nobody has asked for yet.
func NewCodes() *Codes {
	c := &Codes{requests: make(chan ui.CodeRequest), closed: make(chan struct{})}
	c.close = sync.OnceFunc(func() { close(c.closed) })
	return c
}

// Ask waits for the user's answer, or until the screen is closed: then, as when the
// user gives no code, the error is client.ErrPromptCancelled.
func (c *Codes) Ask(r client.MFARequest) (string, error) {
	type answer struct {
		code string
		err  error
	}
	answers := make(chan answer, 1)
	request := ui.CodeRequest{MFARequest: r, Answer: func(code string, err error) { answers <- answer{code, err} }}
	select {
	case c.requests <- request:
	case <-c.closed:
		return "", client.ErrPromptCancelled
	}
	select {
	case a := <-answers:
		return a.code, a.err
	case <-c.closed:
		return "", client.ErrPromptCancelled
	}
}

// Next waits for the next time that a code is asked for.
func (c *Codes) Next(ctx context.Context) (ui.CodeRequest, bool) {
	select {
	case r := <-c.requests:
		return r, true
	case <-ctx.Done():
	case <-c.closed:
	}
	return ui.CodeRequest{}, false
}

// Close answers everybody who asks or will ask.
func (c *Codes) Close() { c.close() }
