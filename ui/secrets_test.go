package ui_test

import (
	"testing"
)

// typedKey is an API key where none belongs.
const typedKey = "da2-typedkey0123456789abcdef"

func TestATypedKeyIsSeenWhereItIsSentOnly(t *testing.T) {
	p := start(t, setup{w: 120, h: 40})
	p.into("2")
	p.Press("tab")
	p.Type(" " + typedKey)
	p.Want("••••••••••")
	if p.Has("da2-") {
		t.Errorf("while it is typed the key is seen:\n%s", p.Boxed())
	}
	p.Press("tab")
	p.Want("[redacted]")
	if p.Has(typedKey) {
		t.Errorf("the field without the focus shows the key:\n%s", p.Boxed())
	}
	p.into("6")
	for _, tab := range []struct {
		name  string
		shows bool
	}{{"[Plan]", false}, {"[Diff]", false}, {"[Request]", true}, {"[AWS CLI]", false}, {"[boto3]", false}} {
		p.Want(tab.name)
		if tab.name == "[AWS CLI]" || tab.name == "[boto3]" {
			p.Want("This cannot be shown", "a secret, or the gap that one has left")
			p.WantNot(typedKey)
			p.Press("right")
			continue
		}
		for range 4 { // to where the description stands
			if p.Has("web client") || p.Has("[redacted]") {
				break
			}
			p.Press("pgdown")
		}
		if p.Has(typedKey) != tab.shows || p.Has("[redacted]") == tab.shows {
			t.Errorf("the tab %s shows the key: %v\n%s", tab.name, p.Has(typedKey), p.Boxed())
		}
		p.Press("right")
	}
}
