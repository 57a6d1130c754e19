package command

import (
	"errors"
	"io"
	"log/slog"
	"strings"
	"testing"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/ui/edit"
)

func TestTheDemoAsksForACode(t *testing.T) {
	e, err := emulator.Start(emulator.Options{Scenario: emulator.MFA})
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	for name, test := range map[string]struct {
		code   string
		err    error
		class  client.Class
		advice string
	}{
		"right":    {code: "123456"},
		"wrong":    {code: wrongCode, class: client.ClassCredentials, advice: "The MFA code was not accepted"},
		"none":     {err: client.ErrPromptCancelled, class: client.ClassCanceled, advice: "No MFA code was given"},
		"no asker": {code: "nobody", class: client.ClassConfig, advice: "use the interactive program"},
	} {
		t.Run(name, func(t *testing.T) {
			c := connector{logger: slog.New(slog.NewTextHandler(io.Discard, nil))}
			asked := 0
			if test.code != "nobody" {
				c.askMFA = func(client.MFARequest) (string, error) { asked++; return test.code, test.err }
			}
			s, err := c.demo(e, emulator.MFA)(t.Context(), edit.Access{})
			if err != nil {
				t.Fatal(err)
			}
			for range 2 {
				_, err = s.Identify(t.Context())
			}
			if client.Classify(err) != test.class || !strings.Contains(client.Advice(err), test.advice) {
				t.Errorf("class %q, advice %q: %v", client.Classify(err), client.Advice(err), err)
			}
			if err == nil && asked != 1 {
				t.Errorf("asked %d times for one session", asked)
			}
			if errors.Is(err, client.ErrPromptCancelled) != (test.err != nil) {
				t.Errorf("the error is %v", err)
			}
		})
	}
}

func TestNothingConfiguredIsProbed(t *testing.T) {
	for name := range map[string]bool{"AWS_ACCESS_KEY_ID": true, "AWS_SECRET_ACCESS_KEY": true, "AWS_SESSION_TOKEN": true, "AWS_PROFILE": true} {
		t.Setenv(name, "")
	}
	t.Setenv("AWS_CONFIG_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", t.TempDir()+"/none")
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_REGION", emulator.SampleRegion)
	c := connector{logger: slog.New(slog.NewTextHandler(io.Discard, nil))}
	s, err := c.connect(t.Context(), edit.Access{})
	if err != nil || s.Probe == nil {
		t.Fatalf("%+v, %v", s, err)
	}
	if err := s.Probe(t.Context()); err == nil {
		t.Error("this machine has credentials out of nothing")
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "AKIDTEST")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "secret")
	if s, err = c.connect(t.Context(), edit.Access{}); err != nil || s.Probe != nil {
		t.Errorf("keys are configured, but the machine is asked: %v", err)
	}
}
