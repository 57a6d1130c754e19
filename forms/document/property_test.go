package document_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	yaml "go.yaml.in/yaml/v3"
	"pgregory.net/rapid"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
)

var (
	name = rapid.StringMatching(`[a-z][a-z0-9]{0,8}`)
	// words are texts that a file may have to quote.
	words = rapid.OneOf(rapid.StringMatching(`[ -~]{1,12}`), rapid.SampledFrom([]string{
		"yes", "null", "~", "30", "0x1f", "- a", "a: b", "a #b", "#", "it's", `say "hi"`, `C:\dir`, "{}", "[x]", "*a", "&b", "!c", "%d", "@e", "`",
		"ünï ✓ 🙂", "a\nb", " a ", "tab\there", "2026-01-01", "é\r\nb\u2028", "|", "a,b", "<<", "<&>",
	}))
	schemas = rapid.SampledFrom([]string{
		"type A @model {\n  id: ID!\n}\n", "type A { id: ID! }", "type A {\n\n  id: ID!\n}", "\n\n  # x\ntype A {\n\tid: ID!  \n}\n\n\n", "type A {\r\n  id: ID!\r\n}\r\n",
	})
)

func optional[T any](t *rapid.T, label string, g *rapid.Generator[T]) *T {
	if !rapid.Bool().Draw(t, label+"?") {
		return nil
	}
	v := g.Draw(t, label)
	return &v
}

// authTypes have only settings that belong to their mode, none of them blank.
var authTypes = rapid.Custom(func(t *rapid.T) wire.AuthType {
	mode := rapid.SampledFrom(wire.Modes()).Draw(t, "mode")
	a := wire.AuthType{Mode: &mode}
	if rapid.Bool().Draw(t, "settings?") {
		return a
	}
	a.Settings = &wire.AuthSettings{}
	switch s := a.Settings; mode {
	case wire.ModeAPIKey:
		s.Description = optional(t, "description", rapid.OneOf(words, rapid.Just("")))
		s.ExpirationTime = optional(t, "days", rapid.SampledFrom([]float64{0, 1, 7, 30.5, 365}))
	case wire.ModeCognito:
		s.CognitoUserPoolID = optional(t, "pool", words)
	case wire.ModeOIDC:
		s.OpenIDIssueURL = optional(t, "issuer", words)
		s.OpenIDClientID = optional(t, "client", rapid.OneOf(words, rapid.Just("")))
		s.OpenIDIatTTL = optional(t, "iat", rapid.SampledFrom([]string{"0", "3600000", "1h"}))
		s.OpenIDProviderName = optional(t, "provider", words)
	}
	return a
})

var configs = rapid.Custom(func(t *rapid.T) *wire.ResourceConfig {
	c := &wire.ResourceConfig{
		APIName:         optional(t, "apiName", words),
		Service:         optional(t, "service", words),
		TransformSchema: optional(t, "schema", schemas),
		DefaultAuthType: optional(t, "default", authTypes),
	}
	if rapid.Bool().Draw(t, "additional?") {
		c.AdditionalAuthTypes = rapid.SliceOfN(authTypes, 0, 4).Draw(t, "additional")
	}
	if s := optional(t, "strategy", rapid.SampledFrom([]wire.ResolutionStrategy{wire.StrategyNone, wire.StrategyAutomerge, "OTHER"})); s != nil {
		c.ConflictResolution = &wire.ConflictResolution{ResolutionStrategy: s}
	}
	return c
})

// written is a file that states a random request.
type written struct {
	name  string
	data  []byte
	input wire.UpdateBackendAPIInput
}

var files = rapid.Custom(func(t *rapid.T) written {
	w := written{input: wire.UpdateBackendAPIInput{
		AppID: name.Draw(t, "appId"), BackendEnvironmentName: name.Draw(t, "env"), ResourceName: name.Draw(t, "resource"),
		ResourceConfig: configs.Draw(t, "config"),
	}}
	data, err := forms.CLIInputJSON(&w.input)
	if rapid.Bool().Draw(t, "wire names") {
		whole := map[string]any{
			"appId": w.input.AppID, "backendEnvironmentName": w.input.BackendEnvironmentName,
			"resourceName": w.input.ResourceName, "resourceConfig": w.input.ResourceConfig,
		}
		data, err = json.MarshalIndent(whole, "", rapid.SampledFrom([]string{"  ", "\t", "    "}).Draw(t, "indent"))
	}
	if err != nil {
		t.Fatal(err)
	}
	switch rapid.SampledFrom([]string{"json", "compact", "yaml", "crlf"}).Draw(t, "form") {
	case "compact":
		var out bytes.Buffer
		if err := json.Compact(&out, data); err != nil {
			t.Fatal(err)
		}
		w.name, w.data = "request.json", out.Bytes()
	case "yaml":
		w.name, w.data = "request.yaml", asYAML(t, data)
	case "crlf":
		w.name, w.data = "request.json", bytes.ReplaceAll(data, []byte("\n"), []byte("\r\n"))
	default:
		w.name, w.data = "request.json", data
	}
	return w
})

// asYAML writes JSON as YAML, with comments, and a few collections in brackets.
func asYAML(t *rapid.T, data []byte) []byte {
	dec := json.NewDecoder(bytes.NewReader(data))
	root := yamlNode(t, dec)
	var out bytes.Buffer
	enc := yaml.NewEncoder(&out)
	enc.SetIndent(rapid.IntRange(2, 4).Draw(t, "yaml indent"))
	if rapid.Bool().Draw(t, "compact lists") {
		enc.CompactSeqIndent()
	}
	if err := enc.Encode(root); err != nil {
		t.Fatal(err)
	}
	text := out.String()
	if rapid.IntRange(0, 4).Draw(t, "crlf") == 0 {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text)
}

func yamlNode(t *rapid.T, dec *json.Decoder) *yaml.Node {
	token, err := dec.Token()
	if err != nil {
		t.Fatal(err)
	}
	n := &yaml.Node{}
	d, collection := token.(json.Delim)
	if !collection {
		if err := n.Encode(token); err != nil {
			t.Fatal(err)
		}
		if rapid.IntRange(0, 3).Draw(t, "comment") == 0 {
			n.LineComment = "# beside"
		}
		return n
	}
	n.Kind = yaml.MappingNode
	if d == '[' {
		n.Kind = yaml.SequenceNode
	}
	if rapid.IntRange(0, 6).Draw(t, "brackets") == 0 {
		n.Style = yaml.FlowStyle
	}
	for dec.More() {
		if d == '{' {
			key, _ := dec.Token()
			k := &yaml.Node{Kind: yaml.ScalarNode, Value: key.(string)}
			if rapid.IntRange(0, 3).Draw(t, "head") == 0 {
				k.HeadComment = "# above " + k.Value
			}
			n.Content = append(n.Content, k)
		}
		n.Content = append(n.Content, yamlNode(t, dec))
	}
	_, _ = dec.Token()
	return n
}

func TestReadsWhatIsWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := files.Draw(t, "file")
		d, err := document.Parse(w.name, w.data)
		if err != nil {
			t.Fatalf("%v\n%s", err, w.data)
		}
		want := document.Target{AppID: w.input.AppID, Environment: w.input.BackendEnvironmentName, ResourceName: w.input.ResourceName}
		if d.Target != want || !d.Config.Equal(w.input.ResourceConfig) {
			t.Fatalf("got %+v %s\nof\n%s", d.Target, body(t, d.Config), w.data)
		}
		for _, n := range d.Notes {
			t.Fatalf("note %s", n)
		}
	})
}

func TestSavedUnchangedIsIdentical(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := files.Draw(t, "file")
		d, err := document.Parse(w.name, w.data)
		if err != nil {
			t.Fatal(err)
		}
		out, err := d.Save(d.Target, d.Config.Clone())
		if err != nil || !bytes.Equal(out, w.data) {
			t.Fatalf("%v\n%s\nbecame\n%s", err, w.data, out)
		}
	})
}

func TestSavedIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := files.Draw(t, "file")
		d, err := document.Parse(w.name, w.data)
		if err != nil {
			t.Fatal(err)
		}
		want := configs.Draw(t, "wanted")
		target := document.Target{AppID: name.Draw(t, "new app")}
		out, err := d.Save(target, want)
		if err != nil {
			t.Fatalf("%v\n%s\nwith %s", err, w.data, body(t, want))
		}
		again, err := document.Parse(w.name, out)
		if err != nil || !again.Config.Equal(want) || again.Target.AppID != target.AppID || again.Target.Environment != d.Target.Environment {
			t.Fatalf("%v: want %s, but saved\n%s", err, body(t, want), out)
		}
		back, err := again.Save(d.Target, d.Config)
		if err != nil {
			t.Fatalf("back: %v\n%s", err, out)
		}
		if last, err := document.Parse(w.name, back); err != nil || !last.Config.Equal(d.Config) {
			t.Fatalf("%v: want %s, but saved\n%s", err, body(t, d.Config), back)
		}
	})
}

func body(t interface{ Fatal(...any) }, v any) []byte {
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return data
}
