package main_test

import (
	"bufio"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"ampedit/client/emulator"
)

// The emulator serves any AWS client: the AWS CLI updates, polls and reads.
func TestAWSCLIAgainstTheEmulator(t *testing.T) {
	aws, err := exec.LookPath("aws")
	if err != nil {
		t.Skip("the AWS CLI is not on the PATH")
	}
	if runtime.GOOS == "windows" {
		t.Skip("a program cannot be interrupted on Windows")
	}
	server := program(t, nil, "emulator")
	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, "AWS_") })
	env = append(env, exports(t, server)...)
	env = append(env, "AWS_CONFIG_FILE="+filepath.Join(t.TempDir(), "none"), "AWS_SHARED_CREDENTIALS_FILE="+filepath.Join(t.TempDir(), "none"), "AWS_PAGER=")
	call := func(operation string, answer any, args ...string) {
		t.Helper()
		cmd := exec.Command(aws, append([]string{"amplifybackend", operation, "--output", "json",
			"--app-id", emulator.SampleAppID, "--backend-environment-name", emulator.SampleProd}, args...)...)
		cmd.Env = env
		var complaint strings.Builder
		cmd.Stderr = &complaint
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("aws %s: %v\n%s", operation, err, complaint.String())
		}
		if err := json.Unmarshal(out, answer); err != nil {
			t.Fatalf("aws %s: %v\n%s", operation, err, out)
		}
	}
	var job struct{ JobID, Status string }
	call("update-backend-api", &job, "--resource-name", emulator.SampleResource, "--resource-config",
		`{"DefaultAuthType":{"Mode":"API_KEY","Settings":{"Description":"from the AWS CLI","ExpirationTime":30}}}`)
	for polls := 0; job.Status != "COMPLETED"; polls++ {
		if polls == 200 {
			t.Fatalf("the job is still %s", job.Status)
		}
		call("get-backend-job", &job, "--job-id", job.JobID)
	}
	var read struct {
		ResourceConfig struct {
			DefaultAuthType struct {
				Settings struct {
					Description    string
					ExpirationTime float64
				}
			}
		}
	}
	call("get-backend-api", &read, "--resource-name", emulator.SampleResource)
	if got := read.ResourceConfig.DefaultAuthType.Settings; got.Description != "from the AWS CLI" || got.ExpirationTime != 30 {
		t.Errorf("deployed is %+v", got)
	}
	if err := server.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	if err := server.Wait(); err != nil {
		t.Errorf("the emulator was stopped, and says %v", err)
	}
}

// exports starts the emulator command and returns the variables it prints.
func exports(t *testing.T, server *exec.Cmd) []string {
	t.Helper()
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Process.Kill() })
	names := []string{
		"AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_AMPLIFYBACKEND", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_REGION",
		"AWS_DEFAULT_REGION", "AMPEDIT_APP_ID", "AMPEDIT_ENV", "AMPEDIT_RESOURCE",
	}
	var variables []string
	lines := bufio.NewScanner(out)
	for _, name := range names {
		if !lines.Scan() {
			t.Fatalf("the emulator prints no %s", name)
		}
		variable, ok := strings.CutPrefix(lines.Text(), "export ")
		if !ok || !strings.HasPrefix(variable, name+"=") {
			t.Fatalf("not an export of %s: %s", name, lines.Text())
		}
		variables = append(variables, variable)
	}
	return variables
}
