package edit_test

import (
	"testing"
	"time"

	"ampedit/forms"
	"ampedit/ui/edit"
)

func TestRegionConflict(t *testing.T) {
	variable, project := edit.Stated{Value: "eu-west-1", From: "variable AWS_REGION"}, edit.Stated{Value: "us-east-1", From: "amplify/team-provider-info.json"}
	for name, test := range map[string]struct {
		stated  []edit.Stated
		profile string
		want    string
	}{
		"nobody":             {nil, "", ""},
		"one":                {[]edit.Stated{variable}, "", ""},
		"all the same":       {[]edit.Stated{variable, {Value: "eu-west-1", From: "variable AWS_DEFAULT_REGION"}}, "eu-west-1", ""},
		"variable, project":  {[]edit.Stated{variable, project}, "", "The regions disagree: variable AWS_REGION says eu-west-1, amplify/team-provider-info.json says us-east-1. eu-west-1 is used."},
		"variable, profile":  {[]edit.Stated{variable}, "eu-north-1", "The regions disagree: variable AWS_REGION says eu-west-1, profile corp says eu-north-1. eu-west-1 is used."},
		"profile on its own": {nil, "eu-north-1", ""},
	} {
		t.Run(name, func(t *testing.T) {
			e := edit.New(time.Now)
			e.Begin(edit.Origins{Regions: test.stated})
			e.SetSession(&edit.Session{Region: "eu-west-1", Profile: "corp", ProfileRegion: test.profile})
			if got := e.RegionConflict(); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestOriginOfARegionThatTheProfileStates(t *testing.T) {
	e := edit.New(time.Now)
	e.Begin(edit.Origins{Fields: map[forms.Key]edit.Stated{forms.KeyProfile: {From: "variable AWS_PROFILE"}}})
	e.SetSession(&edit.Session{Region: "eu-north-1", Profile: "corp", ProfileRegion: "eu-north-1", Endpoint: "https://amplifybackend.eu-north-1.amazonaws.com"})
	from := map[string]string{}
	for _, o := range e.Origins() {
		from[o.Label] = o.From
	}
	for label, want := range map[string]string{"Region": "profile corp", "Endpoint": "the region", "AWS profile": "variable AWS_PROFILE", "App ID": ""} {
		if from[label] != want {
			t.Errorf("%s comes from %q, not %q", label, from[label], want)
		}
	}
}
