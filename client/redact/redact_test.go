package redact_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ampedit/client/redact"
)

// known is a secret that looks like none.
const known = "opaque/session+token=of this run"

func TestMain(m *testing.M) {
	redact.Know(known[:20], known, "short")
	m.Run()
}

// seeds are texts with a secret in them, and what is left of them.
var seeds = []struct{ name, text, want string }{
	{"API key", "key da2-abcdefghijklmnopqrstuvwxyz expired", "key [redacted] expired"},
	{"API key after an underscore", "x_da2-zyxwvutsrqponmlkjihgfedcba", "x_[redacted]"},
	{"two API keys", "da2-aaaaaaaaaaaaaaaaaaaaaaaaaa,da2-bbbbbbbbbbbbbbbbbbbbbbbbbb", "[redacted],[redacted]"},
	{"access key", "credential AKIAIOSFODNN7EXAMPLE is bad", "credential [redacted] is bad"},
	{"temporary access key", "(ASIAIOSFODNN7EXAMPLE)", "([redacted])"},
	{"INI", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG\nregion = x", "aws_secret_access_key = [redacted]\nregion = x"},
	{"environment", "AWS_SESSION_TOKEN=c2Vzc2lvbg/token1== next", "AWS_SESSION_TOKEN=[redacted] next"},
	{"quoted", `export AWS_SECRET_ACCESS_KEY='a b"c' more`, `export AWS_SECRET_ACCESS_KEY='[redacted]' more`},
	{"YAML", "secretAccessKey: wJalrXUtnFEMI/K7\nnext: 1", "secretAccessKey: [redacted]\nnext: 1"},
	{"JSON", `{"secretAccessKey": "wJal\"rXUtnFEMJ/K7","a":"b"}`, `{"secretAccessKey": "[redacted]","a":"b"}`},
	{"JSON in JSON", `"body":"{\"sessionToken\":\"abc/def\",\"a\":1}"`, `"body":"{\"sessionToken\":\"[redacted]\",\"a\":1}"`},
	{"token in JSON", `{"token":"opaque","tokens":3}`, `{"token":"[redacted]","tokens":3}`},
	{"form", "grant_type=x&refresh_token=abc.def&client_secret=s3cret&a=b", "grant_type=x&refresh_token=[redacted]&client_secret=[redacted]&a=b"},
	{"client secret", "client_secret: s3cret, next", "client_secret: [redacted], next"},
	{"XML", "<SecretAccessKey>wJalrXUtnFEMK</SecretAccessKey>", "<SecretAccessKey>[redacted]</SecretAccessKey>"},
	{"header", "GET /\nAuthorization: AWS4-HMAC-SHA256 Signature=fe5f80f7\nHost: x", "GET /\nAuthorization: [redacted]\nHost: x"},
	{"header of its own kind", "Authorization: letters only", "Authorization: [redacted]"},
	{"header within a sentence", "it sent Authorization: AWS4-HMAC-SHA256 Credential=A/b, Signature=fe5f", "it sent Authorization: [redacted]"},
	{"Go's print of headers", "map[Authorization:[Bearer abc.def] A:[b]]", "map[Authorization:[[redacted]] A:[b]]"},
	{"assigned header", "sent authorization=Bearer abcdef", "sent authorization=[redacted]"},
	{"opaque header within a sentence", "with authorization: s3cr3t0123456789abc", "with authorization: [redacted]"},
	{"header in JSON", `{"Authorization":"anything at all","a":"b"}`, `{"Authorization":"[redacted]","a":"b"}`},
	{"cookies", "Set-Cookie: sid=abc; Path=/\nA: b", "Set-Cookie: [redacted]\nA: b"},
	{"token header", "X-Amz-Security-Token: opaque0123456789", "X-Amz-Security-Token: [redacted]"},
	{"canonical header", "host:x\nx-amz-security-token:opaque\n\nhost", "host:x\nx-amz-security-token:[redacted]\n\nhost"},
	{"signed address", "https://x/?X-Amz-Credential=abc%2F2026&X-Amz-Signature=0011223344&a=b", "https://x/?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]&a=b"},
	{"STS token", "token IQoJb3JpZ2luX2VjEJr/////wEaCXVz.", "token [redacted]."},
	{"JSON Web Token", "is eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4, it", "is [redacted], it"},
	{"known", "told " + known + ".", "told [redacted]."},
	{"known, in an address", "?t=opaque%2Fsession%2Btoken%3Dof+this+run&b", "?t=[redacted]&b"},
}

func TestSecretsAreTakenOut(t *testing.T) {
	for _, s := range seeds {
		if got := redact.Text(s.text); got != s.want {
			t.Errorf("%s: %q became %q, want %q", s.name, s.text, got, s.want)
		}
		if !redact.Holds(s.text) || !redact.Holds(s.want) {
			t.Errorf("%s: not known to hold a secret or its gap", s.name)
		}
	}
}

func TestInnocentTextStaysAsItIs(t *testing.T) {
	for _, text := range []string{
		"", "User: arn:aws:sts::123456789012:assumed-role/Deploy/ann is not authorized to perform: amplifybackend:UpdateBackendAPI",
		"The security token included in the request is expired", "panda2-prod", "panda2-production1", "da2-", "eu-west-1_AbCdEfGhi", "AKIA", "AKIASHORT", "eyJ", "short",
		strings.Repeat("0123456789abcdef", 4), "API_KEY, 30 days", "https://cognito-idp.eu-west-1.amazonaws.com/x",
		"Default authorization: API_KEY → AWS_IAM", "in authorization: the mode is wrong", "Default authorization: 366 days are too many", "the token: it is old", "nextToken=abc", `{"nextToken":"abc"}`,
		"User.accessToken: the field is removed", "Query.token: String", "tokens=3", "secretary = Ann", "3 signatures = 3",
	} {
		if got := redact.Text(text); got != text || redact.Holds(text) {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestSecretMembers(t *testing.T) {
	for _, name := range []string{"secretAccessKey", "SecretAccessKey", "aws_secret_access_key", "sessionToken", "Authorization", "X-Amz-Security-Token", "refresh_token", "token", "password", "Cookie"} {
		data := `[{"` + name + `" : "plainlookingtext"}, "kept", {"y": "kept"}]`
		want := `[{"` + name + `" : "[redacted]"}, "kept", {"y": "kept"}]`
		if got := string(redact.JSON([]byte(data))); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestSchemaTextIsKeptVerbatim(t *testing.T) {
	const data = `{"transformSchema":"type Q { a: String @http(headers: [{key: \"Authorization\", value: \"Bearer da2-abcdefghijkl\"}]) } # \u2028 <&>\n","x":1}`
	if got := string(redact.JSON([]byte(data))); got != data {
		t.Errorf("it became %s", got)
	}
}

// Only the text directly in the member counts as schema, not what is near it.
func TestWhatIsNotSchemaText(t *testing.T) {
	for _, data := range []string{
		`["transformSchema","da2-aaaaaaaaaa"]`,
		`{"transformSchema":["da2-aaaaaaaaaa"]}`,
		`[{"transformSchema":"x"},"da2-aaaaaaaaaa"]`,
		`{"transformSchema":null,"x":"da2-aaaaaaaaaa"}`,
		`{"transformSchema":{"da2-aaaaaaaaaa":1}}`,
		`transformSchema: da2-aaaaaaaaaa`,
	} {
		if got := redact.JSON([]byte(data)); strings.Contains(string(got), "aaaaa") {
			t.Errorf("%s became %s", data, got)
		}
	}
}

// Whatever stands around a secret, it goes; nothing is taken out twice; and JSON stays
// JSON, with the same shape.
func TestRedactingAnything(t *testing.T) {
	pieces := []string{" ", "\n", `"`, `\"`, `\`, "'", ":", "=", ",", "{", "}", "[", "]", "<", ">", "&", "token", "Authorization", "Bearer ", "password", "x", "é", "[redacted]"}
	for _, s := range seeds {
		pieces = append(pieces, s.text)
	}
	rapid.Check(t, func(t *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 8).Draw(t, "pieces"), "")
		once := redact.Text(text)
		if twice := redact.Text(once); twice != once {
			t.Fatalf("%q became %q and then %q", text, once, twice)
		}
		for _, secret := range []string{"da2-a", "AKIAIOSFODNN7EXAMPLE", "IQoJb3JpZ2luX2", known} {
			if strings.Contains(once, secret) {
				t.Fatalf("%q became %q", text, once)
			}
		}
		data, err := json.Marshal(map[string]any{text: []any{text, map[string]any{"a": text, "n": 1.5}}})
		if err != nil {
			t.Fatal(err)
		}
		got := redact.JSON(data)
		var shape map[string][]any
		if err := json.Unmarshal(got, &shape); err != nil || len(shape) != 1 {
			t.Fatalf("%s became %s: %v", data, got, err)
		}
		if again := redact.JSON(got); !slices.Equal(again, got) {
			t.Fatalf("%s became %s and then %s", data, got, again)
		}
	})
}
