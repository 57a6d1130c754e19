package command_test

import (
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"

	"ampedit/client/emulator"
)

// guard is one that keeps a change from being sent, and what takes it out of the way.
type guard struct {
	name        string
	options     emulator.Options
	settings    string
	environment string // dev unless it is set
	profile     string
	flags       []string
	kind, says  string
	asks        bool     // the environment's name is asked for, else nothing can be sent
	allow       []string // flags with which it goes through
	settle      string   // settings with which it goes through
}

var guards = []guard{
	{
		name: "account", settings: "bell: true\nallowed_accounts: ['999999999999']\n",
		kind: "account", says: "account 123456789012 is not among those of config.yaml:2 allowed_accounts", settle: "allowed_accounts: ['123456789012']\n",
	},
	{
		name: "account that cannot be verified", settings: "allowed_accounts: ['123456789012']\n", profile: "mute",
		kind: "account", says: "the account could not be verified, and config.yaml:1 allowed_accounts allows only some: ", settle: "bell: true\n",
	},
	{name: "read-only by a flag", flags: []string{"--read-only"}, kind: "read-only", says: "read-only: --read-only", allow: []string{"--read-only=false"}},
	{
		name: "read-only by the settings", settings: "\n\nread_only: true\n",
		kind: "read-only", says: "read-only: config.yaml:3 read_only", settle: "read_only: false\n",
	},
	{
		name: "read-only profile", settings: "bell: true\nread_only_profiles: ['audit-*']\n", profile: "audit-eu",
		kind: "read-only", says: "read-only: config.yaml:2 read_only_profiles audit-* matches audit-eu", settle: "read_only_profiles: ['other']\n",
	},
	{
		name: "job", options: emulator.Options{Events: []emulator.Event{{
			FromStart: true, AppID: emulator.SampleAppID, Environment: emulator.SampleDev, Job: emulator.Job{ID: "0ddba110", Operation: "GenerateBackendAPIModels", Duration: time.Hour},
		}}},
		kind: "job", says: "job 0ddba110 (GenerateBackendAPIModels) is RUNNING, since ",
	},
	{name: "protected environment", environment: emulator.SampleProd, kind: "protected", asks: true, says: "prod is protected (prod*, by default)", allow: []string{"--confirm", "prod"}},
	{
		name: "protected by the settings", settings: "protected: ['d*']\n",
		kind: "protected", asks: true, says: "dev is protected (d*, config.yaml:1 protected)", allow: []string{"--confirm", "dev"},
	},
	{
		name: "another environment confirmed", environment: emulator.SampleProd, flags: []string{"--confirm", "dev"},
		kind: "protected", asks: true, says: "prod is protected (prod*, by default)", allow: []string{"--confirm", "prod"},
	},
}

// machine is where the guard stands.
func (g guard) machine(t *testing.T) *machine {
	m := newMachine(t, g.options)
	m.settings(g.settings)
	if g.profile != "" {
		m.write("aws-config", "[profile audit-eu]\nregion = eu-west-1\n[profile mute]\nregion = eu-west-1\nservices = mute\n[services mute]\nsts =\n  endpoint_url = http://127.0.0.1:1\n")
		t.Setenv("AWS_CONFIG_FILE", "aws-config")
		t.Setenv("AWS_PROFILE", g.profile)
		t.Setenv("AWS_MAX_ATTEMPTS", "1")
	}
	if g.profile == "mute" { // the variable would be before the profile's services
		t.Setenv("AWS_ENDPOINT_URL_AMPLIFYBACKEND", os.Getenv("AWS_ENDPOINT_URL"))
		t.Setenv("AWS_ENDPOINT_URL_STS", "http://127.0.0.1:1")
		t.Setenv("AWS_ENDPOINT_URL", "")
	}
	m.write("kept.json", described)
	return m
}

func (g guard) target() []string {
	if g.environment == "" {
		return sampleTarget(emulator.SampleDev)
	}
	return sampleTarget(g.environment)
}

// receipts are the names of all receipts on the machine.
func (m *machine) receipts() (names []string) {
	m.t.Helper()
	err := fs.WalkDir(os.DirFS(filepath.Join(xdg.StateHome, "ampedit")), ".", func(name string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() && strings.HasPrefix(name, "receipts/") && strings.HasSuffix(name, ".json") {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		m.t.Fatal(err)
	}
	return names
}

// TestGuardsSpeakFirst takes each guard through each command: the first thing that is
// printed is the reason, and nothing is sent, recorded or said to be on its way.
func TestGuardsSpeakFirst(t *testing.T) {
	faces := []struct {
		name  string
		args  []string
		code  int
		plain bool // lines for people
	}{
		{"plan", []string{"plan", "kept.json"}, 0, true},
		{"plan --json", []string{"plan", "kept.json", "--json"}, 0, false},
		{"apply", []string{"apply", "kept.json"}, 1, true},
		{"apply --yes", []string{"apply", "kept.json", "--yes"}, 1, true},
		{"apply --yes --json", []string{"apply", "kept.json", "--yes", "--json"}, 1, false},
	}
	for _, g := range guards {
		for _, face := range faces {
			t.Run(g.name+"/"+face.name, func(t *testing.T) {
				m := g.machine(t)
				args := append(append([]string{}, face.args...), g.target()...)
				if face.code != 0 || g.kind != "protected" { // plan takes no --confirm
					args = append(args, g.flags...)
				}
				code, out, errOut := m.run(args...)
				if code != face.code {
					t.Errorf("it exits with %d\n%s\n%s", code, out, errOut)
				}
				first, _, _ := strings.Cut(out, "\n")
				if face.plain {
					if !strings.Contains(first, g.says) || strings.HasPrefix(first, "nothing can be sent: ") == g.asks {
						t.Errorf("the first line is %q", first)
					}
				} else {
					var event struct {
						Event, Guard, Text string
						Forbids            *bool
					}
					err := json.Unmarshal([]byte(first), &event)
					if err != nil || event.Event != "guard" || event.Guard != g.kind || !strings.HasPrefix(event.Text, g.says) || event.Forbids == nil || *event.Forbids == g.asks {
						t.Errorf("the first event is %s: %v", first, err)
					}
				}
				if code == 1 && !strings.HasPrefix(errOut, "ampedit: nothing was sent: ") {
					t.Errorf("the error is %q", errOut)
				}
				for _, word := range []string{"sending", "on its way", "without --read-only", "progress"} {
					if strings.Contains(out+errOut, word) {
						t.Errorf("it prints %q:\n%s\n%s", word, out, errOut)
					}
				}
				if names := m.receipts(); len(names) > 0 {
					t.Errorf("receipts %q", names)
				}
				m.posts(0)
			})
		}
	}
}

// TestNothingLeavesThatMayNot has each refused change go through once its guard is out
// of the way.
func TestNothingLeavesThatMayNot(t *testing.T) {
	for _, g := range guards {
		if g.kind == "job" { // the emulator itself refuses a second one
			continue
		}
		t.Run(g.name, func(t *testing.T) {
			m := g.machine(t)
			args := append(append([]string{"apply", "kept.json", "--yes"}, g.target()...), g.flags...)
			m.want(1, args, g.says)
			m.posts(0)
			if g.settle != "" {
				m.settings(g.settle)
			}
			m.want(0, append(args, g.allow...), "COMPLETED")
			m.posts(1)
		})
	}
	t.Run("no --yes", func(t *testing.T) {
		m := newMachine(t, emulator.Options{})
		args := m.apply("--yes=false")
		m.want(2, args, "--yes sends it")
		m.posts(0)
		m.want(0, append(args, "--yes"), "COMPLETED")
		m.posts(1)
	})
}

// TestWatchingNeedsNoGuard watches a job that was sent before the session became
// read-only.
func TestWatchingNeedsNoGuard(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	id := m.send("one")
	m.settings("read_only: true\nallowed_accounts: ['999999999999']\n")
	out := m.want(0, []string{"watch", id, "--read-only"}, "verdict: done")
	if strings.Contains(out, "read-only") || strings.Contains(out, "guard") {
		t.Errorf("watch says\n%s", out)
	}
}

// TestEverySourceOfTheRegionCounts plans in us-east-1, where the deployed pool is not,
// whoever says so.
func TestEverySourceOfTheRegionCounts(t *testing.T) {
	const warning = "The pool is in eu-west-1, the backend in us-east-1"
	for name, set := range map[string]func(t *testing.T, m *machine) []string{
		"flag":     func(*testing.T, *machine) []string { return []string{"--region", "us-east-1"} },
		"variable": func(t *testing.T, _ *machine) []string { t.Setenv("AWS_REGION", "us-east-1"); return nil },
		"default variable": func(t *testing.T, _ *machine) []string {
			t.Setenv("AWS_REGION", "")
			t.Setenv("AWS_DEFAULT_REGION", "us-east-1")
			return nil
		},
		"profile": func(t *testing.T, m *machine) []string {
			t.Setenv("AWS_REGION", "")
			m.write("aws-config", "[profile far]\nregion = us-east-1\naws_access_key_id = "+m.server.Credentials().AccessKeyID+"\naws_secret_access_key = "+m.server.Credentials().SecretAccessKey+"\n")
			t.Setenv("AWS_CONFIG_FILE", "aws-config")
			return []string{"--profile", "far"}
		},
		"project": func(t *testing.T, m *machine) []string {
			t.Setenv("AWS_REGION", "")
			m.write("amplify/team-provider-info.json", `{"dev":{"awscloudformation":{"Region":"us-east-1","StackName":"amplify-x-dev-1","AmplifyAppId":"`+emulator.SampleAppID+`"}}}`)
			m.write("amplify/backend/backend-config.json", `{"api":{"notes":{"service":"AppSync"}}}`)
			return nil
		},
	} {
		t.Run(name, func(t *testing.T) {
			m := newMachine(t, emulator.Options{})
			more := set(t, m)
			m.write("kept.json", described)
			for _, args := range [][]string{{"plan", "kept.json"}, {"apply", "kept.json", "--yes"}} {
				m.want(0, append(append(args, sampleTarget(emulator.SampleDev)...), more...), warning)
			}
		})
	}
}
