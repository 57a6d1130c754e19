package host

import (
	"bytes"
	"fmt"
	"log"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"ampedit/client/redact"
)

const (
	opaque  = "an opaque secret of the run"
	hostile = "\x1b]52;c;Zm9v\x07said \u202eda2-abcdefghijklmnop " + opaque
)

// What others print reaches standard error cleaned, and package log the log alone; both
// are as before when the program is left.
func TestOthersPrintThroughTheDoor(t *testing.T) {
	redact.Know(opaque)
	name := filepath.Join(t.TempDir(), "err")
	errOut, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer errOut.Close()
	saved, writer := os.Stderr, log.Writer()
	s := NewStreams(nil, errOut, errOut)
	release := s.TakeOver()
	var logged bytes.Buffer
	log.Print("before there is a log")
	s.LogTo(slog.New(slog.NewTextHandler(&logged, nil)))
	log.Print("from a library")
	fmt.Fprintln(os.Stderr, hostile)
	release()
	data, err := os.ReadFile(name)
	if want := "said [redacted] [redacted]\n"; err != nil || string(data) != want {
		t.Errorf("standard error holds %q, want %q, error %v", data, want, err)
	}
	if strings.Contains(logged.String(), "before") || !strings.Contains(logged.String(), "from a library") {
		t.Errorf("the log holds %q", logged.String())
	}
	if os.Stderr != saved || log.Writer() != writer {
		t.Error("the streams are not what they were")
	}
}

// While the screen is shown, nothing of it is printed; it is logged when it is closed.
func TestNothingIsPrintedOverTheScreen(t *testing.T) {
	name := filepath.Join(t.TempDir(), "err")
	errOut, err := os.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	defer errOut.Close()
	s := NewStreams(nil, errOut, errOut)
	release := s.TakeOver()
	in := os.Stdin
	var logged bytes.Buffer
	restore := s.hide(slog.New(slog.NewTextHandler(&logged, nil)))
	s.strayed([]byte("one\ntwo\n"))
	s.strayed(bytes.Repeat([]byte("x"), 2*maxHeld))
	if os.Stdin == in || logged.Len() > 0 {
		t.Errorf("standard input is the user's, or something was logged already: %s", logged.String())
	}
	restore()
	release()
	if data, err := os.ReadFile(name); err != nil || len(data) > 0 {
		t.Errorf("standard error holds %q, error %v", data, err)
	}
	if got := logged.String(); !strings.Contains(got, "line=one") || !strings.Contains(got, "line=two") || len(got) > maxHeld+1000 || os.Stdin != in {
		t.Errorf("%d bytes were logged: %.200s", len(got), got)
	}
}

func TestErrorsStandApart(t *testing.T) {
	var out bytes.Buffer
	p := &Printer{&out}
	p.Error(fmt.Errorf("said: %s\nampedit: done", hostile))
	if want := "ampedit: said: said [redacted] [redacted]\n  ampedit: done\n"; out.String() != want {
		t.Errorf("%q, want %q", out.String(), want)
	}
	out.Reset()
	if err := p.JSON(map[string]string{"a": "\u202e<" + opaque}, ""); err != nil || out.String() != `{"a":"\u202e<[redacted]"}`+"\n" {
		t.Errorf("%q, error %v", out.String(), err)
	}
	out.Reset()
	if err := p.Line("%s at %d", hostile+"\n", 3); err != nil || out.String() != "said [redacted] [redacted]  at 3\n" {
		t.Errorf("%q, error %v", out.String(), err)
	}
	closed, err := os.Create(filepath.Join(t.TempDir(), "closed"))
	if err != nil {
		t.Fatal(err)
	}
	closed.Close()
	if err := (&Printer{closed}).Line("x"); err == nil {
		t.Error("what could not be printed went unnoticed")
	}
}
