package command

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/client/files"
	"ampedit/client/project"
	"ampedit/forms"
	"ampedit/ui/edit"
)

func TestOriginsNameWhoStatedWhat(t *testing.T) {
	const team, env, aws, backend = "amplify/team-provider-info.json", "amplify/.config/local-env-info.json", "amplify/.config/local-aws-info.json", "amplify/backend/backend-config.json"
	regions := map[edit.Target]edit.Stated{
		{AppID: "dproject", Environment: "dev"}:  {Value: "us-east-1", From: team},
		{AppID: "dproject", Environment: "prod"}: {Value: "eu-west-1", From: team},
	}
	tests := map[string]struct {
		flags   flags
		env     map[string]string
		from    []string // profile, region, app id, environment, resource
		regions []edit.Stated
		project map[edit.Target]edit.Stated
	}{
		"project": {
			from:    []string{aws, "", team, env, backend},
			project: regions,
		},
		"flags": {
			flags:   flags{profile: "me", region: "eu-north-1", environment: "prod", resource: "r"},
			from:    []string{"--profile", "--region", team, "--env", "--resource"},
			project: regions,
		},
		"variables": {
			env:  map[string]string{"AWS_PROFILE": "x", "AWS_REGION": "eu-west-1", "AWS_DEFAULT_REGION": "eu-west-2", "AMPEDIT_APP_ID": "dproject"},
			from: []string{"variable AWS_PROFILE", "", "variable AMPEDIT_APP_ID", env, backend},
			regions: []edit.Stated{
				{Value: "eu-west-1", From: "variable AWS_REGION"}, {Value: "eu-west-2", From: "variable AWS_DEFAULT_REGION"},
			},
			project: regions,
		},
		"another app": {
			flags: flags{appID: "dother"},
			from:  []string{"", "", "--app-id", "", ""},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			o := targetOrigins(&test.flags, func(name string) string { return test.env[name] },
				func() (*project.Project, error) { return project.Read(sampleProject()) })
			var from []string
			for _, key := range []forms.Key{forms.KeyProfile, forms.KeyRegion, forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName} {
				from = append(from, o.Fields[key].From)
			}
			if diff := cmp.Diff(test.from, from); diff != "" {
				t.Errorf("the origins differ (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.regions, o.Regions); diff != "" {
				t.Errorf("the regions differ (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.project, o.Project); diff != "" {
				t.Errorf("the project's regions differ (-want +got):\n%s", diff)
			}
		})
	}
}

// A schema in parts is loaded again from its folder, one in a file from that.
func TestLocalSchemaCanBeLoadedAgain(t *testing.T) {
	const folder = "amplify/backend/api/notes/"
	for name, test := range map[string]struct {
		files []string
		want  string
	}{
		"a file": {[]string{"schema.graphql"}, "schema.graphql"},
		"parts":  {[]string{"schema/a.graphql", "schema/more/b.graphql"}, "schema"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			texts := map[string]string{"amplify/backend/backend-config.json": backendFile, "amplify/team-provider-info.json": teamFile}
			for i, file := range test.files {
				texts[folder+file] = fmt.Sprintf("type A%d @model { id: ID! }\n", i)
			}
			for file, text := range texts {
				file = filepath.FromSlash(file)
				if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o700), os.WriteFile(file, []byte(text), 0o600)); err != nil {
					t.Fatal(err)
				}
			}
			base := localBase(projectOnce(), time.Now)(edit.Target{AppID: "dproject", Environment: "prod", ResourceName: "notes"})
			if base == nil {
				t.Fatal("the project says nothing")
			}
			if want := filepath.FromSlash(folder + test.want); base.SchemaPath != want {
				t.Errorf("the path is %q, not %q", base.SchemaPath, want)
			}
			again := edit.LoadSchema(files.Disk{}, base.SchemaPath)
			if again.Err != nil || again.Text != *base.Config.TransformSchema {
				t.Errorf("loaded again it is %q, %v", again.Text, again.Err)
			}
		})
	}
}

func TestTargetOfAWatchedJobComesFromItsReceipt(t *testing.T) {
	f := &flags{region: "eu-west-1", appID: "d1", environment: "prod", profile: "acme", receipt: "2026-11-22T14-03-31Z-prod"}
	none := func() (*project.Project, error) { return nil, project.ErrNoProject }
	o := targetOrigins(f, func(string) string { return "" }, none)
	if got := o.Fields[forms.KeyEnvironment].From; got != "receipt "+f.receipt {
		t.Errorf("the environment comes from %q", got)
	}
	if got := o.Fields[forms.KeyProfile].From; got != "--profile" {
		t.Errorf("the profile comes from %q", got)
	}
}
