package journal

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ampedit/client/wire"
)

// seeds are texts with a secret in them. The secret must not reach the disk.
var seeds = []struct{ name, text, secret string }{
	{"API key", "key da2-abcdefghijklmnopqrstuvwxyz expired", "da2-abcdefghijklmnopqrstuvwxyz"},
	{"API key after an underscore", "x_da2-zyxwvutsrqponmlkjihgfedcba", "da2-zyxwvutsrqponmlkjihgfedcba"},
	{"two API keys", "da2-aaaaaaaaaa,da2-bbbbbbbbbb", "bbbbbbbbbb"},
	{"access key", "credential AKIAIOSFODNN7EXAMPLE is bad", "AKIAIOSFODNN7EXAMPLE"},
	{"temporary access key", "(ASIAIOSFODNN7EXAMPLE)", "ASIAIOSFODNN7EXAMPLE"},
	{"INI", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG", "wJalrXUtnFEMI"},
	{"environment", "AWS_SESSION_TOKEN=c2Vzc2lvbg/token1==", "c2Vzc2lvbg"},
	{"JSON in text", `answer {"secretAccessKey": "wJalrXUtnFEMJ/K7"}`, "wJalrXUtnFEMJ"},
	{"XML", "<SecretAccessKey>wJalrXUtnFEMK</SecretAccessKey>", "wJalrXUtnFEMK"},
	{"header", "GET /\nAuthorization: AWS4-HMAC-SHA256 Signature=fe5f80f77d5fa3be\n", "fe5f80f77d5fa3be"},
	{"token header", "X-Amz-Security-Token: opaque0123456789", "opaque0123456789"},
	{"signed address", "https://x/?X-Amz-Credential=abc%2F2026&X-Amz-Signature=0011223344", "0011223344"},
	{"STS token", "IQoJb3JpZ2luX2VjEJr/////wEaCXVz", "EJr/////wEaCXVz"},
	{"JSON Web Token", "Bearer eyJhbGciOiJIUzI1.eyJzdWIiOiIxMjM0.SflKxwRJSMeKKF2QT4", "SflKxwRJSMeKKF2QT4"},
	{"known to the program", "what only the program knows: hunter2hunter2", "hunter2hunter2"},
}

// openWithSecret opens a journal of a program that knows a secret of its own.
func openWithSecret(t *testing.T) *Journal {
	t.Helper()
	j, err := Open(Options{Root: t.TempDir(), Now: func() time.Time { return began }, Version: "1", Redact: func(text string) string {
		return strings.ReplaceAll(text, "hunter2hunter2", Gap)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// pollute puts a text into every string below v, apart from the text of a schema.
func pollute(v reflect.Value, text string) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(text)
	case reflect.Pointer:
		pollute(v.Elem(), text)
	case reflect.Slice:
		for i := range v.Len() {
			pollute(v.Index(i), text)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			switch {
			case field.Type == reflect.TypeFor[wire.Members]():
				quoted, err := json.Marshal(map[string]any{"deep": []string{text}, text: 1})
				must(err)
				v.Field(i).Set(reflect.ValueOf(wire.Members{"later": quoted, text: quoted}))
			case field.Type != reflect.TypeFor[time.Time]() && field.Tag.Get("json") != schemaMember+",omitzero":
				pollute(v.Field(i), text)
			}
		}
	}
}

func TestSecretsNeverReachTheDisk(t *testing.T) {
	for _, seed := range seeds {
		t.Run(seed.name, func(t *testing.T) {
			j := openWithSecret(t)
			in := everything()
			pollute(reflect.ValueOf(&in), seed.text)
			r, err := mustLock(t, j, in.Target).Begin(in)
			if err != nil {
				t.Fatal(err)
			}
			checkNoSecret(t, j, seed.secret)
			for _, open := range []bool{true, true, false} {
				mustSave(t, j, r, open)
				checkNoSecret(t, j, seed.secret)
			}
			draft, err := json.Marshal(map[string]any{"answers": []any{seed.text, map[string]string{seed.text: seed.text}}})
			if err != nil {
				t.Fatal(err)
			}
			for name, data := range map[string][]byte{"json": draft, "text": []byte("answers: " + seed.text)} {
				target := in.Target
				target.ResourceName += name
				if err := j.SaveDraft(target, data); err != nil {
					t.Fatal(err)
				}
				if d, err := j.LoadDraft(target); err != nil || name == "json" && !json.Valid(d.Data) {
					t.Errorf("draft %v, error %v", d, err)
				}
			}
			checkNoSecret(t, j, seed.secret)
			got := mustGet(t, j, r.ID)
			if !r.BeforeRedacted || !got.BeforeRedacted || !strings.Contains(got.JobError, Gap) {
				t.Errorf("%+v; want it to say that something was taken out", got)
			}
			if got.Before == nil || *got.Before.TransformSchema != *in.Before.TransformSchema || len(got.Candidates) != len(in.Candidates) {
				t.Errorf("%+v; want all else kept", got)
			}
		})
	}
}

// checkNoSecret looks for a secret in the names of all files and in what they hold.
func checkNoSecret(t *testing.T, j *Journal, secret string) {
	t.Helper()
	files := contents(t, j.root)
	if len(files) < 3 {
		t.Fatalf("%d files, want a receipt, a lock and its holder at least", len(files))
	}
	for name, data := range files {
		if strings.Contains(strings.ToLower(name), strings.ToLower(secret)) || bytes.Contains(data, []byte(secret)) {
			t.Errorf("%s holds %q:\n%s", name, secret, data)
		}
	}
}

func TestSecretMembers(t *testing.T) {
	j := openWithSecret(t)
	for _, name := range []string{"secretAccessKey", "SecretAccessKey", "aws_secret_access_key", "sessionToken", "Authorization", "X-Amz-Security-Token", "refresh_token"} {
		data := fmt.Appendf(nil, `[{%q : "plainlookingtext"}, "kept", {"y": "kept"}]`, name)
		want := fmt.Sprintf(`[{%q : "[redacted]"}, "kept", {"y": "kept"}]`, name)
		if got := string(j.redactContent(data)); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestSchemaTextIsKeptVerbatim(t *testing.T) {
	const schema = "type Q { a: String @http(url: \"https://x\", headers: [{key: \"Authorization\", value: \"Bearer da2-abcdefghijkl\"}]) } # \u2028 <&>\n"
	j, _ := openNew(t)
	in := intent(prod)
	in.Before, in.Sent = config(schema), config(schema)
	begun, err := mustLock(t, j, prod).Begin(in)
	if err != nil {
		t.Fatal(err)
	}
	mustSave(t, j, begun, true)
	r := mustGet(t, j, begun.ID)
	if *r.Before.TransformSchema != schema || *r.Sent.TransformSchema != schema || r.BeforeRedacted {
		t.Errorf("before %q, sent %q, redacted %v", *r.Before.TransformSchema, *r.Sent.TransformSchema, r.BeforeRedacted)
	}
	if !r.Before.Equal(in.Before) || !r.Sent.Equal(in.Sent) {
		t.Error("the configurations changed")
	}
}

// Only the text directly in the member counts as schema, not what is near it.
func TestWhatIsNotSchemaText(t *testing.T) {
	j := openWithSecret(t)
	for _, data := range []string{
		`["transformSchema","da2-aaaaaaaaaa"]`,
		`{"transformSchema":["da2-aaaaaaaaaa"]}`,
		`[{"transformSchema":"x"},"da2-aaaaaaaaaa"]`,
		`{"transformSchema":null,"x":"da2-aaaaaaaaaa"}`,
		`{"transformSchema":{"da2-aaaaaaaaaa":1}}`,
		`transformSchema: da2-aaaaaaaaaa`,
	} {
		if got := j.redactContent([]byte(data)); bytes.Contains(got, []byte("aaaaa")) {
			t.Errorf("%s became %s", data, got)
		}
	}
}

func TestInnocentTextStaysAsItIs(t *testing.T) {
	j := openWithSecret(t)
	for _, text := range []string{
		"", "User: arn:aws:sts::123456789012:assumed-role/Deploy/ann is not authorized to perform: amplifybackend:UpdateBackendAPI",
		"The security token included in the request is expired", "panda2-prod", "eu-west-1_AbCdEfGhi",
		strings.Repeat("0123456789abcdef", 4), "AKIA", "API_KEY, 30 days", "https://cognito-idp.eu-west-1.amazonaws.com/x",
	} {
		if got := j.redact(text); got != text {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestRedactedContent(t *testing.T) {
	j := openWithSecret(t)
	texts := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"da2-abcdefghij", `"`, `\`, "transformSchema", "sessionToken", "}", "a\nb"}))
	rapid.Check(t, func(t *rapid.T) {
		var value any = texts.Draw(t, "value")
		for range rapid.IntRange(0, 4).Draw(t, "depth") {
			if rapid.Bool().Draw(t, "array") {
				value = []any{texts.Draw(t, "before"), value, texts.Draw(t, "after")}
			} else {
				value = map[string]any{texts.Draw(t, "name"): value, texts.Draw(t, "other"): texts.Draw(t, "more")}
			}
		}
		data, err := json.Marshal(value)
		if err != nil {
			t.Fatal(err)
		}
		once := j.redactContent(data)
		if !json.Valid(once) {
			t.Fatalf("%s became %s, which is no JSON", data, once)
		}
		if twice := j.redactContent(once); !bytes.Equal(once, twice) {
			t.Fatalf("%s became %s and then %s", data, once, twice)
		}
		if !bytes.Contains(data, []byte("da2-")) && !bytes.Contains(bytes.ToLower(data), []byte("token")) && !bytes.Equal(once, data) {
			t.Fatalf("%s became %s", data, once)
		}
		if bytes.Contains(once, []byte("da2-abcdefghij")) && !bytes.Contains(once, []byte(`"transformSchema":"da2-abcdefghij"`)) {
			t.Fatalf("%s became %s", data, once)
		}
	})
}
