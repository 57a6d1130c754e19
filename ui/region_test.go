package ui_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// abroad is the program on a machine with the default profile in eu-central-1 and
// acme-prod in eu-west-1, both with the emulator's keys.
type abroad struct {
	*program
	read []string // the regions that the configuration was read in
}

// startAbroad starts it. The variable AWS_REGION is region, or not set.
func startAbroad(t *testing.T, region string) *abroad {
	t.Helper()
	a := &abroad{}
	s := setup{journal: openJournal(t, t.TempDir())}
	if region != "" {
		s.origins.Regions = []edit.Stated{{Value: region, From: "variable AWS_REGION"}}
	}
	s.adjust = func(p *program, c *ui.Config) {
		keys := p.server.Credentials()
		var text strings.Builder
		for name, region := range map[string]string{"default": "eu-central-1", "profile acme-prod": "eu-west-1"} {
			fmt.Fprintf(&text, "[%s]\naws_access_key_id = %s\naws_secret_access_key = %s\nregion = %s\n", name, keys.AccessKeyID, keys.SecretAccessKey, region)
		}
		if err := os.WriteFile(os.Getenv("AWS_CONFIG_FILE"), []byte(text.String()), 0o600); err != nil {
			t.Fatal(err)
		}
		t.Setenv("AWS_ACCESS_KEY_ID", "")
		t.Setenv("AWS_SECRET_ACCESS_KEY", "")
		t.Setenv("AWS_REGION", region)
		c.Connect = func(ctx context.Context, access edit.Access) (*edit.Session, error) {
			session, err := p.connect(ctx, access)
			if err == nil {
				session.Service = readAbroad{session.Service, func() { a.read = append(a.read, session.Region) }}
			}
			return session, err
		}
	}
	a.program = start(t, s)
	return a
}

// readAbroad is a service that tells when the configuration is read.
type readAbroad struct {
	client.API
	tell func()
}

func (s readAbroad) GetBackendAPI(ctx context.Context, in *wire.GetBackendAPIInput) (*wire.GetBackendAPIOutput, error) {
	s.tell()
	return s.API.GetBackendAPI(ctx, in)
}

func TestChoosingAProfileChoosesItsRegion(t *testing.T) {
	p := startAbroad(t, "")
	p.Want("eu-central-1 (the profile's)")
	p.into("1")
	p.Press("right", "down") // acme-prod, in the list of profiles
	p.Press("enter", "ctrl+n")
	p.Want("acme-prod", "eu-west-1 (the profile's)")
	p.WantNot("eu-central-1")
	if got := p.read; len(got) != 2 || got[1] != "eu-west-1" {
		t.Errorf("read in %q", got)
	}
	p.to("1")
	p.Press("i")
	p.Want("from profile acme-prod", "from typed")
	if at := strings.Index(p.View(), "eu-west-1\n"); at < 0 || !strings.Contains(p.View()[at:at+60], "from profile acme-prod") {
		t.Errorf("the region's origin is not the profile\n%s", p.Boxed())
	}
}

func TestARegionThatWasTypedStays(t *testing.T) {
	p := startAbroad(t, "")
	p.into("1")
	p.Press("tab", "ctrl+u")
	p.Type("eu-north-1")
	p.Press("shift+tab")
	p.Type("acme-prod")
	p.Press("ctrl+n")
	p.Want("acme-prod", "eu-north-1")
	p.WantNot("eu-north-1 (")
	p.into("1") // emptied, the field is the profile's again
	p.Press("tab", "ctrl+u", "ctrl+n")
	p.Want("eu-west-1 (the profile's)")
	p.to("1")
	if got := p.app.Edit().Answers.Text(forms.At(forms.StepTarget, forms.KeyRegion)); got != "eu-west-1" {
		t.Errorf("the field shows %q", got)
	}
}

func TestAVariableCountsMoreThanAProfile(t *testing.T) {
	p := startAbroad(t, "eu-south-1")
	p.into("1")
	p.Type("acme-prod")
	p.Press("ctrl+n")
	p.Want("eu-south-1 (AWS_REGION)")
	p.to("1")
	p.Want("! The regions that are set disagree; eu-south-1 is used. i shows who says what.")
}

// TestTheReadKeyReadsWithTheProfileThatStandsThere changes the profile and asks for
// another read without leaving the step.
func TestTheReadKeyReadsWithTheProfileThatStandsThere(t *testing.T) {
	p := startAbroad(t, "")
	p.into("1")
	p.Type("acme-prod")
	p.Press("esc", "esc", "R")
	p.Want("eu-west-1 (the profile's)")
	if got := p.read; got[len(got)-1] != "eu-west-1" {
		t.Errorf("read in %q", got)
	}
}

// TestWhatWasTypedInOneRegionDoesNotFollow changes the profile, and with it the
// region, while something is typed.
func TestWhatWasTypedInOneRegionDoesNotFollow(t *testing.T) {
	p := startAbroad(t, "")
	p.change()
	p.into("1")
	p.Type("acme-prod")
	p.Press("ctrl+n")
	p.Want("eu-west-1 (the profile's)", "Another backend", "in eu-central-1.", "You typed for")
	p.Press("enter") // the default answer
	if p.app.Edit().Dirty() {
		t.Errorf("what was typed has followed\n%s", p.Boxed())
	}
	p.into("2")
	p.WantNot("web client two")
}
