package schema_test

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ampedit/forms/schema"
)

var update = flag.Bool("update", false, "write the tables of docs/schema.md anew")

const document = "../../docs/schema.md"

// heldOut is the seed that was judged last and never looked at while rules were
// written.
const heldOut = 99

// TestDocumentIsUpToDate compares the tables of docs/schema.md with the rules
// and with the recorded verdicts they are made of.
func TestDocumentIsUpToDate(t *testing.T) {
	data, err := os.ReadFile(document)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for name, table := range map[string]string{"rules": ruleTable(), "agreement": agreementTable(t)} {
		begin, end := "<!-- "+name+" -->\n", "<!-- end of "+name+" -->"
		from, to := strings.Index(text, begin), strings.Index(text, end)
		if from < 0 || to < from {
			t.Fatalf("no place for the table of %s", name)
		}
		text = text[:from+len(begin)] + table + text[to:]
	}
	if text == string(data) {
		return
	}
	if !*update {
		t.Fatal("the tables differ: run go test ./forms/schema -run TestDocument -update")
	}
	if err := os.WriteFile(document, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func ruleTable() string {
	var b strings.Builder
	b.WriteString("| rule | severity | finds |\n|---|---|---|\n")
	for _, r := range schema.Rules() {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", r.Code, r.Severity, r.Title)
	}
	return b.String()
}

func agreementTable(t *testing.T) string {
	files, err := filepath.Glob("testdata/verdicts/seed_*.txt")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| seed | mutants | agree | missed | false alarms | invalid | error at the mistake | within one line of the change |\n|---|---|---|---|---|---|---|---|\n")
	var all agreement
	for _, file := range files {
		seed, _ := readVerdicts(t, file)
		a := replay(t, file)
		name := fmt.Sprint(seed)
		if seed == heldOut {
			name += " (held out)"
		}
		b.WriteString(a.row(name))
		all.add(a)
	}
	b.WriteString(all.row("all"))
	return b.String()
}

func (a agreement) row(name string) string {
	percent := func(n, of int) string { return fmt.Sprintf("%.2f %%", 100*float64(n)/float64(of)) }
	return fmt.Sprintf("| %s | %d | %s | %d | %d | %d | %s | %s |\n", name, a.total, percent(a.agree, a.total), a.missed, a.falseAlarms,
		a.invalid, percent(a.near, a.invalid), percent(a.strict, a.invalid))
}

func (a *agreement) add(b agreement) {
	a.total += b.total
	a.agree += b.agree
	a.missed += b.missed
	a.falseAlarms += b.falseAlarms
	a.invalid += b.invalid
	a.near += b.near
	a.strict += b.strict
}
