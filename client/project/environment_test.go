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
		want    []fact
		current fact
	}{
		{"shared and local", nil, []fact{{"dev", team}, {"prod", team}}, fact{"dev", localEnv}},
		{"one that was just made", edits{localEnv: `{"envName":"feature"}`},
			[]fact{{"dev", team}, {"feature", localEnv}, {"prod", team}}, fact{"feature", localEnv}},
		{"only local", edits{team: gone}, []fact{{"dev", localEnv}}, fact{"dev", localEnv}},
		{"current by metadata", edits{localEnv: gone}, []fact{{"dev", team}, {"prod", team}}, fact{"dev", meta}},
		{"current by being alone", edits{localEnv: gone, meta: gone, team: `{"main":{}}`},
			[]fact{{"main", team}}, fact{"main", team}},
		{"current unknown", edits{localEnv: gone, meta: gone}, []fact{{"dev", team}, {"prod", team}}, fact{}},
		{"none", edits{localEnv: gone, team: gone}, nil, fact{}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := read(t, sample(t, test.edits))
			if got := factsOf(p.Environments()); !slices.Equal(got, test.want) {
				t.Errorf("environments %v, want %v", got, test.want)
			}
			if got := factOf(p.CurrentEnvironment()); got != test.current {
				t.Errorf("current environment %v, want %v", got, test.current)
			}
		})
	}
}

func TestNameOfAProject(t *testing.T) {
	want := fact{"notes", config}
	if got := factOf(read(t, sample(t, nil)).Name()); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestBackendOfAnUnknownEnvironment(t *testing.T) {
	p := read(t, sample(t, nil))
	_, err := p.Backend("staging")
	if err == nil || !strings.HasSuffix(err.Error(), `"staging"; it has dev, prod`) {
		t.Errorf("got error %v", err)
	}
	if _, err := p.Backend("prdo"); err == nil || !strings.HasSuffix(err.Error(), "did you mean prod?") {
		t.Errorf("got error %v", err)
	}
	if _, err := p.Backend(""); !errors.Is(err, project.ErrNoEnvironment) {
		t.Errorf("no environment: got error %v", err)
	}
	if _, err := p.Deployed("staging"); err == nil || errors.Is(err, project.ErrNoDeployedState) {
		t.Errorf("got error %v", err)
	}
	b := backendOf(t, "staging", edits{team: gone, localEnv: gone})
	if b.Environment != "staging" || b.ResourceName.Value != "notes" {
		t.Errorf("a project whose environments are not known gives %+v", b)
	}
}

// What needs no environment is read without one, and nothing is said of the rest.
func TestCommon(t *testing.T) {
	b := read(t, sample(t, edits{meta: gone, localEnv: gone, team: `{"dev":{},"prod":{}}`})).Common()
	if b.Environment != "" || b.AppID.Known() || b.Region.Known() || b.Profile.Known() {
		t.Errorf("of a single environment: %+v", b)
	}
	if b.ResourceName.Value != "notes" || b.DefaultAuthType.Value.Mode != "API_KEY" || len(b.AdditionalAuthTypes.Value) != 3 ||
		b.ConflictStrategy.Value != "AUTOMERGE" || b.TransformerVersion.Value != 2 || len(b.SchemaFiles) != 1 {
		t.Errorf("got %+v", b)
	}
	if len(b.Findings) > 0 {
		t.Errorf("findings %q", b.Findings)
	}
}

func TestDeployed(t *testing.T) {
	p := read(t, sample(t, edits{cloud + "api/notes/cli-inputs.json": inputsWith(
		`"defaultAuthType":{"mode":"API_KEY","expirationTime":30},"conflictResolution":{"defaultResolutionStrategy":{"type":"OPTIMISTIC_CONCURRENCY"}}`)}))
	b, err := p.Deployed("dev")
	if err != nil {
		t.Fatal(err)
	}
	want := cloud + "api/notes/cli-inputs.json"
	if got := b.DefaultAuthType.Value.ExpirationTime; got.Value != 30 || got.File != want {
		t.Errorf("days %v, want 30 from %s", got, want)
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
