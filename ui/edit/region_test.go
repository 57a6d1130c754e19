package edit_test

import (
	"cmp"
	"testing"
	"time"

	"ampedit/forms"
	"ampedit/ui/edit"
)

// TestWhoSaysTheRegion has every source state another region, and takes one away
// after the other.
func TestWhoSaysTheRegion(t *testing.T) {
	const project, variable = "amplify/team-provider-info.json", "variable AWS_REGION"
	here := edit.Target{AppID: "d1", Environment: "dev"}
	for name, test := range map[string]struct {
		typed, flag, variable, project, profile string // the regions that they state
		chosen                                  string // how the profile was chosen
		region, from, note                      string
	}{
		"all":                            {"r-typed", "r-flag", "r-variable", "r-project", "r-profile", "typed", "r-typed", "typed", ""},
		"flag":                           {"", "r-flag", "r-variable", "r-project", "r-profile", "typed", "r-flag", "--region", ""},
		"variable, and a profile typed":  {"", "", "r-variable", "r-project", "r-profile", "typed", "r-variable", variable, "AWS_REGION"},
		"variable that says the same":    {"", "", "r-profile", "r-project", "r-profile", "typed", "r-profile", variable, ""},
		"profile typed":                  {"", "", "", "r-project", "r-profile", "typed", "r-profile", "profile corp", "the profile's"},
		"profile by a flag":              {"", "", "", "r-project", "r-profile", "flag", "r-profile", "profile corp", "the profile's"},
		"profile by a variable":          {"", "", "", "r-project", "r-profile", "", "r-project", project, ""},
		"profile typed that states none": {"", "", "", "r-project", "", "typed", "r-project", project, ""},
		"default profile":                {"", "", "", "", "r-profile", "", "r-profile", "profile corp", "the profile's"},
		"the SDK knows":                  {"", "", "", "", "", "", "r-sdk", "the AWS configuration", ""},
	} {
		t.Run(name, func(t *testing.T) {
			o := edit.Origins{Fields: map[forms.Key]edit.Stated{forms.KeyAppID: {Value: "d1"}, forms.KeyEnvironment: {Value: "dev"}}}
			o.Fields[forms.KeyRegion] = edit.Stated{Value: test.flag, From: "--region", Chosen: test.flag != ""}
			o.Project = map[edit.Target]edit.Stated{{AppID: "d1", Environment: "prod"}: {Value: "r-other"}}
			if test.project != "" {
				o.Project[here] = edit.Stated{Value: test.project, From: project}
			}
			if test.variable != "" {
				o.Regions = []edit.Stated{{Value: test.variable, From: variable}}
			}
			if test.chosen == "flag" {
				o.Fields[forms.KeyProfile] = edit.Stated{Value: "corp", From: "--profile", Chosen: true}
			}
			e := edit.New(time.Now)
			e.Begin(o)
			set := func(key forms.Key, text string) { e.Answers.Set(forms.At(forms.StepTarget, key), text) }
			if test.chosen == "typed" {
				set(forms.KeyProfile, "corp")
			}
			if test.typed != "" {
				set(forms.KeyRegion, " "+test.typed)
			}
			access := e.Access()
			// As the SDK decides.
			region := cmp.Or(access.Region, test.variable, test.profile, access.DefaultRegion, "r-sdk")
			s := &edit.Session{Access: access, Region: region, Profile: "corp", ProfileRegion: test.profile}
			e.SetSession(s)
			e.Connected(s)
			if got := e.Region(); got.Value != test.region || got.From != test.from {
				t.Errorf("the region is %q from %q, not %q from %q", got.Value, got.From, test.region, test.from)
			}
			if got := e.RegionNote(); got != test.note {
				t.Errorf("the note is %q, not %q", got, test.note)
			}
			if e.Access() != access {
				t.Errorf("being connected changes the access from %+v to %+v", access, e.Access())
			}
			if got := e.Context().Region; got != test.region {
				t.Errorf("the rules take the region for %q", got)
			}
		})
	}
}

func TestTheProjectsRegionIsThatOfTheEnvironment(t *testing.T) {
	e := edit.New(time.Now)
	e.Begin(edit.Origins{
		Fields:  map[forms.Key]edit.Stated{forms.KeyAppID: {Value: "d1"}, forms.KeyEnvironment: {Value: "dev"}},
		Project: map[edit.Target]edit.Stated{{AppID: "d1", Environment: "dev"}: {Value: "eu-west-1"}, {AppID: "d1", Environment: "prod"}: {Value: "us-east-1"}},
	})
	for _, step := range []struct {
		key        forms.Key
		text, want string
	}{{forms.KeyEnvironment, "dev", "eu-west-1"}, {forms.KeyEnvironment, "prod", "us-east-1"}, {forms.KeyAppID, "d2", ""}} {
		e.Answers.Set(forms.At(forms.StepTarget, step.key), step.text)
		if got := e.Access().Region; got != step.want {
			t.Errorf("after %s the region is %q, not %q", step.text, got, step.want)
		}
	}
}
