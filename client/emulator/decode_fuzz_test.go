package emulator

import (
	"encoding/json"
	"reflect"
	"testing"
)

// Whatever is accepted is one valid JSON object, and encoding it again loses
// nothing.
func FuzzDecode(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `{"resourceName":"notes"}`, `{"resourceName":"a",}`, `{"resourceName":"a"}}`, `{,}`, `{"resourceName" "a"}`,
		`{"resourceName":"","resourceConfig":{"additionalAuthTypes":[{"settings":{"expirationTime":-1.50e2}},{}]}}`,
		`{"resourceName":"","resourceConfig":{"additionalAuthTypes":[,]}}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		got, err := decode(body, apiShape)
		if err != nil {
			return
		}
		if !json.Valid(body) {
			t.Fatalf("accepted %q, which is not JSON", body)
		}
		again, err := decode(marshal(got), apiShape)
		if err != nil || !reflect.DeepEqual(again, got) {
			t.Fatalf("%q reads as %v, then as %v, %v", body, got, again, err)
		}
	})
}
