package command_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"ampedit/client/emulator"
)

func TestWatchNeedsNoID(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	out := m.leave()
	m.want(0, []string{"watch"}, "COMPLETED", "read back: it is what was approved", "receipt ")
	m.posts(1)
	m.want(0, []string{"watch", jobOf(out)}, "COMPLETED") // its receipt says where it is
	m.want(0, []string{"history"}, "in effect")
}

// TestWatchFindsAJobOfAnotherEnvironment has dev checked out and the last change
// sent to prod.
func TestWatchFindsAJobOfAnotherEnvironment(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	for name, text := range notesProject {
		m.write(name, text)
	}
	m.write("kept.json", described)
	out := m.want(4, []string{"apply", "kept.json", "--env", "prod", "--yes", "--confirm", "prod", "--no-wait"})
	m.want(0, []string{"watch"}, "job "+jobOf(out)+": COMPLETED")
	m.want(2, []string{"watch", "--env", "dev"}, "no job was sent from here to dev")
}

// leave sends a change and leaves while the job runs.
func (m *machine) leave() string {
	m.t.Helper()
	m.write("kept.json", described)
	return m.want(4, append([]string{"apply", "kept.json", "--yes", "--no-wait"}, sampleTarget(emulator.SampleDev)...), "come back with ampedit watch ")
}

func jobOf(out string) string {
	_, id, _ := strings.Cut(out, "ampedit watch ")
	id, _, _ = strings.Cut(id, " ")
	return id
}

func TestWatchOfAFailedJob(t *testing.T) {
	m := newMachine(t, emulator.Options{Scenario: emulator.Failed})
	m.leave()
	m.want(3, []string{"watch"}, "FAILED", "the job FAILED: ")
	m.want(0, []string{"history"}, "FAILED")
}

func TestWatchLeavesAtItsLimit(t *testing.T) {
	m := newMachine(t, emulator.Options{JobDuration: time.Hour})
	m.leave()
	m.want(4, []string{"watch", "--timeout", "1ns"}, "the time is over; the job goes on", "come back with ampedit watch ")
	m.want(0, []string{"history"}, "end not recorded")
}

func TestWatchAsJSON(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.leave()
	var names []string
	for line := range strings.Lines(m.want(0, []string{"watch", "--json"})) {
		var event struct{ Event, Time string }
		if err := json.Unmarshal([]byte(line), &event); err != nil || event.Time == "" {
			t.Fatalf("%v in %q", err, line)
		}
		names = append(names, event.Event)
	}
	if got := strings.Join(names, " "); got != "job read-back end" {
		t.Errorf("the events are %s", got)
	}
}

func TestWatchOfAnotherTargetFindsNothing(t *testing.T) {
	m := newMachine(t, emulator.Options{})
	m.leave()
	m.want(2, []string{"watch", "--app-id", emulator.SampleAppID, "--env", "staging"}, "no job was sent from here to staging")
	m.want(2, []string{"watch", "--region", "us-east-1"}, "--app-id and --env")
}

func TestWatchOfAJobThatIsNotHere(t *testing.T) {
	m := newMachine(t, emulator.Options{Faults: []emulator.Fault{{Operation: "GetBackendJob", Status: 403, Code: "AccessDeniedException", Message: "not you"}}})
	m.want(2, []string{"watch", "nowhere"}, "--app-id and --env")
	m.want(1, append([]string{"watch", "j1"}, sampleTarget(emulator.SampleDev)...), "cannot be looked at", "not you")
	m.want(2, []string{"watch", "j1", "j2"}, "one job")
}
