//go:build linux || darwin

package uitest

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
	"unicode"

	"github.com/charmbracelet/x/vt"
	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// screenPatience is how long a program may take for anything. It only ends tests that
// have failed.
const screenPatience = 30 * time.Second

// Screen is a terminal with a program in it. The terminal draws, and answers no
// query of any kind.
type Screen struct {
	t       testing.TB
	command *exec.Cmd
	master  *os.File
	slave   *os.File
	before  unix.Termios
	drained chan struct{} // closed once all output is on the screen
	exited  chan struct{} // closed after that, once the two below are set
	after   unix.Termios
	ended   error

	mu      sync.Mutex
	changed *sync.Cond
	screen  *vt.Emulator
	raw     []byte
}

// StartScreen starts a command in a terminal of w by h cells. It has until the
// end of the test.
func StartScreen(t testing.TB, command *exec.Cmd, w, h int) *Screen {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatalf("open a terminal: %v", err)
	}
	s := &Screen{
		t: t, command: command, master: master, slave: slave, screen: vt.NewEmulator(w, h),
		exited: make(chan struct{}), drained: make(chan struct{}),
	}
	s.changed = sync.NewCond(&s.mu)
	if err := pty.Setsize(master, size(w, h)); err != nil {
		t.Fatalf("size the terminal: %v", err)
	}
	if s.before, err = modes(slave); err != nil {
		t.Fatalf("read the terminal's modes: %v", err)
	}
	command.Stdin, command.Stdout, command.Stderr = slave, slave, slave
	command.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := command.Start(); err != nil {
		t.Fatalf("start %s: %v", command.Path, err)
	}
	go func() { _, _ = io.Copy(io.Discard, s.screen) }() // what the terminal would answer
	go s.draw()
	go s.watch()
	t.Cleanup(s.close)
	return s
}

func size(w, h int) *pty.Winsize { return &pty.Winsize{Cols: uint16(w), Rows: uint16(h)} }

// draw puts what the program writes onto the screen.
func (s *Screen) draw() {
	defer close(s.drained)
	buffer := make([]byte, 32<<10)
	for {
		n, err := s.master.Read(buffer)
		s.mu.Lock()
		s.raw = append(s.raw, buffer[:n]...)
		_, _ = s.screen.Write(buffer[:n])
		s.changed.Broadcast()
		s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// watch waits for the program's end, and for the last of its output.
func (s *Screen) watch() {
	s.ended = s.command.Wait()
	s.after, _ = modes(s.slave) // none at all differ from those before
	s.slave.Close()
	<-s.drained
	close(s.exited)
	s.mu.Lock()
	s.changed.Broadcast()
	s.mu.Unlock()
}

func (s *Screen) close() {
	_ = s.command.Process.Kill()
	<-s.exited
	s.master.Close()
}

// Text returns the screen's text, without spaces at the ends of lines.
func (s *Screen) Text() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.text()
}

func (s *Screen) text() string {
	lines := strings.Split(s.screen.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " \r")
	}
	return strings.TrimRight(strings.Join(lines, "\n"), "\n")
}

// Raw returns all bytes that the program has written.
func (s *Screen) Raw() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return bytes.Clone(s.raw)
}

// WaitFor waits until every text is on the screen at the same time.
func (s *Screen) WaitFor(texts ...string) {
	s.t.Helper()
	s.wait(strings.Join(texts, "; "), func(screen string) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(screen, text) })
	})
}

// WaitForFlowing waits as WaitFor does for texts that may go on over the ends of
// lines.
func (s *Screen) WaitForFlowing(texts ...string) {
	s.t.Helper()
	s.wait(strings.Join(texts, "; "), func(screen string) bool {
		flowing := strings.Join(strings.FieldsFunc(screen, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(frame, r) }), " ")
		return !slices.ContainsFunc(texts, func(text string) bool { return !strings.Contains(flowing, text) })
	})
}

// frame are the characters that stand beside a text on the screen.
const frame = "│┃"

// WaitGone waits until a text is no longer on the screen.
func (s *Screen) WaitGone(text string) {
	s.t.Helper()
	s.wait("the end of "+text, func(screen string) bool { return !strings.Contains(screen, text) })
}

func (s *Screen) wait(what string, done func(string) bool) {
	s.t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	late := false
	deadline := time.AfterFunc(screenPatience, func() {
		s.mu.Lock()
		late = true
		s.changed.Broadcast()
		s.mu.Unlock()
	})
	defer deadline.Stop()
	for !done(s.text()) {
		if late || s.over() {
			s.t.Fatalf("waited for %s; the screen shows:\n%s", what, s.text())
		}
		s.changed.Wait()
	}
}

// over reports whether nothing will change any more.
func (s *Screen) over() bool {
	select {
	case <-s.exited:
		return true
	default:
		return false
	}
}

// Send types keys, as the bytes that a terminal sends for them.
func (s *Screen) Send(keys ...string) {
	s.t.Helper()
	for _, k := range keys {
		if _, err := io.WriteString(s.master, k); err != nil {
			s.t.Fatalf("type %q: %v", k, err)
		}
	}
}

// Resize changes the size of the terminal, which tells the program.
func (s *Screen) Resize(w, h int) {
	s.t.Helper()
	s.mu.Lock()
	s.screen.Resize(w, h)
	s.mu.Unlock()
	if err := pty.Setsize(s.master, size(w, h)); err != nil {
		s.t.Fatalf("size the terminal: %v", err)
	}
}

// Signal sends the program a signal.
func (s *Screen) Signal(sig os.Signal) {
	s.t.Helper()
	if err := s.command.Process.Signal(sig); err != nil {
		s.t.Fatalf("send %v: %v", sig, err)
	}
}

// Wait waits for the program's end and returns its exit code. It fails the test
// if the terminal was not left as it was found: its modes, the normal screen and
// the cursor.
func (s *Screen) Wait() int {
	s.t.Helper()
	s.Ended()
	if s.after != s.before {
		s.t.Errorf("the terminal's modes were not restored: %+v, was %+v", s.after, s.before)
	}
	if s.screen.IsAltScreen() {
		s.t.Error("the alternate screen was not left")
	}
	s.wantOff("cursor hidden", "\x1b[?25l", "\x1b[?25h")
	s.wantOff("bracketed paste", "\x1b[?2004h", "\x1b[?2004l")
	s.wantOff("focus reports", "\x1b[?1004h", "\x1b[?1004l")
	var exit *exec.ExitError
	if s.ended != nil && !errors.As(s.ended, &exit) {
		s.t.Fatalf("wait for the program: %v", s.ended)
	}
	return s.command.ProcessState.ExitCode()
}

// Ended waits for the program's end, in whatever state it leaves the terminal.
func (s *Screen) Ended() {
	s.t.Helper()
	select {
	case <-s.exited:
	case <-time.After(screenPatience):
		s.t.Fatalf("the program does not end; the screen shows:\n%s", s.Text())
	}
}

// wantOff fails the test if a mode was switched on after it was switched off.
func (s *Screen) wantOff(mode, on, off string) {
	s.t.Helper()
	if raw := s.Raw(); bytes.LastIndex(raw, []byte(on)) > bytes.LastIndex(raw, []byte(off)) {
		s.t.Errorf("the terminal was left in mode: %s", mode)
	}
}

func modes(terminal *os.File) (unix.Termios, error) {
	m, err := unix.IoctlGetTermios(int(terminal.Fd()), getTermios)
	if err != nil {
		return unix.Termios{}, err
	}
	return *m, nil
}
