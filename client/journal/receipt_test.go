package journal

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/redact"
	"ampedit/client/wire"
)

// everything is a receipt in which no member is empty. Begin sets its ID, Time and
// Version.
func everything() Receipt {
	r := intent(prod)
	r.ID, r.Time, r.Version = "2026-11-22T14-03-31Z-prod", began, "1.2.3"
	r.MeaningHash, r.BeforeHash = wire.MeaningHash(r.Sent), wire.MeaningHash(r.Before)
	r.PassedOver = []string{"job-2"}
	r.BeforeRedacted = true
	for _, c := range []*wire.ResourceConfig{r.Before, r.Sent} {
		c.Service = ptr("AppSync")
		a := wire.AuthType{Mode: ptr(wire.ModeOIDC), Settings: &wire.AuthSettings{
			CognitoUserPoolID: ptr("eu-west-1_AbCdEfGhi"), Description: ptr("da2-abcdefghij was here"), ExpirationTime: ptr(7.5), OpenIDAuthTTL: ptr("1"),
			OpenIDClientID: ptr("client"), OpenIDIatTTL: ptr("2"), OpenIDIssueURL: ptr("https://issuer"), OpenIDProviderName: ptr("name"),
			Unknown: wire.Members{"more": []byte(`true`)},
		}, Unknown: wire.Members{"extra": []byte(`"x"`)}}
		c.DefaultAuthType, c.AdditionalAuthTypes = &a, []wire.AuthType{a, a}
		c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: ptr(wire.StrategyLambda), Unknown: wire.Members{"per": []byte(`[1,{"a":null}]`)}}
		c.Unknown = wire.Members{"future": []byte(`{"a":[1,2]}`)}
	}
	r.Attempts = []Attempt{
		{Left: began.Add(1 * time.Millisecond), Ended: began.Add(2 * time.Millisecond), End: "did not act"},
		{Left: began.Add(3 * time.Millisecond), Ended: began.Add(4 * time.Millisecond), End: "lost"},
	}
	r.Answer = &Answer{
		AppID: prod.AppID, Environment: prod.Environment, Error: "a word", JobID: "job-3", Operation: "UpdateBackendAPI", Status: "CREATED",
		RequestID: "7f0e6d1c-0000-4000-8000-000000000000",
	}
	r.Mark = "mark-1"
	r.Verdict, r.Reason, r.Error = "unconfirmed", "differs", "504 Gateway Timeout"
	r.AnsweredAt = began.Add(5 * time.Millisecond)
	r.JobID, r.Operation, r.Status, r.JobError = "job-3", "UpdateBackendAPI", "COMPLETED", "<b>line one\nline two & ünïcode \u2028"
	r.CreateTime, r.UpdateTime = "1763820211.006", "Sun, 22 Nov 2026 14:05:00 GMT"
	r.StartedAt, r.EndedAt = began.Add(6*time.Millisecond), began.Add(time.Minute)
	r.Late = []string{"job-9"}
	r.Candidates = []wire.Job{{
		AppID: ptr(prod.AppID), BackendEnvironmentName: ptr("prod"), CreateTime: ptr("7"), Error: ptr("e"), JobID: ptr("job-4"),
		Operation: ptr("o"), Status: ptr(wire.JobStatus("RUNNING")), UpdateTime: ptr("8"), Unknown: wire.Members{"shard": []byte(`1`)},
	}}
	r.ReadBack = &ReadBack{At: began.Add(time.Hour), Same: true, Differs: []string{"transformSchema"}, Notes: []string{"future"}, Error: "denied"}
	r.Abandoned, r.Closed, r.InEffect = began.Add(2*time.Hour), began.Add(3*time.Hour), ptr(true)
	return r
}

// empty returns the paths of what is zero below v.
func empty(v reflect.Value, path string) []string {
	var out []string
	switch {
	case v.IsZero():
		return []string{path}
	case v.Type() == reflect.TypeFor[time.Time]():
	case v.Kind() == reflect.Pointer:
		return empty(v.Elem(), path)
	case v.Kind() == reflect.Slice:
		for i := range v.Len() {
			out = append(out, empty(v.Index(i), fmt.Sprintf("%s[%d]", path, i))...)
		}
	case v.Kind() == reflect.Struct:
		for i := range v.NumField() {
			if v.Type().Field(i).Name == "Odd" {
				continue // in the place of other members, and package wire's to keep
			}
			out = append(out, empty(v.Field(i), path+"."+v.Type().Field(i).Name)...)
		}
	}
	return out
}

func TestEveryMemberIsKept(t *testing.T) {
	j, _ := openNew(t)
	in := everything()
	if gaps := empty(reflect.ValueOf(in), "receipt"); len(gaps) > 0 {
		t.Fatalf("the receipt leaves out %q", gaps)
	}
	begun, err := mustLock(t, j, prod).Begin(in)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(in, begun); diff != "" {
		t.Errorf("begun (-want +got):\n%s", diff)
	}
	want := everything()
	want.Candidates[0].Unknown = nil // what a job is known to be is enough
	for _, c := range []*wire.ResourceConfig{want.Before, want.Sent} {
		for _, a := range append(c.AdditionalAuthTypes, *c.DefaultAuthType) {
			a.Settings.Description = ptr(redact.Gap + " was here")
		}
	}
	check := func(stage string) {
		t.Helper()
		if diff := cmp.Diff(want, mustGet(t, j, want.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", stage, diff)
		}
	}
	check("begun")
	for _, open := range []bool{true, true, false} { // also what was read is written again
		mustSave(t, j, mustGet(t, j, want.ID), open)
		check(fmt.Sprint("saved, open ", open))
	}
	checkClosed(t, j, mustGet(t, j, want.ID))
	check("refused")
}

// What is not known is left out, and stays so.
func TestAbsentMembersStayAbsent(t *testing.T) {
	j, _ := openNew(t)
	want, err := mustLock(t, j, prod).Begin(Receipt{Verdict: "unknown", Target: prod})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, mustGet(t, j, want.ID)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// The journal does not read the texts that the service gives as times: they are kept
// as they are. What is understood of them comes from client.JobTime, which knows no
// time before 1970 or after 9999. JSON can say all those, so a receipt never fails to
// be written over what the service says.
func TestTimesOfTheServiceAreKeptAsWritten(t *testing.T) {
	for _, text := range []string{
		"", " ", "0", "-1", "1763820211", "1763820211.5e0", "1e400", "NaN", "yesterday", "2026-11-22T14:03:31+01:00", " 2026-11-22 ",
		"+292277026596-12-04T15:30:07Z", "0000-00-00T00:00:00Z", "31 ноября", "\"quoted\" \\ <&> \u2028\t\n\x00\x7f", strings.Repeat("9", 4000),
	} {
		t.Run(fmt.Sprintf("%.20q", text), func(t *testing.T) {
			j, _ := openNew(t)
			r := mustBegin(t, j, prod)
			r.CreateTime, r.UpdateTime = text, text+"'"
			r.Candidates = []wire.Job{{CreateTime: &text, UpdateTime: &text}}
			r.StartedAt, r.EndedAt = time.Unix(0, 1000).UTC(), time.Date(9999, 12, 31, 23, 59, 59, 999999000, time.UTC)
			for _, open := range []bool{true, false} {
				mustSave(t, j, r, open)
				if diff := cmp.Diff(r, mustGet(t, j, r.ID)); diff != "" {
					t.Errorf("(-want +got):\n%s", diff)
				}
			}
		})
	}
}

func TestTook(t *testing.T) {
	for _, test := range []struct {
		name                     string
		started, answered, ended time.Duration // since began; negative means not known
		want                     time.Duration // negative means not known
	}{
		{"by the service's account", time.Second, 5 * time.Second, time.Minute, 59 * time.Second},
		{"from the answer", -1, 5 * time.Second, time.Minute, 55 * time.Second},
		{"still running", time.Second, 5 * time.Second, -1, -1},
		{"no start", -1, -1, time.Minute, -1},
		{"clocks that disagree", time.Minute, -1, time.Second, -1},
		{"no time at all", time.Minute, -1, time.Minute, -1},
	} {
		t.Run(test.name, func(t *testing.T) {
			at := func(d time.Duration) time.Time {
				if d < 0 {
					return time.Time{}
				}
				return began.Add(d)
			}
			r := Receipt{AnsweredAt: at(test.answered), StartedAt: at(test.started), EndedAt: at(test.ended)}
			got, known := r.Took()
			if known != (test.want >= 0) || known && got != test.want {
				t.Errorf("%v, known %v; want %v", got, known, test.want)
			}
		})
	}
}
