package command_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"ampedit/client/emulator"
)

func TestHistoryOfNothing(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.want(0, []string{"history"}, "nothing was sent from here")
	m.want(1, []string{"history", "show", "2026"}, "no such receipt")
	m.want(2, []string{"history", "shwo"}, `"shwo" is no command of history`)
	m.want(2, []string{"history", "diff"}, "needs the id of a receipt")
}

func TestHistoryListsShowsAndCompares(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	first, second := m.send("one"), m.send("two")
	out := m.want(0, []string{"history"}, first, second, "in effect", "1 to change")
	if strings.Index(out, second+" ") > strings.Index(out, first+" ") {
		t.Errorf("the newest is not the first\n%s", out)
	}
	if out := m.want(0, []string{"history", "--env", "prod"}); strings.Contains(out, first) {
		t.Errorf("a receipt of dev is listed for prod\n%s", out)
	}
	var listed struct{ ID, Verdict, Job, Result, Summary string }
	line, _, _ := strings.Cut(m.want(0, []string{"history", "--json", "--app-id", emulator.SampleAppID}), "\n")
	if err := json.Unmarshal([]byte(line), &listed); err != nil || listed.ID != second || listed.Verdict != "done" || listed.Job == "" || listed.Result != "in effect" {
		t.Errorf("%v in %s", err, line)
	}
	m.want(0, []string{"history", "show", second}, "verdict   done", "account   123456789012  eu-west-1", "caller    arn:aws:iam::123456789012:user/acme-prod",
		"read back: it is what was approved", "defaultAuthType.settings.description", `"one" → "two"`, "put-back "+second)
	var receipt map[string]any
	if err := json.Unmarshal([]byte(m.want(0, []string{"history", "show", second, "--json"})), &receipt); err != nil || receipt["requestHash"] == "" || receipt["before"] == nil {
		t.Errorf("%v: %v", err, receipt)
	}
	m.want(0, []string{"history", "diff", second}, "1 to change", "--- before/request.json", `-        "description": "one"`, `+        "description": "two"`)
	m.want(0, []string{"history", "diff", second, first}, `+        "description": "one"`, `-        "description": "two"`)
	m.want(0, []string{"history", "diff", first, first}, "nothing differs")
}

func TestHistoryHidesNoUnreadableReceipt(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	id := m.send("one")
	path := filepath.Join(xdg.StateHome, "ampedit", "receipts", id+".json")
	if err := os.WriteFile(path, []byte("half"), 0o600); err != nil {
		t.Fatal(err)
	}
	m.want(0, []string{"history"}, id+".json")
	m.write(path, "half")
	m.want(0, []string{"history", "--json"}, `"unreadable":`)
}

func TestGiveUp(t *testing.T) {
	m := newMachine(t, emulator.Options{Scenario: emulator.Stuck})
	m.leave()
	out := m.want(0, []string{"history"}, "end not recorded")
	id, _, _ := strings.Cut(out, " ")
	m.want(0, []string{"history", "give-up", id}, "is closed: started")
	m.want(0, []string{"history"}, "given up")
	m.want(1, []string{"history", "give-up", id}, "nothing remains to be found out")
	m.want(1, []string{"history", "give-up", "nosuch"}, "no such receipt")
	m.posts(1)
}

func TestPutBack(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	before := m.server.Deployed(emulator.SampleAppID, emulator.SampleDev, emulator.SampleResource)
	first := m.send("one")
	m.send("two")
	m.want(2, []string{"history", "put-back", first}, `"two" → "web client"`, "nothing was sent; --yes sends it")
	m.posts(2)
	m.want(0, []string{"history", "put-back", first, "--yes"}, "verdict: done", "COMPLETED", "read back: it is what was approved")
	m.posts(3)
	if now := m.server.Deployed(emulator.SampleAppID, emulator.SampleDev, emulator.SampleResource); now != before {
		t.Errorf("deployed is\n%s\nnot\n%s", now, before)
	}
	m.want(0, []string{"history", "put-back", first, "--yes"}, "nothing differs")
	m.posts(3)
}

// TestPutBackOfASchema brings back a model, with the schema that the receipt kept.
func TestPutBackOfASchema(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	before := m.server.Deployed(emulator.SampleAppID, emulator.SampleDev, emulator.SampleResource)
	m.write("schema.graphql", "type Other @model @auth(rules: [{ allow: public }]) {\n  id: ID!\n}\n")
	out := m.want(0, append([]string{"apply", "--schema", "schema.graphql", "--yes", "--confirm", "dev", "--accept-schema-errors"}, sampleTarget(emulator.SampleDev)...), "COMPLETED")
	_, id, _ := strings.Cut(out, "receipt ")
	id, _, _ = strings.Cut(id, "\n")
	m.want(1, []string{"history", "put-back", id, "--yes"}, "--confirm dev") // a model goes again
	m.posts(1)
	m.want(0, []string{"history", "put-back", id, "--yes", "--confirm", "dev"}, "COMPLETED")
	if now := m.server.Deployed(emulator.SampleAppID, emulator.SampleDev, emulator.SampleResource); now != before {
		t.Errorf("deployed is\n%s\nnot\n%s", now, before)
	}
}

func TestPutBackIsGuarded(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	id := m.send("one")
	m.settings("read_only: true\n")
	m.want(1, []string{"history", "put-back", id, "--yes"}, "read-only")
	m.settings("allowed_accounts: ['999999999999']\n")
	m.want(1, []string{"history", "put-back", id, "--yes"}, "is not among those of config.yaml:1 allowed_accounts")
	m.settings("protected: [dev]\n")
	m.want(1, []string{"history", "put-back", id, "--yes"}, "--confirm dev")
	m.posts(1)
	m.settings("")
	m.want(0, []string{"history", "put-back", id, "--yes"}, "COMPLETED")
	m.posts(2)
}

// TestPutBackRefusesWhatIsNotWhole has a secret in what was deployed before, which
// the receipt does not keep.
func TestPutBackRefusesWhatIsNotWhole(t *testing.T) {
	m := newMachine(t, emulator.Options{Apps: appsWith(`"web client"`, `"da2-abcdefghijklmnopqrstuvwxyz"`)})
	id := m.send("two")
	m.want(1, []string{"history", "put-back", id, "--yes"}, "cannot be put back", "held a secret in defaultAuthType.settings.description")
	m.want(0, []string{"history", "show", id}, "It cannot be put back")
	m.posts(1)
}
