package wire_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/wire"
)

func decode(t *testing.T, text string) *wire.ResourceConfig {
	t.Helper()
	config := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(text), config); err != nil {
		t.Fatalf("decode %s: %v", text, err)
	}
	return config
}

func TestRoundTripKeepsWhatWasThere(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":               `{}`,
		"empty and absent":      `{"apiName":"","additionalAuthTypes":[]}`,
		"empty objects":         `{"defaultAuthType":{"settings":{}},"conflictResolution":{}}`,
		"unknown enum values":   `{"defaultAuthType":{"mode":"AWS_LAMBDA"},"conflictResolution":{"resolutionStrategy":"LATER"}}`,
		"unknown members":       `{"service":"AppSync","future":{"a":[1,null]},"quota":5}`,
		"unknown, nested":       `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"d","more":true},"extra":"x"}}`,
		"only unknown":          `{"future":1}`,
		"no escapes for HTML":   `{"transformSchema":"type A @model { a: Int } # <&>"}`,
		"a number as text":      `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":"7","description":"d"}}}`,
		"text as a number":      `{"apiName":7,"defaultAuthType":{"mode":true,"settings":{"openIDAuthTTL":3600000,"more":1}}}`,
		"not understood":        `{"apiName":{"a":1},"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":"soon","description":["d"]}}}`,
		"other shapes":          `{"defaultAuthType":"API_KEY","additionalAuthTypes":{"mode":"AWS_IAM"},"conflictResolution":[],"future":1}`,
		"other, nested":         `{"additionalAuthTypes":[{"mode":["AWS_IAM"],"settings":"none"},{"mode":"AWS_IAM","settings":{"expirationTime":{}}}],"conflictResolution":{"resolutionStrategy":{}}}`,
		"fraction of a day":     `{"defaultAuthType":{"settings":{"expirationTime":30.5}}}`,
		"every setting at once": `{"additionalAuthTypes":[{"mode":"OPENID_CONNECT","settings":{"cognitoUserPoolId":"p","description":"d","expirationTime":7,"openIDAuthTTL":"1","openIDClientId":"c","openIDIatTTL":"2","openIDIssueURL":"https://i","openIDProviderName":"n"}}]}`,
	} {
		t.Run(name, func(t *testing.T) {
			got, err := wire.Body(decode(t, text))
			if err != nil {
				t.Fatal(err)
			}
			var want, have any
			if err := json.Unmarshal([]byte(text), &want); err != nil {
				t.Fatal(err)
			}
			if err := json.Unmarshal(got, &have); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, have); diff != "" {
				t.Errorf("(-read +sent)\n%s", diff)
			}
		})
	}
}

// A member of another type than the model says makes nothing else unreadable, and is
// sent as something else only once it is set to something else.
func TestMembersOfAnotherType(t *testing.T) {
	days := func(n float64) *float64 { return &n }
	for text, c := range map[string]struct {
		read *float64
		set  *float64 // to which it is set then
		want string   // what is sent then
		odd  []wire.Oddity
	}{
		`"7"`:     {days(7), days(30), `30`, nil},
		`" 7.5 "`: {days(7.5), days(7.5), `" 7.5 "`, []wire.Oddity{{Path: "defaultAuthType.settings.expirationTime", Raw: `" 7.5 "`, Understood: true}}},
		`"7" `:    {days(7), nil, ``, nil},
		`7`:       {days(7), days(7), `7`, nil},
		`"soon"`:  {nil, nil, `"soon"`, []wire.Oddity{{Path: "defaultAuthType.settings.expirationTime", Raw: `"soon"`}}},
		`""`:      {nil, nil, `""`, []wire.Oddity{{Path: "defaultAuthType.settings.expirationTime", Raw: `""`}}},
		`"0x7"`:   {nil, days(7), `7`, nil},
		`"NaN"`:   {nil, days(7), `7`, nil},
		`[7]`:     {nil, days(7), `7`, nil},
		`true`:    {nil, nil, `true`, []wire.Oddity{{Path: "defaultAuthType.settings.expirationTime", Raw: `true`}}},
	} {
		config := decode(t, `{"apiName":"notes","defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":`+text+`,"description":"d"}}}`)
		s := config.DefaultAuthType.Settings
		if diff := cmp.Diff(c.read, s.ExpirationTime); diff != "" || wire.Text(s.Description) != "d" || wire.Text(config.APIName) != "notes" {
			t.Errorf("%s: read (-want +got):\n%s", text, diff)
		}
		s.ExpirationTime = c.set
		want := `{"description":"d","expirationTime":` + c.want + `}`
		if c.want == "" {
			want = `{"description":"d"}`
		}
		if sent, err := json.Marshal(config.Clone().DefaultAuthType.Settings); err != nil || string(sent) != want {
			t.Errorf("%s: sent is %s, not %s, %v", text, sent, want, err)
		}
		if diff := cmp.Diff(c.odd, config.Oddities()); diff != "" {
			t.Errorf("%s: oddities (-want +got):\n%s", text, diff)
		}
	}
}

// What was not understood has a meaning of its own, what was understood that of its
// value.
func TestMeaningOfAnotherType(t *testing.T) {
	with := func(days string) *wire.ResourceConfig {
		return decode(t, `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":`+days+`}}}`)
	}
	if !wire.SameMeaning(with(`"7"`), with(`7`)) {
		t.Error("seven is not seven")
	}
	if wire.SameMeaning(with(`"soon"`), with(`"later"`)) || wire.SameMeaning(with(`"soon"`), with(`null`)) {
		t.Error("what is not understood means nothing")
	}
	if got := wire.Differences(with(`"soon"`), with(`"later"`)); len(got) != 1 {
		t.Errorf("the differences are %q", got)
	}
}

func TestNullCountsAsAbsent(t *testing.T) {
	config := decode(t, `{"apiName":null,"additionalAuthTypes":null,"defaultAuthType":{"mode":null}}`)
	body, err := wire.Body(config)
	if err != nil {
		t.Fatal(err)
	}
	if got, want := string(body), "{\n  \"defaultAuthType\": {}\n}"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAnswersAreReadTolerantly(t *testing.T) {
	var job wire.Job
	text := `{"jobId":17,"status":"RUNNING","createTime":1763800000.5,"shard":"a"}`
	if err := json.Unmarshal([]byte(text), &job); err != nil {
		t.Fatal(err)
	}
	if *job.JobID != "17" || *job.CreateTime != "1763800000.5" || *job.Status != "RUNNING" {
		t.Errorf("got job %s, created %s, status %s", *job.JobID, *job.CreateTime, *job.Status)
	}
	for text, want := range map[string]wire.JobStatus{`{"status":7}`: "7", `{"status":true}`: "true", `{"status":""}`: ""} {
		var job wire.Job
		var out wire.UpdateBackendAPIOutput
		if err := errors.Join(json.Unmarshal([]byte(text), &job), json.Unmarshal([]byte(text), &out)); err != nil {
			t.Fatal(err)
		}
		if *job.Status != want || *out.Status != want {
			t.Errorf("%s: status %q and %q", text, *job.Status, *out.Status)
		}
	}
	if job.Error != nil || job.UpdateTime != nil {
		t.Error("absent members became present")
	}
	if string(job.Unknown["shard"]) != `"a"` {
		t.Errorf("unknown members: %v", job.Unknown)
	}
}

func TestAnswersOfAnotherShapeAreErrors(t *testing.T) {
	for _, text := range []string{`[]`, `"x"`, `{"jobId":{}}`, `{"jobId":["a"]}`} {
		var out wire.UpdateBackendAPIOutput
		if err := json.Unmarshal([]byte(text), &out); err == nil {
			t.Errorf("%s was taken for an answer", text)
		}
	}
}

func TestBodyIsIndentedAndStable(t *testing.T) {
	input := &wire.UpdateBackendAPIInput{
		AppID: "d123", BackendEnvironmentName: "dev", ResourceName: "notes",
		ResourceConfig: decode(t, `{"zeta":1,"alpha":2,"apiName":"notes"}`),
	}
	want := "{\n  \"resourceName\": \"notes\",\n  \"resourceConfig\": {\n    \"apiName\": \"notes\",\n    \"alpha\": 2,\n    \"zeta\": 1\n  }\n}"
	for range 20 {
		body, err := wire.Body(input)
		if err != nil {
			t.Fatal(err)
		}
		if string(body) != want {
			t.Fatalf("got %s\nwant %s", body, want)
		}
	}
	if wire.ShortHash([]byte(want)) != wire.Hash([]byte(want))[:7] {
		t.Error("the short hash is not the beginning of the hash")
	}
}

func TestBodyRefusesInvalidUTF8AndNamesTheMember(t *testing.T) {
	bad := "a\xff"
	for member, config := range map[string]*wire.ResourceConfig{
		"transformSchema": {TransformSchema: &bad},
		"additionalAuthTypes[0].settings.description": {
			AdditionalAuthTypes: []wire.AuthType{{Settings: &wire.AuthSettings{Description: &bad}}},
		},
	} {
		_, err := wire.Body(&wire.UpdateBackendAPIInput{ResourceConfig: config})
		if err == nil || !strings.Contains(err.Error(), member) {
			t.Errorf("%s: got %v", member, err)
		}
	}
}

func TestCloneSharesNothing(t *testing.T) {
	config := decode(t, `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"a"}},"additionalAuthTypes":[]}`)
	copied := config.Clone()
	if !copied.Equal(config) || copied.AdditionalAuthTypes == nil {
		t.Fatal("the clone differs")
	}
	*copied.DefaultAuthType.Settings.Description = "b"
	if *config.DefaultAuthType.Settings.Description != "a" || copied.Equal(config) {
		t.Error("a change of the clone reached the original")
	}
	var none *wire.ResourceConfig
	if none.Clone() != nil || !none.Equal(nil) || none.Equal(config) {
		t.Error("nil is not handled as absent")
	}
}

// What a terminal would not draw is sent escaped, so that what is shown is what is sent.
func TestABodyIsDrawnWhole(t *testing.T) {
	name := "a\u009b\u202e\u200b\ufe0f\U000E0041z"
	body, err := wire.Body(&wire.ResourceConfig{APIName: &name})
	if want := "{\n  \"apiName\": \"a\\u009b\\u202e\\u200b\\ufe0f\\udb40\\udc41z\"\n}"; err != nil || string(body) != want {
		t.Errorf("%s, want %s, error %v", body, want, err)
	}
	if got := decode(t, string(body)); got.APIName == nil || *got.APIName != name {
		t.Errorf("it says %v", got.APIName)
	}
}
