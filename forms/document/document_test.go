package document_test

import (
	"slices"
	"strings"
	"testing"

	"ampedit/client/wire"
	"ampedit/forms/document"
)

// config is what the first files of TestShapes state.
const config = `{"apiName":"notes","service":"AppSync","defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30}}}`

func TestShapes(t *testing.T) {
	whole := document.Target{AppID: "d1", Environment: "prod", ResourceName: "notes"}
	model := `{"ApiName":"notes","Service":"AppSync","DefaultAuthType":{"Mode":"API_KEY","Settings":{"ExpirationTime":30}}}`
	tests := []struct {
		label, name, file string
		format            document.Format
		target            document.Target
		config            string // "" for none
	}{
		{"wire", "a.json", `{"appId":"d1","backendEnvironmentName":"prod","resourceName":"notes","resourceConfig":` + config + `}`,
			document.Format{}, whole, config},
		{"model", "a.json", `{"AppId":"d1","BackendEnvironmentName":"prod","ResourceName":"notes","ResourceConfig":` + model + `}`,
			document.Format{Model: true}, whole, config},
		{"the body of a request", "a.json", `{"resourceName":"notes","resourceConfig":` + config + `}`,
			document.Format{}, document.Target{ResourceName: "notes"}, config},
		{"a bare configuration", "a.json", config, document.Format{Shape: document.Config}, document.Target{}, config},
		{"a bare configuration, model", "a.json", model, document.Format{Shape: document.Config, Model: true}, document.Target{}, config},
		{"a target alone", "a.json", `{"appId":"d1","resourceConfig":null}`, document.Format{}, document.Target{AppID: "d1"}, ""},
		{"names mixed", "a.json", `{"AppId":"d1","resourceConfig":` + model + `}`, document.Format{Model: true}, document.Target{AppID: "d1"}, config},
		{"YAML", "a.yml", "AppId: d1\nResourceConfig:\n  ApiName: notes\n  Service: AppSync\n  DefaultAuthType: {Mode: API_KEY, Settings: {ExpirationTime: 30}}\n",
			document.Format{Syntax: document.YAML, Model: true}, document.Target{AppID: "d1"}, config},
		{"YAML by its text", "-", "apiName: notes\nadditionalAuthTypes: []\n", document.Format{Syntax: document.YAML, Shape: document.Config}, document.Target{}, `{"apiName":"notes","additionalAuthTypes":[]}`},
		{"JSON by its text", "-", "\n {\"apiName\":\"notes\"}", document.Format{Shape: document.Config}, document.Target{}, `{"apiName":"notes"}`},
		{"JSON as YAML", "a.YAML", config, document.Format{Syntax: document.YAML, Shape: document.Config}, document.Target{}, config},
		{"a byte order mark", "a.json", "\uFEFF" + config, document.Format{Shape: document.Config}, document.Target{}, config},
		{"null is not set", "a.json", `{"apiName":"notes","transformSchema":null,"additionalAuthTypes":null}`, document.Format{Shape: document.Config}, document.Target{}, `{"apiName":"notes"}`},
		{"empty texts of the wire are sent", "a.json", `{"appId":"","resourceConfig":{"apiName":""}}`, document.Format{}, document.Target{}, `{"apiName":""}`},
		{"numbers for digits and digits for numbers", "a.yaml", "defaultAuthType:\n  settings:\n    openIDIatTTL: 3600000\n    expirationTime: '30'\n    description: yes\n    openIDClientId: true\n",
			document.Format{Syntax: document.YAML, Shape: document.Config}, document.Target{},
			`{"defaultAuthType":{"settings":{"openIDIatTTL":"3600000","expirationTime":30,"description":"yes","openIDClientId":"true"}}}`},
		{"aliases", "a.yaml", "x: &s {expirationTime: 30}\ndefaultAuthType: {mode: API_KEY, settings: *s}\n", document.Format{Syntax: document.YAML, Shape: document.Config}, document.Target{},
			`{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":30}}}`},
	}
	for _, tt := range tests {
		t.Run(tt.label, func(t *testing.T) {
			d := parsed(t, tt.name, tt.file)
			if d.Format != tt.format || d.Target != tt.target {
				t.Errorf("format %v and target %+v, want %v and %+v", d.Format, d.Target, tt.format, tt.target)
			}
			config := d.Config
			if config != nil {
				config = config.Clone()
				config.Unknown = nil
			}
			if want := fromJSON(t, tt.config); !config.Equal(want) {
				t.Errorf("got %s, want %s", body(t, d.Config), tt.config)
			}
		})
	}
}

func fromJSON(t *testing.T, text string) *wire.ResourceConfig {
	t.Helper()
	if text == "" {
		return nil
	}
	c := new(wire.ResourceConfig)
	if err := c.UnmarshalJSON([]byte(text)); err != nil {
		t.Fatal(err)
	}
	return c
}

func TestErrors(t *testing.T) {
	bomb := "a: &a [x,x,x,x,x,x,x,x,x,x]\n"
	for i := range 7 {
		bomb += string(rune('b'+i)) + ": &" + string(rune('b'+i)) + " [" + strings.Repeat("*"+string(rune('a'+i))+",", 10) + "]\n"
	}
	tests := []struct{ name, file, want string }{
		{"a.json", "", "a.json:1:1: this is not JSON"},
		{"a.json", "{\n  \"appId\": \"d1\",\n  }", "a.json:3:3: this is not JSON"},
		{"a.json", `{"appId": "é", x}`, "a.json:1:16: this is not JSON"},
		{"a.json", `{"appId":"d1"} {}`, "a.json:1:16: this is not JSON"},
		{"a.json", `{"appId":"d1"`, "a.json:1:13: this is not JSON"},
		{"a.json", strings.Repeat("[", 200) + strings.Repeat("]", 200), "a.json:1:101: values nest deeper"},
		{"a.json", `"appId"`, "a.json:1:1: a request is an object with members such as resourceConfig, not text"},
		{"a.json", `{"name": "notes"}`, "a.json:1:1: this is no request"},
		{"a.json", "{}", "a.json:1:1: this is no request"},
		{"a.json", "{\"appId\": \"d1\",\n \"appId\": \"d2\"}", `a.json:2:2: the member "appId" stands twice`},
		{"a.json", "{\"appId\": \"d1\",\n \"AppId\": \"d2\"}", `a.json:2:2: the member appId stands twice, in two spellings`},
		{"a.json", "{\"resourceConfig\":\n  []}", "a.json:2:3: an object is expected here, not a list"},
		{"a.json", `{"resourceConfig": {"apiName": {}}}`, "a.json:1:32: resourceConfig.apiName: text is expected here, not an object"},
		{"a.json", `{"additionalAuthTypes": {"mode": "AWS_IAM"}}`, "a.json:1:25: additionalAuthTypes: a list is expected here, not an object"},
		{"a.json", `{"additionalAuthTypes": ["AWS_IAM"]}`, "a.json:1:26: an object is expected here, not text"},
		{"a.json", `{"defaultAuthType": {"settings": {"expirationTime": "30 days"}}}`, "a.json:1:53: defaultAuthType.settings.expirationTime: a number is expected here, not text"},
		{"a.json", `{"defaultAuthType": {"settings": {"expirationTime": "Inf"}}}`, "a.json:1:53: defaultAuthType.settings.expirationTime: a number is expected"},
		{"a.json", "{\"appId\": \"\xff\"}", "a.json:1:12: the file cannot be read: byte 12 (0xff) is not UTF-8; save it as UTF-8"},
		{"a.json", "{\x00}\x00", "a.json:1:1: the file cannot be read: it is UTF-16; save it as UTF-8"},
		{"a.json", `{"apiNam": "notes"}`, `stands in it; is apiName meant by "apiNam"?`},
		{"a.json", `{"serviceConfigurations": {}}`, `is serviceConfiguration meant by "serviceConfigurations"?`},
		{"a.yaml", "", "a.yaml:1:1: the file is empty"},
		{"a.yaml", "# nothing\n", "a.yaml:1:1: the file is empty"},
		{"a.yaml", "appId: d1\n  x: y\n", "a.yaml:2: this is not YAML"},
		{"a.yaml", "appId: *x\n", "a.yaml: this is not YAML: unknown anchor"},
		{"a.yaml", "appId: d1\n---\nappId: d2\n", "a.yaml:2:1: the file has a second YAML document"},
		{"a.yaml", "a: &a {x: 1}\nresourceConfig:\n  <<: *a\n", "a.yaml:3:3: merge keys"},
		{"a.yaml", "? [a]\n: b\n", "a.yaml:1:3: merge keys and keys that are no text"},
		{"a.yaml", "appId: d1\nappId: d2\n", `a.yaml:2:1: the member "appId" stands twice`},
		{"a.yaml", "- appId: d1\n", "a.yaml:1:1: a request is an object with members such as resourceConfig, not a list"},
		{"a.yaml", "resourceConfig: &a\n  apiName: *a\n", "a.yaml:1:17: the file has more than 20000 values"},
		{"a.yaml", bomb, "the file has more than 20000 values"},
		{"a\x1b[1m.json", "", "a.json:1:1: "},
		{"cli-inputs.json", `{"serviceConfiguration": []}`, "cli-inputs.json:1:26: serviceConfiguration: an object is expected here, not a list"},
		{"cli-inputs.json", `{"serviceConfiguration": {"defaultAuthType": "API_KEY"}}`, "cli-inputs.json:1:46: serviceConfiguration.defaultAuthType: an object is expected"},
		{"cli-inputs.json", `{"serviceConfiguration": {"additionalAuthTypes": {}}}`, "cli-inputs.json:1:50: serviceConfiguration.additionalAuthTypes: a list is expected"},
	}
	for _, tt := range tests {
		d, err := document.Parse(tt.name, []byte(tt.file))
		if err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%.80q: got %+v and error %v, want %s", tt.file, d, err, tt.want)
		}
	}
}

func TestNotes(t *testing.T) {
	tests := []struct {
		name, file string
		want       []string
	}{
		{"a.json", `{"appId": "d1", "error": null}`, []string{
			"a.json:1:17: error: The service model has no such member; it is not sent."}},
		{"a.json", "{\"defaultAuthType\": {\"settings\": {\n \"openIDIssuerURL\": \"x\",\n \"openIDClientID\": \"y\"}}}", []string{
			"a.json:2:2: defaultAuthType.settings.openIDIssuerURL: The service model has no such member; it is sent as it stands; did you mean openIDIssueURL?",
			"a.json:3:2: defaultAuthType.settings.openIDClientID: The service model has no such member; it is sent as it stands; did you mean openIDClientId?"}},
		{"a.json", `{"ApiName": "n", "transformschema": "x"}`, []string{
			"a.json:1:18: transformschema: The service model has no such member; it is not sent; did you mean TransformSchema?"}},
	}
	for _, tt := range tests {
		if got := notes(parsed(t, tt.name, tt.file)); !slices.Equal(got, tt.want) {
			t.Errorf("%s: got %q, want %q", tt.file, got, tt.want)
		}
	}
}

func notes(d *document.Document) []string {
	var out []string
	for _, n := range d.Notes {
		out = append(out, n.String())
	}
	return out
}
