package command

import (
	"io/fs"
	"testing"
	"testing/fstest"
	"time"

	"ampedit/client/project"
	"ampedit/forms"
	"ampedit/ui/edit"
)

const (
	teamFile = `{"dev":{"awscloudformation":{"Region":"us-east-1","StackName":"amplify-x-dev-1","AmplifyAppId":"dproject"}},
		"prod":{"awscloudformation":{"Region":"eu-west-1","StackName":"amplify-x-prod-1","AmplifyAppId":"dproject"}}}`
	localEnvFile = `{"envName":"dev"}`
	localAWSFile = `{"dev":{"configLevel":"project","useProfile":true,"profileName":"acme-dev"}}`
	backendFile  = `{"api":{"notes":{"service":"AppSync"}}}`
)

func sampleProject() fs.FS {
	disk := fstest.MapFS{}
	for name, text := range map[string]string{
		"amplify/team-provider-info.json":          teamFile,
		"amplify/.config/local-env-info.json":      localEnvFile,
		"amplify/.config/local-aws-info.json":      localAWSFile,
		"amplify/.config/project-config.json":      `{"projectName":"x"}`,
		"amplify/backend/backend-config.json":      backendFile,
		"amplify/backend/api/notes/schema.graphql": "type A @model { id: ID! }",
	} {
		disk[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return disk
}

func TestFlagsWinOverEnvironmentOverProject(t *testing.T) {
	fromProject := []string{"acme-dev", "us-east-1", "dproject", "dev", "notes"}
	tests := map[string]struct {
		flags flags
		env   map[string]string
		none  bool // no project
		want  []string
	}{
		"project":             {want: fromProject},
		"no project":          {none: true, want: []string{"", "", "", "", ""}},
		"variables":           {env: map[string]string{"AMPEDIT_APP_ID": "dproject", "AMPEDIT_ENV": "dev", "AMPEDIT_RESOURCE": "other"}, want: []string{"acme-dev", "us-east-1", "dproject", "dev", "other"}},
		"flags":               {flags: flags{resource: "flagged", region: "eu-north-1", profile: "me"}, env: map[string]string{"AMPEDIT_RESOURCE": "other"}, want: []string{"me", "eu-north-1", "dproject", "dev", "flagged"}},
		"other environment":   {flags: flags{environment: "prod"}, want: []string{"", "eu-west-1", "dproject", "prod", "notes"}},
		"unknown environment": {flags: flags{environment: "qa"}, want: []string{"", "", "", "qa", ""}},
		"other app":           {flags: flags{appID: "dother"}, want: []string{"", "", "dother", "", ""}},
		"AWS_PROFILE":         {env: map[string]string{"AWS_PROFILE": "x"}, want: []string{"", "us-east-1", "dproject", "dev", "notes"}},
		"AWS_ACCESS_KEY_ID":   {env: map[string]string{"AWS_ACCESS_KEY_ID": "x"}, want: []string{"", "us-east-1", "dproject", "dev", "notes"}},
		"AWS_DEFAULT_REGION":  {env: map[string]string{"AWS_DEFAULT_REGION": "x"}, want: []string{"acme-dev", "", "dproject", "dev", "notes"}},
	}
	keys := []forms.Key{forms.KeyProfile, forms.KeyRegion, forms.KeyAppID, forms.KeyEnvironment, forms.KeyResourceName}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			open := func() (*project.Project, error) {
				if test.none {
					return nil, project.ErrNoProject
				}
				return project.Read(sampleProject())
			}
			e := edit.New(time.Now)
			e.Begin(targetOrigins(&test.flags, func(name string) string { return test.env[name] }, open))
			for i, key := range keys {
				got := e.Answers.Text(forms.At(forms.StepTarget, key))
				if key == forms.KeyRegion {
					got = e.Access().Region
				}
				if got != test.want[i] {
					t.Errorf("%s is %q, not %q", key, got, test.want[i])
				}
			}
		})
	}
}
