package command

import (
	"context"
	"sync"

	"ampedit/client"
	"ampedit/ui"
)

// codes brings the code of an MFA device from the screen to whoever asks for it,
// on any goroutine.
type codes struct {
	requests chan ui.CodeRequest
	closed   chan struct{}
	close    func()
}

func newCodes() *codes {
	c := &codes{requests: make(chan ui.CodeRequest), closed: make(chan struct{})}
	c.close = sync.OnceFunc(func() { close(c.closed) })
	return c
}

// ask waits for the user's answer, or until the screen is closed: then, as when the
// user gives no code, the error is client.ErrPromptCancelled.
func (c *codes) ask(r client.MFARequest) (string, error) {
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

// next waits for the next time that a code is asked for.
func (c *codes) next(ctx context.Context) (ui.CodeRequest, bool) {
	select {
	case r := <-c.requests:
		return r, true
	case <-ctx.Done():
	case <-c.closed:
	}
	return ui.CodeRequest{}, false
}

// Close answers everybody who asks or will ask.
func (c *codes) Close() { c.close() }
