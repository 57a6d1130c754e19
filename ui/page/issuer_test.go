package page_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/charmbracelet/bubbles/key"

	"ampedit/client/oidc"
	"ampedit/forms"
	"ampedit/ui/keys"
	"ampedit/ui/page"
	"ampedit/ui/uitest"
)

const acme = "https://id.example.com"

// issuerPage returns the page of an OpenID Connect entry with the focus on its
// issuer, and the issuer's place.
func issuerPage(t *testing.T, check func(ctx context.Context, issuer string) (oidc.Result, error)) (*page.Form, *page.Shared, forms.Ref) {
	t.Helper()
	s := newShared(t)
	s.CheckIssuer = check
	ref := forms.Ref{Step: forms.StepMore, Entry: s.Edit.Answers.Add("OPENID_CONNECT").ID, Key: forms.KeyIssuer}
	s.Edit.Answers.Set(ref, acme)
	s.Edit.Touch()
	p := page.NewEntry(s, ref.Entry)
	p.SetSize(80, 40)
	p.FocusField(forms.KeyIssuer)
	return p, s, ref
}

// ask presses the key and gives the page its answer. It returns what the page
// says of it at last.
func ask(t *testing.T, p *page.Form) page.ToastMsg {
	t.Helper()
	_, cmd := p.Update(uitest.Key("f3"))
	if view := p.View(); !strings.Contains(string(view), "Asking the provider") {
		t.Errorf("nothing shows that somebody is asked:\n%s", view)
	}
	return p.Receive(cmd())().(page.ToastMsg)
}

// states is a provider that states an issuer.
func states(issuer, difference string) func(context.Context, string) (oidc.Result, error) {
	return func(context.Context, string) (oidc.Result, error) {
		return oidc.Result{Issuer: issuer, Difference: difference}, nil
	}
}

func TestIssuerIsConfirmed(t *testing.T) {
	asked := ""
	p, s, ref := issuerPage(t, func(_ context.Context, issuer string) (oidc.Result, error) {
		asked = issuer
		return oidc.Result{Issuer: issuer}, nil
	})
	if said := ask(t, p); said.Bad || asked != acme || !strings.Contains(string(p.View()), "states exactly this issuer") {
		t.Errorf("asked for %q, said %+v\n%s", asked, said, p.View())
	}
	s.Edit.Answers.Set(ref, acme+"/other")
	if strings.Contains(string(p.View()), "states exactly") {
		t.Errorf("an answer counts for another issuer:\n%s", p.View())
	}
}

func TestIssuerOfTheProviderIsOffered(t *testing.T) {
	for _, typed := range []string{acme, acme + oidc.DiscoveryPath} {
		p, s, ref := issuerPage(t, states(acme+"/tenant/", "The provider's issuer has another path."))
		s.Edit.Answers.Set(ref, typed)
		s.Edit.Touch()
		if said := ask(t, p); !said.Bad || !strings.Contains(string(p.View()), "has another path.") {
			t.Errorf("said %+v\n%s", said, p.View())
		}
		if strings.Count(string(p.View()), "ctrl+t: use "+acme+"/tenant/") != 1 || strings.Count(string(p.View()), "ctrl+t: ") != 1 {
			t.Errorf("the provider's issuer is not the one that is offered:\n%s", p.View())
		}
		press(p, "ctrl+t")
		if got := s.Edit.Answers.Text(ref); got != acme+"/tenant/" {
			t.Errorf("the fix gives %q", got)
		}
	}
}

func TestIssuerThatCannotBeAsked(t *testing.T) {
	p, _, _ := issuerPage(t, func(context.Context, string) (oidc.Result, error) {
		return oidc.Result{}, errors.New("it cannot be \x1b[31mreached")
	})
	if said := ask(t, p); !said.Bad || !strings.Contains(string(p.View()), "Not confirmed: it cannot be reached.") {
		t.Errorf("said %+v\n%s", said, p.View())
	}
}

// TestQuestionEndsWithItsPage holds that nobody is asked for a page that is
// gone, and that an answer that is late is dropped.
func TestQuestionEndsWithItsPage(t *testing.T) {
	cancelled := false
	p, s, ref := issuerPage(t, func(ctx context.Context, _ string) (oidc.Result, error) {
		cancelled = ctx.Err() != nil
		return oidc.Result{Issuer: "x", Difference: "Late."}, nil
	})
	_, cmd := p.Update(uitest.Key("f3"))
	p.Blur()
	if msg := cmd(); !cancelled || p.Receive(msg) != nil {
		t.Errorf("the question goes on; cancelled is %v", cancelled)
	}
	p.FocusField(forms.KeyIssuer)
	_, cmd = p.Update(uitest.Key("f3"))
	other := page.NewEntry(s, ref.Entry)
	other.SetSize(80, 40)
	other.FocusField(forms.KeyIssuer)
	if msg := cmd(); other.Receive(msg) != nil || strings.Contains(string(other.View()), "Late.") {
		t.Errorf("the answer reaches another page:\n%s", other.View())
	}
}

func TestIssuerKeySaysWhyItDoesNothing(t *testing.T) {
	refused := func(p *page.Form) string {
		_, cmd := p.Update(uitest.Key("f3"))
		msg, _ := cmd().(page.ToastMsg)
		return string(msg.Text)
	}
	p, s, ref := issuerPage(t, states(acme, ""))
	offered := func() bool {
		return slices.ContainsFunc(p.Keys(), func(b key.Binding) bool { return b.Help() == keys.CheckIssuer.Help() })
	}
	if !offered() {
		t.Error("the key is not offered on an issuer")
	}
	s.Edit.Answers.Set(ref, "")
	if got := refused(p); got != "there is no issuer to check yet" {
		t.Errorf("without an issuer: %q", got)
	}
	p.FocusField(forms.KeyClientID)
	if got := refused(p); got != "only an issuer URL can be checked" || offered() {
		t.Errorf("on another field: %q, offered is %v", got, offered())
	}
	p, _, _ = issuerPage(t, nil)
	if got := refused(p); got != "no provider is asked here" || offered() {
		t.Errorf("without anybody to ask: %q, offered is %v", got, offered())
	}
}
