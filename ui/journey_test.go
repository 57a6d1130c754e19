package ui_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ampedit/ui/uitest"
)

// walk is a journey that keeps each screen on its way.
type walk struct {
	*program
	t      *testing.T
	folder string
	number int
	colour bool
}

func (w *walk) shot(name string) {
	w.t.Helper()
	w.number++
	text := w.View()
	if w.colour {
		text = w.Raw()
	}
	uitest.Golden(w.t, fmt.Sprintf("%s/%02d-%s", w.folder, w.number, name), text)
}

// TestJourney goes the whole way once: the default becomes a user pool, an API
// key and OpenID Connect are added, conflicts are merged, the schema is another.
func TestJourney(t *testing.T) {
	for _, size := range []struct{ w, h int }{{120, 40}, {80, 24}, {60, 15}} {
		for _, colour := range []bool{true, false} {
			name := fmt.Sprintf("%dx%d", size.w, size.h)
			if colour {
				name += "-colour"
			}
			t.Run(name, func(t *testing.T) {
				p := start(t, setup{w: size.w, h: size.h, colour: colour})
				w := &walk{program: p, t: t, folder: "journey/" + name, colour: colour}
				w.forms()
				w.review()
				w.job()
			})
		}
	}
}

func (w *walk) forms() {
	w.Want("deployed configuration read")
	w.shot("start")
	w.Press("2", "enter")
	w.shot("default-as-deployed")
	w.Press("right", "tab")
	w.Type("eu-west-1_AbCdEfGhi")
	w.shot("default-user-pool")
	w.Press("enter") // the last field: on to the next step
	w.shot("more-as-deployed")
	w.Press("d")
	w.shot("more-removed")

	w.Press("a")
	w.shot("entry-blank")
	w.choose("● API key")
	w.Press("tab")
	w.Type("key of the app")
	w.Press("tab")
	w.Type("30")
	w.shot("entry-key")
	w.Press("enter")

	w.Press("a")
	w.choose("● OpenID Connect")
	for _, text := range []string{"acme", "https://id.example.com/", "web|ios", "1h", "15m"} {
		w.Press("tab")
		w.Type(text)
	}
	w.shot("entry-oidc")
	w.Press("ctrl+s")
	w.shot("more")

	w.Press("ctrl+s")
	w.choose("● Automerge")
	w.shot("conflicts")
	w.Press("enter")
	w.shot("schema-kept")
	w.Press("right", "tab")
	w.Type("sch")
	w.shot("schema-suggested")
	w.Press("right")
	w.shot("schema-file")
	w.Press("ctrl+s")
}

func (w *walk) review() {
	w.shot("review-plan")
	w.Press("right")
	w.shot("review-diff")
	w.Press("right")
	w.shot("review-request")
	w.Press("ctrl+s")
	w.shot("approval")
	w.Type("prob")
	w.Press("enter")
	w.shot("approval-mistyped")
	w.wantPosts(w.t, 0)
	w.Press("backspace")
	w.Type("d")
	w.Press("enter")
}

func (w *walk) job() {
	w.wantPosts(w.t, 1)
	w.Want("RUNNING")
	w.shot("job-running")
	w.Advance(4 * time.Second)
	w.shot("job-running-on")
	w.Advance(10 * time.Second)
	w.Want("COMPLETED", "read back: it is what was approved")
	w.shot("job-completed")
	w.wantPosts(w.t, 1)
	if w.InFlight() != 0 {
		w.t.Errorf("%d commands are in flight after the job's end", w.InFlight())
	}
	w.wantBody()
	w.to("3")
	w.WantNot("~", "added", "removed")
	w.into("6")
	w.Press("left", "left")
	w.Want("Nothing differs from what is deployed")
}

// wantBody compares the one update's body with what was answered on the way.
func (w *walk) wantBody() {
	w.t.Helper()
	var got map[string]any
	if err := json.Unmarshal([]byte(w.posts()[0]), &got); err != nil {
		w.t.Fatal(err)
	}
	type object = map[string]any
	want := object{"resourceName": "notes", "resourceConfig": object{
		"apiName": "notes", "service": "AppSync",
		"defaultAuthType": object{
			"mode": "AMAZON_COGNITO_USER_POOLS", "settings": object{"cognitoUserPoolId": "eu-west-1_AbCdEfGhi"},
		},
		"additionalAuthTypes": []any{
			object{"mode": "API_KEY", "settings": object{"description": "key of the app", "expirationTime": 30.0}},
			object{"mode": "OPENID_CONNECT", "settings": object{
				"openIDProviderName": "acme", "openIDIssueURL": "https://id.example.com/", "openIDClientId": "web|ios",
				"openIDIatTTL": "3600000", "openIDAuthTTL": "900000",
			}},
		},
		"conflictResolution": object{"resolutionStrategy": "AUTOMERGE"},
		"transformSchema":    newSchema,
	}}
	if diff := cmp.Diff(want, got); diff != "" {
		w.t.Errorf("the body differs (-want +got):\n%s", diff)
	}
}
