package forms_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"ampedit/client/wire"
	"ampedit/forms"
)

func TestFieldsFollowTheMode(t *testing.T) {
	for mode, want := range map[string][]forms.Key{
		"":                          {forms.KeyMode},
		"AWS_IAM":                   {forms.KeyMode},
		"LATER":                     {forms.KeyMode},
		"API_KEY":                   {forms.KeyMode, forms.KeyDescription, forms.KeyExpiration},
		"AMAZON_COGNITO_USER_POOLS": {forms.KeyMode, forms.KeyUserPool},
		"OPENID_CONNECT":            {forms.KeyMode, forms.KeyProviderName, forms.KeyIssuer, forms.KeyClientID, forms.KeyIatTTL, forms.KeyAuthTTL},
	} {
		a := forms.NewAnswers()
		a.Set(primary(forms.KeyMode), mode)
		for name, fields := range map[string][]forms.Field{
			"default": forms.Fields(forms.StepDefault, a), "entry": forms.EntryFields(a.Add(mode)),
		} {
			if got := keys(fields); !slices.Equal(got, want) {
				t.Errorf("%s %q: got %q, want %q", name, mode, got, want)
			}
		}
	}
}

func keys(fields []forms.Field) []forms.Key {
	var out []forms.Key
	for _, f := range fields {
		out = append(out, f.Key)
	}
	return out
}

func TestFieldsOfTheOtherSteps(t *testing.T) {
	a := forms.NewAnswers()
	if got := keys(forms.Fields(forms.StepSchema, a)); !slices.Equal(got, []forms.Key{forms.KeySchemaSource}) {
		t.Errorf("schema kept: %q", got)
	}
	a.Set(source, forms.SourceFile)
	if got := keys(forms.Fields(forms.StepSchema, a)); !slices.Equal(got, []forms.Key{forms.KeySchemaSource, forms.KeySchemaPath}) {
		t.Errorf("schema from a file: %q", got)
	}
	if got := forms.Fields(forms.StepMore, a); got != nil {
		t.Errorf("the list has fields of its own: %v", got)
	}
	if got := len(forms.Fields(forms.StepTarget, a)); got != 7 {
		t.Errorf("target has %d fields", got)
	}
}

// TestFieldsExplainThemselves holds that every question comes with a label, help
// and what else its kind needs.
func TestFieldsExplainThemselves(t *testing.T) {
	a, _ := opened(t, notes)
	a.Set(source, forms.SourceFile)
	a.Set(strategy, "LATER")
	a.Add("LATER")
	for _, step := range forms.Steps() {
		if step.Title() == "" {
			t.Errorf("step %d has no title", step)
		}
	}
	for _, ref := range allRefs(a) {
		f := field(a, ref)
		if f.Label == "" || !strings.HasSuffix(f.Help, ".") {
			t.Errorf("%s: label %q, help %q", f.Key, f.Label, f.Help)
		}
		if f.Kind != forms.KindChoice && f.Example == "" {
			t.Errorf("%s has no example", f.Key)
		}
		offered := f.Kind != forms.KindChoice
		for _, o := range f.Options {
			offered = offered || o.Value == a.Text(ref)
			if o.Label == "" || !strings.HasSuffix(o.Help, ".") {
				t.Errorf("%s: option %q has the label %q and the help %q", f.Key, o.Value, o.Label, o.Help)
			}
		}
		if !offered {
			t.Errorf("%s does not offer its own value %q", f.Key, a.Text(ref))
		}
	}
}

func field(a *forms.Answers, ref forms.Ref) forms.Field {
	fields := forms.Fields(ref.Step, a)
	if e := a.Entry(ref.Entry); e != nil {
		fields = forms.EntryFields(e)
	}
	return fields[slices.IndexFunc(fields, func(f forms.Field) bool { return f.Key == ref.Key })]
}

func TestRequestOfNothing(t *testing.T) {
	a := forms.NewAnswers()
	a.Set(target(forms.KeyService), "")
	wantJSON(t, config(t, a, forms.Context{Now: noon}), `{}`)
}

func TestRequestNamesItsTarget(t *testing.T) {
	a, c := opened(t, notes)
	a.Set(target(forms.KeyAppID), " d9 ")
	a.Set(target(forms.KeyProfile), "acme")
	in := forms.Request(a, c)
	if in.AppID != "d9" || in.BackendEnvironmentName != "prod" || in.ResourceName != "notes" {
		t.Errorf("got %q, %q, %q", in.AppID, in.BackendEnvironmentName, in.ResourceName)
	}
}

// TestRequestWithoutABase writes every setting under its mode.
func TestRequestWithoutABase(t *testing.T) {
	a, c := forms.NewAnswers(), forms.Context{Now: noon}
	a.Set(target(forms.KeyAPIName), " notes ")
	all(
		set(primary(forms.KeyMode), "API_KEY"), set(primary(forms.KeyDescription), " web "), set(primary(forms.KeyExpiration), " 30 "),
		add("AMAZON_COGNITO_USER_POOLS", map[forms.Key]string{forms.KeyUserPool: "eu-west-1_AbCdEfGhi\n"}),
		add("OPENID_CONNECT", map[forms.Key]string{
			forms.KeyProviderName: "acme", forms.KeyIssuer: "https://id.example.com/", forms.KeyClientID: "web|ios",
			forms.KeyIatTTL: "1h", forms.KeyAuthTTL: "7200000", forms.KeyDescription: "not OpenID Connect's"}),
		add("", nil), add("AWS_IAM", nil), set(strategy, "AUTOMERGE"),
	)(a, &c)
	fromFile(a, &c, "type A { a: Int }\n")
	wantJSON(t, config(t, a, c), `{
	  "apiName": "notes", "service": "AppSync", "transformSchema": "type A { a: Int }\n",
	  "defaultAuthType": {"mode": "API_KEY", "settings": {"description": " web ", "expirationTime": 30}},
	  "additionalAuthTypes": [
	    {"mode": "AMAZON_COGNITO_USER_POOLS", "settings": {"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"}},
	    {"mode": "OPENID_CONNECT", "settings": {"openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/",
	      "openIDClientId": "web|ios", "openIDIatTTL": "3600000", "openIDAuthTTL": "7200000"}},
	    {"mode": "AWS_IAM"}],
	  "conflictResolution": {"resolutionStrategy": "AUTOMERGE"}}`)
}

// TestAbsentEmptyAndSet edits one member of each kind in each direction.
func TestAbsentEmptyAndSet(t *testing.T) {
	for _, test := range []struct {
		name, base string
		edit       func(*forms.Answers, *forms.Context)
		want       string
	}{
		{"set to another", `{"apiName":"a"}`, set(target(forms.KeyAPIName), "b"), `{"apiName":"b"}`},
		{"set to absent", `{"apiName":"a"}`, set(target(forms.KeyAPIName), ""), `{}`},
		{"absent to set", `{}`, set(target(forms.KeyAPIName), "b"), `{"apiName":"b"}`},
		{"absent stays after a detour", `{}`, all(set(target(forms.KeyAPIName), "b"), set(target(forms.KeyAPIName), "")), `{}`},
		{"empty stays", `{"apiName":""}`, all(), `{"apiName":""}`},
		{"empty stays after a detour", `{"apiName":""}`, all(set(target(forms.KeyAPIName), "b"), set(target(forms.KeyAPIName), "")), `{"apiName":""}`},
		{"white space stays as it was read", `{"apiName":" a "}`, all(), `{"apiName":" a "}`},
		{"description to empty", `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":"a"}}}`, set(primary(forms.KeyDescription), ""),
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"description":""}}}`},
		{"client id to empty", `{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{"openIDClientId":"a"}}}`, set(primary(forms.KeyClientID), ""),
			`{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{"openIDClientId":""}}}`},
		{"pool to absent", `{"defaultAuthType":{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{"cognitoUserPoolId":"a"}}}`, set(primary(forms.KeyUserPool), ""),
			`{"defaultAuthType":{"mode":"AMAZON_COGNITO_USER_POOLS","settings":{}}}`},
		{"days to absent", `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":7}}}`, set(primary(forms.KeyExpiration), ""),
			`{"defaultAuthType":{"mode":"API_KEY","settings":{}}}`},
		{"days that mean nothing", `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":7}}}`, set(primary(forms.KeyExpiration), "soon"),
			`{"defaultAuthType":{"mode":"API_KEY","settings":{}}}`},
		{"days with a fraction stay", `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30.5}}}`, all(),
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30.5}}}`},
		{"stray settings and unknown members stay", `{"future":1,"defaultAuthType":{"mode":"API_KEY","x":2,"settings":{"openIDIssueURL":"u","y":3}}}`,
			set(primary(forms.KeyExpiration), "30"), `{"future":1,"defaultAuthType":{"mode":"API_KEY","x":2,"settings":{"openIDIssueURL":"u","y":3,"expirationTime":30}}}`},
		{"another mode drops them", `{"defaultAuthType":{"mode":"API_KEY","x":2,"settings":{"description":"a","y":3}}}`, set(primary(forms.KeyMode), "AWS_IAM"),
			`{"defaultAuthType":{"mode":"AWS_IAM"}}`},
		{"the same lifetime in other words", `{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{"openIDIatTTL":"3600000"}}}`, set(primary(forms.KeyIatTTL), "1h"),
			`{"defaultAuthType":{"mode":"OPENID_CONNECT","settings":{"openIDIatTTL":"3600000"}}}`},
		{"the last additional type removed", `{"additionalAuthTypes":[{"mode":"AWS_IAM"}]}`, remove(0), `{"additionalAuthTypes":[]}`},
		{"an empty list stays", `{"additionalAuthTypes":[]}`, all(), `{"additionalAuthTypes":[]}`},
		{"strategy beside unknown members", `{"conflictResolution":{"perModel":[]}}`, set(strategy, "NONE"), `{"conflictResolution":{"perModel":[],"resolutionStrategy":"NONE"}}`},
		{"strategy as it is", `{"conflictResolution":{"resolutionStrategy":"LATER"}}`, all(set(strategy, "NONE"), set(strategy, "")), `{"conflictResolution":{"resolutionStrategy":"LATER"}}`},
		{"schema from a file that is not read yet", `{"transformSchema":"a"}`, set(source, forms.SourceFile), `{"transformSchema":"a"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, c := opened(t, test.base)
			test.edit(a, &c)
			wantJSON(t, config(t, a, c), test.want)
		})
	}
}

func TestSettingsOfAModeComeBackWithIt(t *testing.T) {
	a, c := opened(t, notes)
	before := config(t, a, c)
	a.Set(primary(forms.KeyExpiration), "30")
	edited := config(t, a, c)
	a.Set(primary(forms.KeyMode), "OPENID_CONNECT")
	a.Set(primary(forms.KeyIssuer), "https://id.example.com/")
	if got := config(t, a, c); strings.Contains(got, `"expirationTime"`) {
		t.Errorf("the key's days are sent with OpenID Connect: %s", got)
	}
	a.Set(primary(forms.KeyMode), "API_KEY")
	wantJSON(t, config(t, a, c), edited)
	a.Set(primary(forms.KeyMode), "OPENID_CONNECT")
	if got := a.Text(primary(forms.KeyIssuer)); got != "https://id.example.com/" {
		t.Errorf("the issuer is %q", got)
	}
	if !a.Restore(c, primary(forms.KeyMode)) || !a.Restore(c, primary(forms.KeyExpiration)) {
		t.Fatal("nothing to restore")
	}
	wantJSON(t, config(t, a, c), before)
}

func TestOrderOfEntriesIsSent(t *testing.T) {
	a, c := opened(t, notes)
	if a.Move(a.More[0].ID, -1) || a.Move(99, 1) || !a.Move(a.More[2].ID, -1) {
		t.Fatal("moved what cannot be moved, or not what can")
	}
	var modes []string
	for _, auth := range forms.Request(a, c).ResourceConfig.AdditionalAuthTypes {
		modes = append(modes, string(*auth.Mode))
	}
	if want := []string{"AMAZON_COGNITO_USER_POOLS", "AWS_IAM", "OPENID_CONNECT"}; !slices.Equal(modes, want) {
		t.Errorf("got %q, want %q", modes, want)
	}
}

func TestARemovedEntryComesBackAsItWas(t *testing.T) {
	a, c := opened(t, notes)
	before := config(t, a, c)
	a.More[1].Removed = true
	if got := config(t, a, c); strings.Contains(got, "OPENID_CONNECT") {
		t.Errorf("still sent: %s", got)
	}
	a.More[1].Removed = false
	wantJSON(t, config(t, a, c), before)
}

func TestRequestLeavesTheBaseAlone(t *testing.T) {
	a, c := opened(t, notes)
	a.Set(strategy, "NONE")
	a.Set(primary(forms.KeyDescription), "other")
	a.Set(more(a.More[1], forms.KeyIssuer), "https://other.example.com")
	forms.Request(a, c)
	if !c.Base.Equal(decode(t, notes)) {
		t.Error("the base has changed")
	}
}

func TestAnswersThatNobodyGaveDoNothing(t *testing.T) {
	a := forms.NewAnswers()
	gone := forms.Ref{Step: forms.StepMore, Entry: 7, Key: forms.KeyMode}
	a.Set(gone, "API_KEY")
	a.Fill(gone, "API_KEY")
	if a.Text(gone) != "" || a.Values(forms.Ref{Step: 99}) != nil || a.Restore(forms.Context{Base: &wire.ResourceConfig{}}, gone) {
		t.Error("an entry that does not exist took an answer")
	}
	a.Fill(target(forms.KeyAppID), "d1")
	a.Set(target(forms.KeyAppID), "d2")
	a.Fill(target(forms.KeyAppID), "d3")
	if got := a.Text(target(forms.KeyAppID)); got != "d2" {
		t.Errorf("a value that nobody typed replaced a typed one: %q", got)
	}
	if data, err := json.Marshal(a); err != nil || !strings.Contains(string(data), `"appId":{"text":"d2","touched":true}`) {
		t.Errorf("%s, %v", data, err)
	}
}

func TestADiscardedEntryIsGoneForGood(t *testing.T) {
	a, c := opened(t, notes)
	e := a.Add("API_KEY")
	a.Discard(e.ID)
	a.Discard(99)
	if a.Entry(e.ID) != nil || len(a.More) != 3 {
		t.Errorf("entries are %s", entries(a))
	}
	if again := a.Add("API_KEY"); again.ID == e.ID {
		t.Error("an ID is used twice")
	}
	a.Discard(a.More[3].ID)
	wantJSON(t, config(t, a, c), notes)
}
