package document_test

import (
	"bytes"
	"encoding/json"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
)

// TestMembersThatAFileDoesNotStateStayAsDeployed holds it against a reading of the
// rules that knows nothing of the forms: whatever is deployed and whatever a file
// says, what it does not state is sent byte for byte as it is deployed, and what it
// states is sent as stated.
func TestMembersThatAFileDoesNotStateStayAsDeployed(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := new(wire.ResourceConfig)
		drawn := deployedConfig(t)
		raw, err := json.Marshal(drawn)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(raw, base); err != nil {
			t.Fatal(err)
		}
		s := statement(t, drawn)
		name, data := s.file(t)
		d, err := document.Parse(name, data)
		if err != nil {
			t.Fatalf("%v\n%s", err, data)
		}
		if d.Format.Shape != s.shape || d.Format.Model != s.model {
			t.Skip("too little is stated to tell the spelling")
		}
		merged, _ := forms.Merge(base, d.Stated(), time.Unix(1.8e9, 0))
		sent := generic(t, merged).(object)
		j := judge{t: t, about: string(data) + "\ndeployed " + string(raw) + "\nsent " + string(body(t, sent))}
		j.config(s.config, generic(t, base).(object), sent)
	})
}

// TestStatedAsEmpty tells what is empty from what is not stated and from what a
// skeleton left.
func TestStatedAsEmpty(t *testing.T) {
	for _, test := range []struct {
		file, config string
		noDays       []int
	}{
		{`{"resourceName": "notes"}`, ``, nil},
		{`{"apiName": null, "service": "", "transformSchema": null}`, `{"apiName":"","service":"","transformSchema":""}`, nil},
		{`{"defaultAuthType": null, "additionalAuthTypes": null, "conflictResolution": null}`,
			`{"defaultAuthType":{"mode":""},"additionalAuthTypes":[],"conflictResolution":{"resolutionStrategy":""}}`, nil},
		{`{"defaultAuthType": {"settings": {"expirationTime": ""}}}`, `{"defaultAuthType":{"settings":{}}}`, []int{forms.NoEntry}},
		{`{"defaultAuthType": {"settings": {"expirationTime": null}}}`, `{"defaultAuthType":{"settings":{}}}`, []int{forms.NoEntry}},
		{`{"additionalAuthTypes": [{"mode": "AWS_IAM"}, {"mode": "API_KEY", "settings": {"expirationTime": null, "description": null}}]}`,
			`{"additionalAuthTypes":[{"mode":"AWS_IAM"},{"mode":"API_KEY","settings":{"description":""}}]}`, []int{1}},
		{`{"ServiceName": "", "AdditionalAuthTypes": [
			{"Mode": "AWS_IAM", "Settings": {"CognitoUserPoolId": "", "Description": "", "ExpirationTime": 0.0, "OpenIDAuthTTL": "", "OpenIDClientId": "", "OpenIDIatTTL": "", "OpenIDIssueURL": "", "OpenIDProviderName": ""}},
			{"Mode": "API_KEY", "Settings": {"Description": null, "ExpirationTime": ""}}]}`,
			`{"additionalAuthTypes":[{"mode":"API_KEY","settings":{"description":""}}]}`, []int{0}},
		{`{"version": 1, "serviceConfiguration": {"defaultAuthType": {"mode": "API_KEY", "expirationTime": null, "keyDescription": ""}, "conflictResolution": null}}`,
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"description":""}}}`, []int{forms.NoEntry}},
	} {
		s := parsed(t, "f.json", test.file).Stated()
		if want := fromJSON(t, test.config); !s.Config.Equal(want) || !slices.Equal(s.NoDays, test.noDays) {
			t.Errorf("%s\nstates %s and no days for %v, not %s and %v", test.file, body(t, s.Config), s.NoDays, test.config, test.noDays)
		}
	}
}

// TestSaveKeepsNullForEmpty leaves a file alone that says empty in another way.
func TestSaveKeepsNullForEmpty(t *testing.T) {
	for _, file := range []string{
		`{"defaultAuthType": {"mode": "API_KEY", "settings": {"description": null, "expirationTime": null}}}`,
		`{"DefaultAuthType": {"Mode": "API_KEY", "Settings": {"Description": null, "ExpirationTime": null}}}`,
	} {
		d := parsed(t, "f.json", file)
		out, err := d.Save(document.Target{}, fromJSON(t, `{"defaultAuthType":{"mode":"API_KEY","settings":{"description":""}}}`), forms.NoEntry)
		if err != nil || string(out) != file {
			t.Errorf("%v: %s became %s", err, file, out)
		}
	}
}

// file writes what is said as JSON or YAML of the shape.
func (s said) file(t *rapid.T) (name string, data []byte) {
	root := s.config
	switch s.shape {
	case document.Request:
		root = object{"appId": "d1", "resourceConfig": s.config}
	case document.CLIInputs, document.Headless:
		outer := map[document.Shape]string{document.CLIInputs: "serviceConfiguration", document.Headless: "serviceModification"}[s.shape]
		root = object{"version": 1, outer: s.amplify()}
	}
	var written any = root
	if s.model {
		written = modelNames(root)
	}
	data, err := json.MarshalIndent(written, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	if s.shape == document.Request && rapid.Bool().Draw(t, "compact") {
		var out bytes.Buffer
		if err := json.Compact(&out, data); err != nil {
			t.Fatal(err)
		}
		data = out.Bytes()
	}
	if rapid.Bool().Draw(t, "yaml") && !bytes.Contains(data, []byte("1e400")) {
		return "request.yaml", asYAML(t, data)
	}
	return "request.json", data
}

// amplify says it in Amplify's words.
func (s said) amplify() object {
	out := object{}
	auth := func(a object) object {
		flat := maps.Clone(a)
		delete(flat, "settings")
		names := map[string]string{"description": "keyDescription", "openIDIssueURL": "openIDIssuerURL", "openIDClientId": "openIDClientID"}
		for name, value := range member(a, "settings") {
			if other, ok := names[name]; ok {
				name = other
			}
			flat[name] = value
		}
		return flat
	}
	for name, value := range s.config {
		switch value := value.(type) {
		case object:
			if name == "conflictResolution" {
				out[name] = object{"defaultResolutionStrategy": object{"type": value["resolutionStrategy"]}}
			} else {
				out[name] = auth(value)
			}
		case []object:
			list := []object{}
			for _, a := range value {
				list = append(list, auth(a))
			}
			out[name] = list
		default:
			if name == "service" {
				name = "serviceName"
			}
			out[name] = value
		}
	}
	return out
}

func modelNames(v any) any {
	switch v := v.(type) {
	case object:
		out := object{}
		for name, value := range v {
			out[strings.ToUpper(name[:1])+name[1:]] = modelNames(value)
		}
		return out
	case []object:
		var out []any
		for _, o := range v {
			out = append(out, modelNames(o))
		}
		if out == nil {
			out = []any{}
		}
		return out
	}
	return v
}
