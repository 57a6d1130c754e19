//go:build linux || darwin

package main_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/emulator"
	"ampedit/ui/uitest"
)

const journeySchema = `type Note @model @auth(rules: [{ allow: owner }, { allow: public, provider: apiKey, operations: [read] }]) {
  id: ID!
  title: String!
}
`

// journeyBody is what the answers of the journey come to.
const journeyBody = `{
  "resourceName": "notes",
  "resourceConfig": {
    "apiName": "notes",
    "service": "AppSync",
    "defaultAuthType": {
      "mode": "AMAZON_COGNITO_USER_POOLS",
      "settings": {"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"}
    },
    "additionalAuthTypes": [
      {"mode": "API_KEY", "settings": {"description": "key of the web app", "expirationTime": 30}},
      {"mode": "OPENID_CONNECT", "settings": {
        "openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/", "openIDClientId": "web|ios",
        "openIDIatTTL": "3600000", "openIDAuthTTL": "900000"
      }}
    ],
    "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}
  }
}`

func TestJourneyFromFirstFrameToCompleted(t *testing.T) {
	e, env := serve(t, emulator.Options{JobDuration: time.Second})
	cmd := program(t, env)
	if err := os.WriteFile(filepath.Join(cmd.Dir, "notes.graphql"), []byte(journeySchema), 0o600); err != nil {
		t.Fatal(err)
	}
	s := uitest.StartScreen(t, cmd, 80, 24)
	s.WaitFor("configuration read", emulator.SampleAccount)
	answer(s)
	s.WaitFor("[Plan]")
	s.Send(uitest.Right, uitest.Right)
	s.WaitFor("[Request]", `"resourceName": "notes"`)
	s.Send(uitest.CtrlS)
	s.WaitFor("Send this to prod?", "none running")
	s.Send("prod", uitest.Enter)
	s.WaitFor("✓ read back: it is what was approved")
	s.Send("q")
	if code := s.Wait(); code != 0 {
		t.Errorf("exit code %d after a job that completed", code)
	}
	summary := regexp.MustCompile(`^UpdateBackendAPI  d1a2b3c4d5e6f7 / prod / notes  \(123456789012, eu-west-1\)\njob \w+: COMPLETED after \d+ s\n  read back: it is what was approved\n  Local checkouts are stale now: run amplify pull in each of them.\nreceipt (\S+-prod): ampedit history show `)
	if !summary.MatchString(s.Text()) {
		t.Errorf("the summary is\n%s", s.Text())
	}
	checkJourney(t, e)
}

// answer answers every form with new values.
func answer(s *uitest.Screen) {
	typePool(s)
	s.Send(uitest.CtrlS)
	s.WaitFor("Additional authorization types")
	s.Send("d")
	s.WaitFor("u brings it back")
	s.Send("a")
	s.WaitFor("Additional authorization type ", "┃ Mode")
	s.Send(uitest.Right)
	s.WaitFor("● API key")
	s.Send(uitest.Tab, "key of the web app", uitest.Tab, "30")
	s.WaitFor("key of the web app", "30 days: ends")
	s.Send(uitest.CtrlS)
	s.WaitFor("Additional authorization types")
	s.Send("a")
	s.WaitFor("┃ Mode")
	s.Send(uitest.Right, uitest.Right, uitest.Right, uitest.Right)
	s.WaitFor("● OpenID Connect")
	for _, text := range []string{"acme", "https://id.example.com/", "web|ios", "1h", "15m"} {
		s.Send(uitest.Tab, text)
		s.WaitFor(text)
	}
	s.WaitFor("900000")
	s.Send(uitest.CtrlS)
	s.WaitFor("Additional authorization types")
	s.Send(uitest.CtrlS)
	s.WaitFor("Conflict resolution", "● As it is")
	s.Send(uitest.Right)
	s.WaitFor("● Automerge")
	s.Send(uitest.CtrlS)
	s.WaitFor("● Keep the deployed one")
	s.Send(uitest.Right)
	s.WaitFor("● From a file or folder")
	s.Send(uitest.Tab, "notes.graphql")
	s.WaitFor("4 lines to send")
	s.Send(uitest.CtrlS)
}

// checkJourney compares what the service got with what was answered.
func checkJourney(t *testing.T, e *emulator.Emulator) {
	t.Helper()
	var bodies [][]byte
	for _, r := range e.Requests() {
		if r.Operation == "UpdateBackendAPI" {
			bodies = append(bodies, r.Body)
		}
		if r.Status != 200 {
			t.Errorf("%s was answered %d", r.Path, r.Status)
		}
	}
	if len(bodies) != 1 {
		t.Fatalf("%d updates were sent, not 1", len(bodies))
	}
	var got, want map[string]any
	if err := json.Unmarshal(bodies[0], &got); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(journeyBody), &want); err != nil {
		t.Fatal(err)
	}
	want["resourceConfig"].(map[string]any)["transformSchema"] = journeySchema
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("what was sent differs from what was answered (-want +got):\n%s", diff)
	}
	if deployed := e.Deployed(emulator.SampleAppID, emulator.SampleProd, emulator.SampleResource); !strings.Contains(deployed, "AUTOMERGE") {
		t.Errorf("the job has changed nothing: %s", deployed)
	}
}

func TestDemo(t *testing.T) {
	// Whatever the user has configured, the demo does not touch it.
	cmd := program(t, []string{"AWS_PROFILE=ghost", "AWS_REGION=", "AWS_ENDPOINT_URL=http://127.0.0.1:1", "https_proxy=http://127.0.0.1:1"}, "--demo=stuck")
	s := uitest.StartScreen(t, cmd, 80, 24)
	s.WaitFor("configuration read", emulator.SampleAccount)
	s.Send("2")
	s.WaitFor("Default authorization")
	s.Send(uitest.Tab, uitest.Tab, uitest.Tab, uitest.CtrlU, "90")
	s.WaitFor("90 days: ends")
	s.Send(uitest.CtrlN, uitest.CtrlN, uitest.CtrlN, uitest.CtrlN)
	s.WaitFor("[Plan]")
	s.Send(uitest.CtrlS)
	s.WaitFor("Send this to prod?", "none running")
	s.Send("prod", uitest.Enter)
	s.WaitFor("RUNNING")
	s.Send("q")
	s.WaitFor("Leave ampedit?")
	s.Send("y")
	if code := s.Wait(); code != 4 {
		t.Errorf("exit code %d after leaving while the job runs", code)
	}
	if !strings.Contains(s.Text(), ": RUNNING") {
		t.Errorf("the summary is\n%s", s.Text())
	}
}
