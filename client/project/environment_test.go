package project_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"ampedit/client/project"
)

func TestEnvironments(t *testing.T) {
	tests := []struct {
		name    string
		edits   edits
		want    []project.Fact[string]
		current project.Fact[string]
	}{
		{"shared and local", nil, []project.Fact[string]{{"dev", team}, {"prod", team}}, project.Fact[string]{Value: "dev", File: localEnv}},
		{"one that was just made", edits{localEnv: `{"envName":"feature"}`},
			[]project.Fact[string]{{"dev", team}, {"feature", localEnv}, {"prod", team}}, project.Fact[string]{Value: "feature", File: localEnv}},
		{"only local", edits{team: gone}, []project.Fact[string]{{"dev", localEnv}}, project.Fact[string]{Value: "dev", File: localEnv}},
		{"current by metadata", edits{localEnv: gone}, []project.Fact[string]{{"dev", team}, {"prod", team}}, project.Fact[string]{Value: "dev", File: meta}},
		{"current by being alone", edits{localEnv: gone, meta: gone, team: `{"main":{}}`},
			[]project.Fact[string]{{"main", team}}, project.Fact[string]{Value: "main", File: team}},
		{"current unknown", edits{localEnv: gone, meta: gone}, []project.Fact[string]{{"dev", team}, {"prod", team}}, project.Fact[string]{}},
		{"none", edits{localEnv: gone, team: gone}, nil, project.Fact[string]{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := read(t, sample(t, test.edits))
			if got := p.Environments(); !slices.Equal(got, test.want) {
				t.Errorf("environments %v, want %v", got, test.want)
			}
			if got := p.CurrentEnvironment(); got != test.current {
				t.Errorf("current environment %v, want %v", got, test.current)
			}
		})
	}
}

func TestNameOfAProject(t *testing.T) {
	want := project.Fact[string]{Value: "notes", File: config}
	if got := read(t, sample(t, nil)).Name(); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBackendOfAnUnknownEnvironment(t *testing.T) {
	p := read(t, sample(t, nil))
	_, err := p.Backend("staging")
	if err == nil || !strings.Contains(err.Error(), `"staging"; it has "dev", "prod"`) {
		t.Errorf("got error %v", err)
	}
	if _, err := p.Backend(""); err == nil {
		t.Error("no environment was accepted")
	}
	if _, err := p.Deployed("staging"); err == nil || errors.Is(err, project.ErrNoDeployedState) {
		t.Errorf("got error %v", err)
	}
	b := backendOf(t, "staging", edits{team: gone, localEnv: gone})
	if b.Environment != "staging" || b.ResourceName.Value != "notes" {
		t.Errorf("a project whose environments are not known gives %+v", b)
	}
}

func TestDeployed(t *testing.T) {
	p := read(t, sample(t, edits{cloud + "api/notes/cli-inputs.json": inputsWith(
		`"defaultAuthType":{"mode":"API_KEY","expirationTime":30},"conflictResolution":{"defaultResolutionStrategy":{"type":"OPTIMISTIC_CONCURRENCY"}}`)}))
	b, err := p.Deployed("dev")
	if err != nil {
		t.Fatal(err)
	}
	days := project.Fact[float64]{Value: 30, File: cloud + "api/notes/cli-inputs.json"}
	if got := b.DefaultAuthType.Value.ExpirationTime; got != days {
		t.Errorf("days %v, want %v", got, days)
	}
	if got := b.ConflictStrategy.Value; got != "OPTIMISTIC_CONCURRENCY" {
		t.Errorf("strategy %s", got)
	}
	if want := []string{cloud + "api/notes/schema.graphql"}; !slices.Equal(b.SchemaFiles, want) {
		t.Errorf("schema %q, want %q", b.SchemaFiles, want)
	}
	if _, err := p.Deployed("prod"); !errors.Is(err, project.ErrNoDeployedState) {
		t.Errorf("another environment: got error %v", err)
	}
	p = read(t, sample(t, edits{strings.TrimSuffix(cloud, "/"): gone}))
	if _, err := p.Deployed("dev"); !errors.Is(err, project.ErrNoDeployedState) {
		t.Errorf("no deployed state: got error %v", err)
	}
}
