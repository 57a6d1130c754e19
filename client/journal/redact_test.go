package journal

import (
	"bytes"
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"ampedit/client/redact"
	"ampedit/client/wire"
)

// seeds are texts with a secret in them. The secret must not reach the disk.
var seeds = []struct{ name, text, secret string }{
	{"by its look", "key da2-abcdefghijklmnopqrstuvwxyz expired", "da2-abcdefghijklmnopqrstuvwxyz"},
	{"by its name", `answer {"secretAccessKey": "wJalrXUtnFEMJ/K7"}`, "wJalrXUtnFEMJ"},
	{"known to the program", "what only the program knows: hunter2hunter2hunter2", "hunter2hunter2hunter2"},
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
			case field.Type != reflect.TypeFor[time.Time]() && field.Tag.Get("json") != "transformSchema,omitzero":
				pollute(v.Field(i), text)
			}
		}
	}
}

func TestSecretsNeverReachTheDisk(t *testing.T) {
	for _, seed := range seeds {
		t.Run(seed.name, func(t *testing.T) {
			redact.Know("hunter2hunter2hunter2")
			j, _ := openNew(t)
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
				kept, err := j.NewDraft().Save(target, data)
				if err != nil {
					t.Fatal(err)
				}
				drafts, _, err := j.Drafts()
				if err != nil || !slices.ContainsFunc(drafts, func(d Draft) bool { return bytes.Equal(d.Data, kept) }) || name == "json" && !json.Valid(kept) {
					t.Errorf("drafts %s, kept %s, error %v", drafts, kept, err)
				}
			}
			checkNoSecret(t, j, seed.secret)
			got := mustGet(t, j, r.ID)
			if !r.BeforeRedacted || !got.BeforeRedacted || !strings.Contains(got.JobError, redact.Gap) {
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
