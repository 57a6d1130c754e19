package command

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/adrg/xdg"
	"github.com/spf13/cobra"

	"ampedit/client/journal"
	"ampedit/client/redact"
	"ampedit/client/submission"
	"ampedit/ui/host"
	"ampedit/ui/uitest"
)

// A hostile text in any member of any answer and any error comes out of no command, and
// is in no file, but for the one place where a schema is kept.
func TestNothingOfTheServiceComesOutAsItIs(t *testing.T) {
	redact.Know(uitest.OpaqueSecret)
	for number, at := range uitest.AnswerMembers() {
		if testing.Short() && number%5 > 0 {
			continue
		}
		t.Run(fmt.Sprintf("%s %s %s", at.Operation, at.Code, at.Path), func(t *testing.T) {
			s, schema := scenario{name: "hostile", options: uitest.HostileAt(number, at)}, strings.HasSuffix(at.Path, "transformSchema")
			r := s.rehearse(t, uitest.NewEagerClock(begin))
			t.Setenv("AWS_MAX_ATTEMPTS", "1") // the SDK waits between them by the clock of this machine
			for name, text := range r.everyCommand() {
				for _, leak := range uitest.Leaks(text, schema) {
					t.Errorf("%s holds %s", name, leak)
				}
			}
		})
	}
}

// everyCommand runs the commands that talk to the service or tell of what it said, and
// returns what came out, and the files that were kept, by where it is.
func (r *rehearsal) everyCommand() map[string]string {
	out := map[string]string{}
	accept := []string{"--accept-losses", "--accept-schema-errors"}
	_, out["plan"] = r.planned()
	_, out["plan --json"] = r.planned("--json")
	_, out["apply --json"] = r.apply(r.t.Context(), accept, nil)
	_, out["apply"] = r.apply(r.t.Context(), append(accept, "--json=false", "--renew"), nil)
	for _, asJSON := range []bool{false, true} {
		f := &watchFlags{flags: new(flags), json: asJSON, timeout: time.Hour}
		_, out[fmt.Sprintf("watch, JSON %v", asJSON)] = r.capture(func(s *host.Streams) error {
			return f.follow(r.t.Context(), s, r.stage, nil, uitest.Hostile(999), submission.Options{Until: r.clock.Now().Add(time.Hour)})
		})
	}
	r.history(out)
	out["files"] = filesBelow(r.t, r.root)
	return out
}

// planned runs plan with a change of one description of prod.
func (r *rehearsal) planned(flags ...string) (int, string) {
	f, cmd := newApplyFlags(), &cobra.Command{}
	f.registerApply(cmd)
	if err := cmd.ParseFlags(flags); err != nil {
		r.t.Fatal(err)
	}
	return r.capture(func(s *host.Streams) error {
		return f.plan(r.t.Context(), f.planner(s, r.stage, nil), r.kept(), false)
	})
}

// history has the receipts listed, shown and compared.
func (r *rehearsal) history(out map[string]string) {
	state := r.t.TempDir()
	if err := os.CopyFS(filepath.Join(state, "ampedit"), os.DirFS(r.root)); err != nil {
		r.t.Fatal(err)
	}
	r.t.Cleanup(xdg.Reload)
	r.t.Setenv("XDG_STATE_HOME", state)
	xdg.Reload()
	commands := [][]string{{"history"}, {"history", "--json"}}
	receipts, err := r.journal.List(journal.Target{}, 0)
	if err != nil {
		r.t.Fatal(err)
	}
	for _, receipt := range receipts.Receipts {
		commands = append(commands, []string{"history", "show", receipt.ID}, []string{"history", "show", receipt.ID, "--json"}, []string{"history", "diff", receipt.ID})
	}
	for _, args := range commands {
		_, out[strings.Join(args, " ")] = mainOf(r.t, args...)
	}
}

// mainOf runs the program and returns its exit code and what it printed on both streams.
func mainOf(t *testing.T, args ...string) (int, string) {
	t.Helper()
	name := filepath.Join(t.TempDir(), "out")
	out, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	code := Main(args, out, out, out)
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	return code, string(data)
}

// filesBelow is what all files below a folder hold, names included.
func filesBelow(t *testing.T, root string) string {
	t.Helper()
	var all strings.Builder
	err := fs.WalkDir(os.DirFS(root), ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(filepath.Join(root, path))
		fmt.Fprintf(&all, "%s\n%s\n", path, data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all.String()
}
