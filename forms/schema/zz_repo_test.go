package schema_test

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"ampedit/forms/schema"
)

func TestZZRepo(t *testing.T) {
	f, _ := os.Open(os.Getenv("REPO") + ".jsonl")
	v, _ := os.ReadFile(os.Getenv("VERD"))
	m, _ := os.ReadFile(os.Getenv("MSG"))
	msgs := strings.Split(string(m), "\n")
	lines := strings.Split(string(v), "\n")[1:]
	s := bufio.NewScanner(f)
	s.Buffer(nil, 1<<20)
	agree, n := 0, 0
	for i := 0; s.Scan() && i < len(lines)-1; i++ {
		var d struct {
			Modes    []string
			Conflict bool
			Text     string
			File     string
		}
		json.Unmarshal(s.Bytes(), &d)
		ps := check(t, "x", d.Text, baseConfig{d.Modes, d.Conflict}.config())
		ok := strings.HasSuffix(lines[i], " ok")
		n++
		if (schema.Errors(ps) == 0) == ok {
			agree++
			continue
		}
		var es []string
		for _, p := range ps {
			if p.Severity == schema.Error {
				es = append(es, p.String())
			}
		}
		t.Logf("#%d %s conflict=%v ok=%v msg=%s\nours=%v\n%.700s", i, d.File, d.Conflict, ok, msgs[i], es, d.Text)
	}
	t.Logf("agree %d of %d", agree, n)
}
