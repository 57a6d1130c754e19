package project_test

import (
	"strings"
	"testing"
	"testing/fstest"

	"ampedit/client/project"
)

// check asks a project for everything and requires findings to be printable.
func check(t *testing.T, backends ...project.Backend) {
	for _, b := range backends {
		if b.ResourceConfig() == nil {
			t.Error("no request")
		}
		for _, f := range b.Findings {
			if f.Message == "" || strings.ContainsFunc(f.String(), func(r rune) bool { return r < ' ' || r == 0x7f }) {
				t.Errorf("finding %q is not printable text", f)
			}
		}
	}
}

func FuzzProjectFile(f *testing.F) {
	names := []string{team, localEnv, localAWS, config, cliJSON, meta, backend, inputs, transform, parameters, cloud + "amplify-meta.json"}
	files := sample(f, nil)
	for i, name := range names {
		f.Add(uint8(i), string(files[name].Data))
		f.Add(uint8(i), `{"dev":[],"api":{"notes":null},"features":7,"serviceConfiguration":[],`)
	}
	f.Fuzz(func(t *testing.T, which uint8, content string) {
		files := sample(t, nil)
		files[names[int(which)%len(names)]] = &fstest.MapFile{Data: []byte(content)}
		p := read(t, files)
		for _, env := range append(p.Environments(), p.CurrentEnvironment()) {
			b, _ := p.Backend(env.Value)
			deployed, _ := p.Deployed(env.Value)
			check(t, b, deployed)
		}
	})
}

func FuzzFromService(f *testing.F) {
	files := sample(f, nil)
	f.Add(string(files[meta].Data), string(files[cliJSON].Data))
	f.Add(`{"api":{"x":{"service":"AppSync","dependsOn":[7,{}],"output":{"authConfig":{"defaultAuthentication":{"authenticationType":"AMAZON_COGNITO_USER_POOLS"}}}}}}`, `[`)
	f.Add("\"{}\"", "/*")
	f.Fuzz(func(t *testing.T, meta, flags string) {
		check(t, project.FromService("dev", meta, flags))
	})
}
