package ui_test

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui/edit"
)

// checkOut gives the program a checkout in which the API key lives for 30 days,
// IAM is allowed beside it instead of the user pool, and the schema is another.
func (p *program) checkOut(t *testing.T) {
	t.Helper()
	e := p.app.Edit()
	if e.Base() == nil {
		t.Fatalf("nothing was read\n%s", p.Boxed())
	}
	config := e.Base().Config.Clone()
	days, mode, schema := 30.0, wire.ModeIAM, newSchema
	config.DefaultAuthType.Settings.ExpirationTime = &days
	config.AdditionalAuthTypes = []wire.AuthType{{Mode: &mode}}
	config.TransformSchema = &schema
	e.SetLocal(&edit.Base{Target: e.Target(), Local: true, Config: config, SchemaPath: "schema.graphql"})
}

func TestDriftIsShownAndTaken(t *testing.T) {
	for _, size := range sizes {
		p := start(t, setup{w: size.w, h: size.h})
		p.checkOut(t)
		if p.to("1"); size.h >= 24 {
			p.Want("! The checkout differs from what is deployed in 4 places; D shows them.")
		}
		p.Press("D")
		p.wantFits(t)
		p.Want("The checkout against what is", "~ defaultAuthType.settings.expir")
		for range 4 {
			p.Press("l")
			p.wantFits(t)
			p.Want("✓ checkout")
			p.Press("down")
		}
		p.Press("up", "up", "up", "up")
		if p.Press("esc"); size.w >= 80 {
			p.Press("D")
			p.Want("sends the checkout's")
			p.WantNot("sends the deployed")
			p.Press("esc")
		}
		plan := p.app.Edit().Plan()
		if got := plan.Input.ResourceConfig; !got.Equal(p.app.Edit().Local().Config) {
			t.Errorf("what would be sent is not the checkout's:\n%s", plan.Preview())
		}
		p.to("1")
		p.Press("D")
		for range 4 {
			p.Press("d")
			p.Want("✓ deployed")
			p.Press("down")
		}
		if changes := p.app.Edit().Plan().Changes; len(changes) > 0 {
			t.Errorf("changes are left: %+v", changes)
		}
		if p.app.Edit().Dirty() {
			t.Error("putting all back left something typed")
		}
	}
}

func TestDriftSaysWhyThereIsNone(t *testing.T) {
	p := start(t, setup{})
	p.to("1")
	p.WantNot("checkout")
	p.Press("D")
	p.Want("no checkout was found")
	e := p.app.Edit()
	e.SetLocal(&edit.Base{Target: e.Target(), Local: true, Config: e.Base().Config.Clone()})
	p.Press("D")
	p.Want("the checkout agrees with what is deployed")
}

func TestOrigins(t *testing.T) {
	origins := edit.Origins{
		Fields: map[forms.Key]edit.Stated{
			forms.KeyAppID:       {Value: emulator.SampleAppID, From: "amplify/team-provider-info.json"},
			forms.KeyEnvironment: {Value: emulator.SampleProd, From: "--env"},
		},
		Regions: []edit.Stated{{Value: emulator.SampleRegion, From: "variable AWS_REGION"}},
		Project: map[edit.Target]edit.Stated{
			{AppID: emulator.SampleAppID, Environment: emulator.SampleProd}: {Value: "us-east-1", From: "amplify/team-provider-info.json"},
		},
		Endpoint: "variable AWS_ENDPOINT_URL",
	}
	p := start(t, setup{w: 100, h: 40, origins: origins})
	const conflict = "The regions disagree: variable AWS_REGION says eu-west-1, amplify/team-provider-info.json"
	p.to("1")
	p.Want("! The regions that are set disagree; eu-west-1 is used. i shows who says what.")
	p.Press("i")
	p.Want("Who acts, on what", emulator.SampleAccount, emulator.SampleCaller, "environment variables",
		"from variable AWS_REGION", "from variable AWS_ENDPOINT_URL", "from amplify/team-provider-info.json", "from --env", "! "+conflict)
	p.Want("from typed") // nobody states the resource
	p.WantNot(p.server.Credentials().SecretAccessKey, p.server.Credentials().AccessKeyID)
	p.Press("esc")
	p.WantNot("Who acts")
	for _, size := range sizes {
		p := start(t, setup{w: size.w, h: size.h, origins: origins})
		p.wantFits(t)
		p.to("1")
		p.Press("i")
		p.wantFits(t)
	}
}

// keep writes a request to a file and opens it.
func keep(t *testing.T, text string) *edit.File {
	t.Helper()
	path := filepath.Join(t.TempDir(), "prod.yaml")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	file, err := edit.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return file
}

const keptRequest = `# renewed each spring
appId: ` + emulator.SampleAppID + `
backendEnvironmentName: staging
resourceName: notes
owner: team-a
resourceConfig:
  defaultAuthType:
    mode: API_KEY
    settings:
      expirationTime: 90 # days
      description: web client
`

func TestFileIsEditedAndSavedBack(t *testing.T) {
	file := keep(t, keptRequest)
	p := start(t, setup{w: 120, h: 40, file: file})
	p.Want("› staging ›", "! 1 note on ")
	p.to("1")
	p.Press("N")
	p.Want("Notes on", "prod.yaml:5:1: owner")
	p.Press("esc", "i")
	p.Want("from " + file.Path[:20])
	p.Press("esc")
	p.into("6")
	p.Want("1 to change, 0 to add, 0 to remove", "90 days")
	p.into("2")
	p.Press("tab", "tab", "ctrl+u")
	p.Type("60")
	p.into("6")
	p.Press("S")
	p.Want("saved to ")
	saved, err := os.ReadFile(file.Path)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"# renewed each spring\n", "owner: team-a\n", "expirationTime: 60 # days\n"} {
		if !strings.Contains(string(saved), want) {
			t.Errorf("the file lacks %q:\n%s", want, saved)
		}
	}

	if err := os.WriteFile(file.Path, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	p.Press("S")
	p.Want("has changed on disk meanwhile")
	if left, err := os.ReadFile(file.Path); err != nil || string(left) != "{}" {
		t.Errorf("the file of somebody else was overwritten: %q, %v", left, err)
	}
	p.wantPosts(t, 0)
}

// TestNothingIsAskedForAPageThatIsGone leaves pages while their lists are being
// looked up.
func TestNothingIsAskedForAPageThatIsGone(t *testing.T) {
	for name, look := range map[string]func(p *program){
		"apps":       func(p *program) { p.into("1"); p.Press("tab", "tab", "right") },
		"user pools": func(p *program) { p.into("3"); p.Press("e", "tab", "right") },
	} {
		t.Run(name, func(t *testing.T) {
			p := start(t, setup{})
			session := p.app.Edit().Session()
			session.ListApps = func(ctx context.Context, _ int) ([]client.App, bool, error) {
				return nil, false, p.clock.Wait(ctx, 2*time.Second)
			}
			session.ListUserPools = func(ctx context.Context, _ int) ([]client.UserPool, bool, error) {
				return nil, false, p.clock.Wait(ctx, 2*time.Second)
			}
			look(p)
			if p.InFlight() != 1 {
				t.Fatalf("no list is being looked up\n%s", p.Boxed())
			}
			p.to("4")
			if n := p.InFlight(); n != 0 {
				t.Errorf("%d pieces of work go on after their page", n)
			}
		})
	}
}
