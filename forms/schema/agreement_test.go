package schema_test

import (
	"bufio"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"testing"

	"ampedit/forms/schema"
)

var (
	writeMutants = flag.String("mutants", "", "write the mutants of -mutant-seed as JSON lines to this file, for testdata/oracle/verdicts.js")
	mutantSeed   = flag.Uint64("mutant-seed", 1, "the seed of -mutants")
	mutantCount  = flag.Int("mutant-count", 1500, "the number of -mutants")
	showMisses   = flag.Bool("misses", false, "print each mutant on which the checker and the transformer disagree")
)

// A base is a valid schema of testdata/bases.
type base struct {
	name   string
	text   string
	config baseConfig
}

// baseConfig is what a base is judged against.
type baseConfig struct {
	modes    []string
	conflict bool
}

func (c baseConfig) String() string { return fmt.Sprint(c.modes, c.conflict) }

func (c baseConfig) config() schema.Config {
	out := schema.Config{Default: schema.Mode(c.modes[0]), ConflictResolution: c.conflict, Transformer: schema.V2}
	for _, m := range c.modes[1:] {
		out.Additional = append(out.Additional, schema.Mode(m))
	}
	return out
}

func readBases(t testing.TB) []base {
	t.Helper()
	names, err := filepath.Glob("testdata/bases/*.graphql")
	if err != nil || len(names) < 60 {
		t.Fatalf("%d bases, %v", len(names), err)
	}
	sort.Strings(names)
	var out []base
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		b := base{name: filepath.Base(name), text: string(text)}
		b.config.modes = []string{"API_KEY", "AWS_IAM", "AMAZON_COGNITO_USER_POOLS", "OPENID_CONNECT"}
		if first, _, _ := strings.Cut(b.text, "\n"); strings.HasPrefix(first, "# check: ") {
			for _, word := range strings.Fields(first)[2:] {
				if modes, ok := strings.CutPrefix(word, "modes="); ok {
					b.config.modes = strings.Split(modes, ",")
				}
				b.config.conflict = b.config.conflict || word == "conflict"
			}
		}
		out = append(out, b)
	}
	return out
}

func TestBasesHaveNoErrors(t *testing.T) {
	for _, b := range readBases(t) {
		for _, p := range check(t, b.name, b.text, b.config.config()) {
			if p.Severity == schema.Error {
				t.Errorf("false alarm: %v", p)
			}
		}
	}
}

func check(t testing.TB, name, text string, cfg schema.Config) []schema.Problem {
	t.Helper()
	source, err := schema.NewSource(name, text)
	if err != nil {
		t.Fatal(err)
	}
	return schema.Check(schema.Parse(source), cfg)
}

// TestWriteMutants writes mutants for the transformer to judge. It does
// nothing unless -mutants is given.
func TestWriteMutants(t *testing.T) {
	if *writeMutants == "" {
		t.Skip("no -mutants")
	}
	f, err := os.Create(*writeMutants)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	w := json.NewEncoder(f)
	for _, m := range mutants(readBases(t), *mutantSeed, *mutantCount) {
		if err := w.Encode(map[string]any{"id": m.id, "hash": m.hash(), "modes": m.config.modes, "conflict": m.config.conflict, "text": m.text}); err != nil {
			t.Fatal(err)
		}
	}
}

// agreement sums up how a seed went.
type agreement struct {
	total, agree, missed, falseAlarms int
	invalid, near, strict             int
}

func (a agreement) rate() float64 { return float64(a.agree) / float64(a.total) }

// replay checks the mutants of a seed against the recorded verdicts.
func replay(t *testing.T, file string) agreement {
	t.Helper()
	seed, verdicts := readVerdicts(t, file)
	var a agreement
	for i, m := range mutants(readBases(t), seed, len(verdicts)) {
		if m.hash() != verdicts[i].hash {
			t.Fatalf("%s: mutant %d is not the one that was judged: record the verdicts again", file, i)
		}
		problems := check(t, m.base, m.text, m.config.config())
		found, wanted := schema.Errors(problems) > 0, !verdicts[i].ok
		a.total++
		switch {
		case found == wanted:
			a.agree++
		case found:
			a.falseAlarms++
		default:
			a.missed++
		}
		if found != wanted && *showMisses {
			t.Logf("%s mutant %d of %s, %s on line %d %v: transformer ok=%v %s\n%v\n%s", file, i, m.base, m.kind, m.line, m.mentions, verdicts[i].ok, m.config, problems, m.text)
		}
		if wanted {
			a.invalid++
			strict, near := nearMistake(m, problems)
			if strict {
				a.strict++
			}
			if near {
				a.near++
			} else if *showMisses && found {
				t.Logf("FAR %s mutant %d of %s, %s on line %d %v\n%v", file, i, m.base, m.kind, m.line, m.mentions, problems)
			}
		}
	}
	return a
}

// nearMistake reports whether an error lies within one line of the mistake, or
// of a line with a name that the mistake took away or brought in.
func nearMistake(m mutant, problems []schema.Problem) (strict, near bool) {
	lines := strings.Split(m.text, "\n")
	for _, p := range problems {
		if p.Severity != schema.Error {
			continue
		}
		if m.line == 0 || p.Line >= m.line-1 && p.Line <= m.line+1 {
			return true, true
		}
		for l := max(1, p.Line-1); l <= min(len(lines), p.Line+1); l++ {
			for _, name := range m.mentions {
				if regexp.MustCompile(`(^|\W)` + regexp.QuoteMeta(name) + `($|\W)`).MatchString(lines[l-1]) {
					near = true
				}
			}
		}
	}
	return false, near
}

type verdict struct {
	hash string
	ok   bool
}

// readVerdicts reads one file of testdata/verdicts: comments, then a line for
// each mutant with its hash and what the transformer said.
func readVerdicts(t *testing.T, file string) (seed uint64, out []verdict) {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if _, err := fmt.Sscanf(filepath.Base(file), "seed_%d.txt", &seed); err != nil {
		t.Fatal(err)
	}
	for s := bufio.NewScanner(f); s.Scan(); {
		if hash, word, ok := strings.Cut(s.Text(), " "); ok && !strings.HasPrefix(hash, "#") {
			out = append(out, verdict{hash, word == "ok"})
		}
	}
	return seed, out
}

func TestAgreementWithTransformer(t *testing.T) {
	files, err := filepath.Glob("testdata/verdicts/seed_*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no verdicts, %v", err)
	}
	for _, file := range files {
		a := replay(t, file)
		t.Logf("%s: %d mutants, %.2f%% agree, %d missed, %d false alarms; %d invalid, %.1f%% with an error at the mistake (%.1f%% within one line of the change itself)",
			filepath.Base(file), a.total, 100*a.rate(), a.missed, a.falseAlarms, a.invalid,
			100*float64(a.near)/float64(a.invalid), 100*float64(a.strict)/float64(a.invalid))
		if a.rate() < 0.999 {
			t.Errorf("%s: %d missed and %d false alarms of %d", file, a.missed, a.falseAlarms, a.total)
		}
		if float64(a.near) < 0.95*float64(a.invalid) {
			t.Errorf("%s: %d of %d errors lie far from the mistake", file, a.invalid-a.near, a.invalid)
		}
	}
}
