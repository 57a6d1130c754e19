package project_test

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"

	"ampedit/client/project"
)

// secret has the form of an AppSync API key.
const secret = "da2-abcdefghijklmnopqrstuvwxyz"

// TestNoAPIKeyIsHeld seeds every JSON file of the project, and the texts that
// the service returns, with an API key in several places, and searches
// everything that the package returns.
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
		if env, ok := value.(project.Backend); ok {
			env.Environment = "" // the caller's own word
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
