package host

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"testing"

	"ampedit/client/shell"
)

func TestLoginCommandRunsOnTheTerminal(t *testing.T) {
	var errOut bytes.Buffer
	l := Login{look: func(name string) (string, error) { return "/opt/" + name, nil }, stderr: &errOut}
	cmd, err := l.command([]string{"aws", "sso", "login", "--profile", "my corp"})
	if err != nil {
		t.Fatal(err)
	}
	if want := []string{"/opt/aws", "sso", "login", "--profile", "my corp"}; !slices.Equal(cmd.Args, want) {
		t.Errorf("runs %q", cmd.Args)
	}
	if cmd.Stderr != &errOut {
		t.Error("its standard error goes elsewhere")
	}
}

func TestWithoutTheAWSCLITheCommandIsNamed(t *testing.T) {
	l := Login{look: func(string) (string, error) { return "", errors.New("not found") }}
	_, err := l.Run([]string{"aws", "login", "--profile", "my corp"}, nil)
	if err == nil || !strings.Contains(err.Error(), shell.Line("aws", "login", "--profile", "my corp")) {
		t.Errorf("the error is %v", err)
	}
}
