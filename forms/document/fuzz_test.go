package document_test

import (
	"bytes"
	"testing"

	"ampedit/client/wire"
	"ampedit/forms/document"
)

// FuzzParse makes sure that no file panics or blocks, that saving nothing gives
// the file itself, and that what a save returns states what was wanted.
func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		kept, skeleton, cliInputs,
		`{"appId":"d1","resourceConfig":{"apiName":"n","x":[{}]}}`,
		"a: &a [*a]\nresourceConfig: *a\n", "resourceConfig: &c {apiName: x}\nother: *c\n",
		"? appId\n: d1\n", "--- # c\nappId: !!str d1\n...\n", "\uFEFFappId: |+\n  d1\n\n",
		"resourceConfig:\n  additionalAuthTypes:\n  -\n    mode: A\n  - {mode: B}\n", "appId: a\r\n# c\r\n", "resourceConfig: {0}\n0:",
	} {
		f.Add([]byte(seed), true)
		f.Add([]byte(seed), false)
	}
	days := 30.0
	mode, issuer := wire.ModeOIDC, "https://id.example.com"
	want := &wire.ResourceConfig{
		DefaultAuthType:     &wire.AuthType{Settings: &wire.AuthSettings{ExpirationTime: &days}},
		AdditionalAuthTypes: []wire.AuthType{{Mode: &mode, Settings: &wire.AuthSettings{OpenIDIssueURL: &issuer}}},
	}
	f.Fuzz(func(t *testing.T, data []byte, asYAML bool) {
		name := "fuzz.json"
		if asYAML {
			name = "fuzz.yaml"
		}
		d, err := document.Parse(name, data)
		if err != nil {
			return
		}
		same, err := d.Save(document.Target{}, nil)
		if err == nil && !bytes.Equal(same, data) {
			t.Fatalf("%q saved without a change became %q", data, same)
		}
		out, err := d.Save(document.Target{}, want)
		if err != nil {
			return
		}
		again, err := document.Parse(name, out)
		if err != nil {
			t.Fatalf("%q saved as %q: %v", data, out, err)
		}
		if days := again.Config.DefaultAuthType.Settings.ExpirationTime; days == nil || *days != 30 || len(again.Config.AdditionalAuthTypes) != 1 {
			t.Fatalf("%q saved as %q", data, out)
		}
	})
}
