package project_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"ampedit/client/project"
	"ampedit/client/wire"
)

// secret has the form of an AppSync API key.
const secret = "da2-abcdefghijklmnopqrstuvwxyz"

// TestNoAPIKeyIsHeld seeds every JSON file of the project, and the texts that
// the service returns, with an API key in several places, and searches
// everything that the package returns. Only a setting holds one: it is no setting
// without what it says, and a request with it is refused elsewhere.
func TestNoAPIKeyIsHeld(t *testing.T) {
	files := sample(t, nil)
	err := fs.WalkDir(files, "amplify", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(path, ".json") {
			text := strings.ReplaceAll(string(files[path].Data), `"description": "`, `"description": "`+secret+` `)
			text = strings.ReplaceAll(text, `"keyDescription": "`, `"keyDescription": "`+secret+` `)
			text = strings.ReplaceAll(text, `{`, `{"GraphQLAPIKeyOutput":"`+secret+`","a":["`+secret+`"],"`+secret+`":1,`)
			files[path].Data = []byte(text)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	p := read(t, files)
	values := []any{p, p.Name(), p.Environments(), p.CurrentEnvironment()}
	for _, env := range []string{"dev", "prod"} {
		b, err := p.Backend(env)
		if err != nil {
			t.Fatal(err)
		}
		values = append(values, b, b.ResourceConfig())
	}
	b, err := p.Deployed("dev")
	if err != nil {
		t.Fatal(err)
	}
	text := string(files[meta].Data)
	values = append(values, b, b.ResourceConfig(),
		project.FromService("dev", text, text), project.FromService(secret, secret, secret),
		project.FromService("dev", `{"api":{"notes":{"service":"`+secret+`"}}`, ""))
	for i, value := range values {
		if config, ok := value.(*wire.ResourceConfig); ok && config.DefaultAuthType != nil && config.DefaultAuthType.Settings != nil {
			if text := config.DefaultAuthType.Settings.Description; !strings.Contains(wire.Text(text), secret) {
				t.Errorf("value %d has lost the description with the key: %q", i, wire.Text(text))
			}
			config.DefaultAuthType.Settings.Description = nil
		}
		if env, ok := value.(project.Backend); ok {
			env.Environment = "" // the caller's own word
			env.DefaultAuthType.Value = withoutDescription(t, env.DefaultAuthType.Value)
			value = env
		}
		encoded, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		for _, text := range []string{fmt.Sprintf("%#v", value), fmt.Sprintf("%+v", value), string(encoded)} {
			if strings.Contains(text, secret) {
				t.Errorf("value %d (%T) holds the API key", i, value)
			}
		}
	}
	if b.ResourceName.Value != "notes" {
		t.Errorf("the seeded project was not read: %+v", b)
	}
}

func withoutDescription(t *testing.T, auth project.AuthType) project.AuthType {
	t.Helper()
	if auth.Description.Known() && !strings.Contains(auth.Description.Value, secret) {
		t.Errorf("the description has lost the key: %q", auth.Description.Value)
	}
	auth.Description = project.Fact[string]{}
	return auth
}
