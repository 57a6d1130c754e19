package page_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/muesli/termenv"

	"ampedit/forms"
	"ampedit/ui/page"
	"ampedit/ui/style"
	"ampedit/ui/uitest"
)

// tall is higher than any page of these tests, so that all of it is in sight.
const tall = 120

// emptyLines are those that a page is filled with.
var emptyLines = regexp.MustCompile(`\n(\s*\n){2,}`)

// drawReview draws the tabs Plan and Diff of a change.
func drawReview(t *testing.T, s scenario, st *style.Styles, w int) string {
	t.Helper()
	shared := newShared(t)
	shared.Styles = st
	zone := time.FixedZone("CET", 60*60)
	now := shared.Now
	shared.Now = func() time.Time { return now().In(zone) }
	s.open(t, shared.Edit)
	p := page.NewReview(shared)
	p.SetSize(w, tall)
	p.Focus(false)
	var out strings.Builder
	for range 2 {
		view := string(p.View())
		for _, l := range strings.Split(view, "\n") {
			if got := ansi.StringWidth(l); got > w {
				t.Errorf("%s: %q takes %d cells of %d", s.name, l, got, w)
			}
		}
		out.WriteString(emptyLines.ReplaceAllString(view+"\n", "\n\n"))
		press(p, "right")
	}
	return out.String()
}

func TestPlanAndDiff(t *testing.T) {
	for risk, group := range scenarios {
		for _, w := range []int{60, 80, 130} {
			for name, st := range map[string]*style.Styles{"": style.New(termenv.Ascii), "-colour": style.New(termenv.ANSI)} {
				var out strings.Builder
				for _, s := range group {
					fmt.Fprintf(&out, "===== %s\n%s", s.name, drawReview(t, s, st, w))
				}
				uitest.Golden(t, fmt.Sprintf("review/%s-%d%s", risk, w, name), out.String())
			}
		}
	}
}

// TestScenariosHaveTheirRisk holds that the golden files show what they are named
// for.
func TestScenariosHaveTheirRisk(t *testing.T) {
	for risk, group := range scenarios {
		for _, s := range group {
			shared := newShared(t)
			s.open(t, shared.Edit)
			if got := shared.Edit.Plan().Risk; got != risk {
				t.Errorf("%s: the greatest risk is %v, not %v", s.name, got, risk)
			}
		}
	}
}

// send presses a key and returns what the page sends upwards.
func send(t *testing.T, p page.Page, name string) any {
	t.Helper()
	_, cmd := p.Update(uitest.Key(name))
	if cmd == nil {
		t.Fatalf("%s sends nothing", name)
	}
	return cmd()
}

func TestDiffIsCopiedAsAPatch(t *testing.T) {
	shared := newShared(t)
	scenario{change: all(first(forms.KeyExpiration, "30"), schema(moreTags))}.open(t, shared.Edit)
	p := page.NewReview(shared)
	p.SetSize(80, 24)
	press(p, "right")
	p.View()
	text := send(t, p, "y").(page.CopyMsg).Text
	for _, want := range []string{
		"--- deployed/request.json\n+++ wanted/request.json\n", "-        \"expirationTime\": 7\n+        \"expirationTime\": 30\n",
		"--- deployed/schema.graphql\n+++ wanted/schema.graphql\n", "-  title: String\n+  title: String!\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in what is copied:\n%s", want, text)
		}
	}
	if written := send(t, p, "w").(page.WriteMsg); written.Text != text || written.Name != "request.diff" {
		t.Errorf("written is %s:\n%s", written.Name, written.Text)
	}
}

func TestMembersOfTheSameModeAreToldApart(t *testing.T) {
	shared := newShared(t)
	scenario{base: twoPools, change: all(extra(0, forms.KeyUserPool, ""), extra(1, forms.KeyUserPool, ""))}.open(t, shared.Edit)
	p := page.NewReview(shared)
	p.SetSize(100, 60)
	press(p, "right")
	view := p.View()
	for _, want := range []string{"members: 4 sent, 0 sent empty, 6 not sent",
		"additionalAuthTypes[AMAZON_COGNITO_USER_POOLS].settings.cognitoUserPoolId",
		"additionalAuthTypes[AMAZON_COGNITO_USER_POOLS 2].settings.cognitoUserPoolId"} {
		if !strings.Contains(string(view), want) {
			t.Errorf("%q is not in sight:\n%s", want, view)
		}
	}
}

func TestDiffFollowsTheAnswers(t *testing.T) {
	shared := newShared(t)
	scenario{change: first(forms.KeyExpiration, "30")}.open(t, shared.Edit)
	p := page.NewReview(shared)
	p.SetSize(80, 60)
	press(p, "right")
	if view := p.View(); !strings.Contains(string(view), "{+30+}") {
		t.Fatalf("the difference is not shown:\n%s", view)
	}
	first(forms.KeyExpiration, "90")(shared.Edit)
	shared.Edit.Touch()
	if view := p.View(); !strings.Contains(string(view), "{+90+}") || strings.Contains(string(view), "{+30+}") {
		t.Errorf("another answer is not shown:\n%s", view)
	}
	first(forms.KeyExpiration, "7")(shared.Edit)
	shared.Edit.Touch()
	if view := p.View(); !strings.Contains(string(view), "what is deployed already") {
		t.Errorf("a difference is left:\n%s", view)
	}
}
