package command_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"ampedit/client/emulator"
	"ampedit/ui/command"
	"ampedit/ui/uitest"
)

// machine is a user's machine with an emulated service behind it, on which commands
// run without a terminal. Jobs end at once unless the options say otherwise.
type machine struct {
	t      *testing.T
	server *emulator.Emulator
	input  string // what commands read from standard input
}

func newMachine(t *testing.T, o emulator.Options) *machine {
	t.Helper()
	t.Cleanup(xdg.Reload) // once the variables are what they were
	uitest.Isolate(t)
	if o.JobDuration == 0 {
		o.JobDuration = time.Nanosecond
	}
	e, err := emulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	home := t.TempDir()
	for name, value := range map[string]string{
		"AWS_ENDPOINT_URL": e.URL(), "AWS_REGION": e.Region(),
		"AWS_ACCESS_KEY_ID": e.Credentials().AccessKeyID, "AWS_SECRET_ACCESS_KEY": e.Credentials().SecretAccessKey,
		"AMPEDIT_APP_ID": "", "AMPEDIT_ENV": "", "AMPEDIT_RESOURCE": "",
		"XDG_CONFIG_HOME": filepath.Join(home, "config"), "XDG_STATE_HOME": filepath.Join(home, "state"),
	} {
		t.Setenv(name, value)
	}
	xdg.Reload()
	t.Chdir(t.TempDir())
	return &machine{t: t, server: e}
}

// appsWith are the sample's apps, with a text of what is deployed replaced.
func appsWith(old, deployed string) []emulator.App {
	apps := emulator.SampleApps(time.Now())
	for i := range apps {
		for k := range apps[i].Environments {
			for name, config := range apps[i].Environments[k].APIs {
				apps[i].Environments[k].APIs[name] = strings.ReplaceAll(config, old, deployed)
			}
		}
	}
	return apps
}

// settings writes the configuration file.
func (m *machine) settings(text string) {
	m.t.Helper()
	m.write(filepath.Join(xdg.ConfigHome, "ampedit", "config.yaml"), text)
}

func (m *machine) write(path, text string) {
	m.t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		m.t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		m.t.Fatal(err)
	}
}

// run runs a command and returns its exit code and what it printed.
func (m *machine) run(args ...string) (code int, out, errOut string) {
	m.t.Helper()
	std := m.t.TempDir()
	var files []*os.File
	for _, name := range []string{"in", "out", "err"} {
		path := filepath.Join(std, name)
		if name == "in" {
			m.write(path, m.input)
		} else {
			m.write(path, "")
		}
		f, err := os.OpenFile(path, os.O_RDWR, 0)
		if err != nil {
			m.t.Fatal(err)
		}
		defer f.Close()
		files = append(files, f)
	}
	code = command.Main(args, files[0], files[1], files[2])
	written := func(name string) string {
		data, err := os.ReadFile(filepath.Join(std, name))
		if err != nil {
			m.t.Fatal(err)
		}
		return string(data)
	}
	return code, written("out"), written("err")
}

// want runs a command and fails the test unless it ends with the exit code and
// prints all of the texts.
func (m *machine) want(code int, args []string, texts ...string) string {
	m.t.Helper()
	got, out, errOut := m.run(args...)
	if got != code {
		m.t.Fatalf("%q exits with %d, not %d\n%s\n%s", args, got, code, out, errOut)
	}
	for _, text := range texts {
		if !strings.Contains(out+errOut, text) {
			m.t.Fatalf("%q prints no %q\n%s\n%s", args, text, out, errOut)
		}
	}
	return out
}

// posts fails the test unless exactly n updates reached the service.
func (m *machine) posts(n int) {
	m.t.Helper()
	if got := m.server.Count("UpdateBackendAPI"); got != n {
		m.t.Fatalf("%d updates reached the service, not %d", got, n)
	}
}

// sampleTarget are the flags that name an API of the emulator's sample data.
func sampleTarget(environment string) []string {
	return []string{"--app-id", emulator.SampleAppID, "--env", environment, "--resource", emulator.SampleResource}
}

// described is a kept request that changes the description of the API key.
const described = `{"resourceName": "notes", "resourceConfig": {"defaultAuthType": {"mode": "API_KEY", "settings": {"description": "%s", "expirationTime": 30}}}}`

// send sends a change of the description to dev and returns the receipt's id.
func (m *machine) send(description string, flags ...string) (id string) {
	m.t.Helper()
	m.write("kept.json", strings.Replace(described, "%s", description, 1))
	out := m.want(0, append(append([]string{"apply", "kept.json", "--yes"}, sampleTarget(emulator.SampleDev)...), flags...), "verdict: done")
	_, id, _ = strings.Cut(out, "receipt ")
	id, _, _ = strings.Cut(id, "\n")
	return id
}
