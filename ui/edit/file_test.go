package edit_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
	"ampedit/ui/edit"
)

const keptFile = "appId: d1 # the shop\nresourceConfig:\n  apiName: notes\n"

// keep writes a kept request into a new folder.
func keep(t *testing.T, name, text string) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
		t.Fatal(err)
	}
	return path
}

func opened(t *testing.T, path string) *edit.File {
	t.Helper()
	f, err := edit.OpenFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func named(apiName string) *wire.ResourceConfig { return &wire.ResourceConfig{APIName: &apiName} }

func mustHold(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("%s holds %q (error %v), want %q", path, got, err, want)
	}
}

func TestFileSave(t *testing.T) {
	path := keep(t, "kept.yaml", keptFile)
	f := opened(t, path)
	if f.Document.Target.AppID != "d1" || *f.Document.Config.APIName != "notes" {
		t.Fatalf("read %+v", f.Document)
	}
	for _, name := range []string{"shop", "store"} { // a second save stands on the first
		if err := f.Save(document.Target{}, named(name)); err != nil {
			t.Fatal(err)
		}
		mustHold(t, path, strings.Replace(keptFile, "notes", name, 1))
	}
	if *f.Document.Config.APIName != "store" {
		t.Errorf("after the save the document says %s", *f.Document.Config.APIName)
	}
	info, err := os.Stat(path)
	if err != nil || runtime.GOOS != "windows" && info.Mode().Perm() != 0o640 { // where a mode says less
		t.Errorf("mode %v, error %v", info.Mode(), err)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("the folder holds %v, error %v", entries, err)
	}
}

// A file that has nothing to change is not replaced.
func TestFileSaveNothing(t *testing.T) {
	path := keep(t, "kept.yaml", keptFile)
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	f := opened(t, path)
	if err := f.Save(f.Document.Target, f.Document.Config); err != nil {
		t.Fatal(err)
	}
	if after, err := os.Stat(path); err != nil || !os.SameFile(before, after) {
		t.Errorf("the file was replaced, error %v", err)
	}
}

func TestFileChangedMeanwhile(t *testing.T) {
	const theirs = "appId: d2\nresourceConfig:\n  service: AppSync\n  apiName: notes\n"
	path := keep(t, "kept.yaml", keptFile)
	f := opened(t, path)
	if err := os.WriteFile(path, []byte(theirs), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(document.Target{}, named("shop")); !errors.Is(err, edit.ErrFileChanged) {
		t.Errorf("got error %v, want ErrFileChanged", err)
	}
	mustHold(t, path, theirs)
	// Opened anew, it takes the change beside theirs.
	f = opened(t, path)
	config := f.Document.Config
	config.APIName = named("shop").APIName
	if err := f.Save(document.Target{}, config); err != nil {
		t.Fatal(err)
	}
	mustHold(t, path, strings.Replace(theirs, "notes", "shop", 1))
}

func TestFileGoneMeanwhile(t *testing.T) {
	path := keep(t, "kept.yaml", keptFile)
	f := opened(t, path)
	if err := os.Remove(path); err != nil {
		t.Fatal(err)
	}
	if err := f.Save(document.Target{}, named("shop")); !errors.Is(err, edit.ErrFileChanged) {
		t.Errorf("got error %v, want ErrFileChanged", err)
	}
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the file is back, error %v", err)
	}
}

func TestFileBehindALink(t *testing.T) {
	path := keep(t, "kept.yaml", keptFile)
	link := filepath.Join(t.TempDir(), "link.yaml")
	err := os.Symlink(path, link)
	if err == nil {
		_, err = os.Stat(link) // what imitates Windows makes links that lead nowhere
	}
	if err != nil {
		t.Skip("no links here:", err)
	}
	if err := opened(t, link).Save(document.Target{}, named("shop")); err != nil {
		t.Fatal(err)
	}
	mustHold(t, path, strings.Replace(keptFile, "notes", "shop", 1))
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link became %v, error %v", info, err)
	}
}

func TestOpenFileRefuses(t *testing.T) {
	dir := t.TempDir()
	if _, err := edit.OpenFile(filepath.Join(dir, "none.yaml")); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no file: error %v", err)
	}
	if _, err := edit.OpenFile(dir); err == nil || !strings.Contains(err.Error(), "no regular file") {
		t.Errorf("a folder: error %v", err)
	}
	var syntax *document.Error
	if _, err := edit.OpenFile(keep(t, "bad.json", "{\n x}")); !errors.As(err, &syntax) || syntax.Line != 2 {
		t.Errorf("bad JSON: error %v", err)
	}
}

// endless is a stream that never ends.
type endless struct{}

func (endless) Read(p []byte) (int, error) { return len(p), nil }

func TestReadDocument(t *testing.T) {
	d, err := edit.ReadDocument("standard input", strings.NewReader(keptFile))
	if err != nil || d.Target.AppID != "d1" {
		t.Errorf("got %+v and error %v", d, err)
	}
	if _, err := edit.ReadDocument("standard input", endless{}); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("an endless stream: error %v", err)
	}
}

// Problems name the place of a value in the file, and none once it is somebody else's.
func TestPlacesInTheFile(t *testing.T) {
	doc, err := document.Parse("kept.json", []byte(`{"backendEnvironmentName": "Dev", "resourceConfig": {"defaultAuthType": {"mode": "APIKEY"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	e := edit.New(func() time.Time { return time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC) })
	e.Open(&edit.File{Path: "kept.json", Document: doc})
	e.SetBaseErr(errors.New("offline"))
	environment, mode := forms.At(forms.StepTarget, forms.KeyEnvironment), forms.At(forms.StepDefault, forms.KeyMode)
	place := func(ref forms.Ref) string {
		t.Helper()
		e.Touch()
		p := forms.Worst(e.Plan().Problems, ref)
		if p == nil {
			t.Fatalf("no problem of %s", ref.Key)
		}
		return p.Place
	}
	if got := place(environment); got != "kept.json:1:28" {
		t.Errorf("the environment stands at %q", got)
	}
	if got := place(mode); got != "kept.json:1:82" {
		t.Errorf("the mode stands at %q", got)
	}
	e.Answers.Set(environment, "Prod")
	e.Answers.Set(mode, "AWS_LAMBDA")
	if a, b := place(environment), place(mode); a != "" || b != "" {
		t.Errorf("what was typed stands at %q and %q", a, b)
	}
	if got := place(forms.At(forms.StepTarget, forms.KeyAppID)); got != "" {
		t.Errorf("what the file lacks stands at %q", got)
	}
}
