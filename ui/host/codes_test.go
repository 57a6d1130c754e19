package host

import (
	"context"
	"errors"
	"testing"

	"ampedit/client"
)

type answered struct {
	code string
	err  error
}

func askIn(c *Codes, profile string) <-chan answered {
	got := make(chan answered, 1)
	go func() {
		code, err := c.Ask(client.MFARequest{Profile: profile})
		got <- answered{code, err}
	}()
	return got
}

func TestACodeReachesWhoeverAsked(t *testing.T) {
	c := NewCodes()
	defer c.Close()
	waiting := map[string]<-chan answered{"one": askIn(c, "one"), "two": askIn(c, "two")}
	for range waiting {
		request, ok := c.Next(t.Context())
		if !ok {
			t.Fatal("nobody asks")
		}
		request.Answer("code of "+request.Profile, nil)
	}
	for profile, got := range waiting {
		if a := <-got; a.code != "code of "+profile || a.err != nil {
			t.Errorf("%s got %q, %v", profile, a.code, a.err)
		}
	}
}

func TestNobodyWaitsForACodeAfterTheEnd(t *testing.T) {
	c := NewCodes()
	shown := askIn(c, "shown")
	if _, ok := c.Next(t.Context()); !ok {
		t.Fatal("nobody asks")
	}
	queued := askIn(c, "queued")
	c.Close()
	c.Close() // also twice
	for _, got := range []<-chan answered{shown, queued, askIn(c, "late")} {
		if a := <-got; !errors.Is(a.err, client.ErrPromptCancelled) {
			t.Errorf("got %q, %v", a.code, a.err)
		}
	}
	if _, ok := c.Next(t.Context()); ok {
		t.Error("a code is asked for after the end")
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, ok := NewCodes().Next(ended); ok {
		t.Error("a code is asked for although nobody does")
	}
}
