package suggest_test

import (
	"testing"

	"ampedit/client/suggest"
)

func TestNearest(t *testing.T) {
	modes := []string{"API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT"}
	tests := []struct {
		word  string
		known []string
		want  string
	}{
		{"APIKEY", modes, "API_KEY"},
		{"api_key", modes, "API_KEY"},
		{"IAM", modes, ""},
		{"SMOKE_SIGNAL", modes, ""},
		{"API_KEY", modes, ""}, // which is known
		{"", modes, ""},
		{"prdo", []string{"dev", "prod"}, "prod"}, // neighbours swapped
		{"test", []string{"dev", "prod"}, ""},
		{"hapy", []string{"failed", "happy"}, "happy"},
		{"profil", []string{"profile", "port"}, "profile"},
		{"x", nil, ""},
	}
	for _, test := range tests {
		if got := suggest.Nearest(test.word, test.known); got != test.want {
			t.Errorf("%q: %q, want %q", test.word, got, test.want)
		}
	}
	if got := suggest.DidYouMean("APIKEY", modes); got != "; did you mean API_KEY?" {
		t.Errorf("got %q", got)
	}
	if got := suggest.DidYouMean("smoke", modes); got != "" {
		t.Errorf("got %q", got)
	}
}
