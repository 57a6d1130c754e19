// Package host is the machine around the program: its standard streams and the
// terminal, the log file, clipboard, editor, and the hand-over to programs that log
// in. Nothing else in the module writes to standard output or standard error.
package host

import (
	"bytes"
	"io"
	"log"
	"log/slog"
	"os"
	"sync"
	"sync/atomic"
	"time"

	"ampedit/client/sanitize"
	"ampedit/ui/task"
)

// Streams are the standard streams of the process.
type Streams struct {
	// Out and Err print on standard output and standard error.
	Out, Err *Printer

	in, out, errOut *os.File
	// held is what others print to standard error while the screen is shown, nil when
	// it is not.
	held atomic.Pointer[held]
	// log takes what package log is given.
	log atomic.Pointer[slog.Logger]
}

// NewStreams returns the streams over three files.
func NewStreams(in, out, errOut *os.File) *Streams {
	return &Streams{Out: &Printer{out}, Err: &Printer{errOut}, in: in, out: out, errOut: errOut}
}

// In is standard input.
func (s *Streams) In() io.Reader { return s.in }

// strayEnd is how long the end of what others print is waited for.
const strayEnd = time.Second

// TakeOver brings what others in this process print through the door: libraries that
// use package log, and programs that inherit standard error, such as a
// credential_process. Until release is called, the former goes into the log that
// [Streams.LogTo] names, or nowhere; the latter is cleaned and printed or, while the
// screen is shown, held for the log.
func (s *Streams) TakeOver() (release func()) {
	writer, flags, prefix := log.Writer(), log.Flags(), log.Prefix()
	log.SetOutput(writerFunc(s.logged))
	log.SetFlags(0)
	log.SetPrefix("")
	restoreLog := func() { log.SetOutput(writer); log.SetFlags(flags); log.SetPrefix(prefix) }
	lines, sink, err := os.Pipe()
	if err != nil { // then it stays as it is
		return restoreLog
	}
	errOut := os.Stderr
	os.Stderr = sink
	over := task.Background(func() { _, _ = io.Copy(writerFunc(s.strayed), lines) })
	return func() {
		os.Stderr = errOut
		sink.Close()
		select { // a program that was left behind may hold the other end for ever
		case <-over:
		case <-time.After(strayEnd):
		}
		lines.Close()
		restoreLog()
	}
}

// LogTo says where to log what package log is given.
func (s *Streams) LogTo(logger *slog.Logger) { s.log.Store(logger) }

func (s *Streams) logged(data []byte) {
	if logger := s.log.Load(); logger != nil {
		logger.Warn("package log", "line", string(bytes.TrimRight(data, "\n")))
	}
}

func (s *Streams) strayed(data []byte) {
	if held := s.held.Load(); held != nil {
		held.add(data)
		return
	}
	_ = s.Err.Print(sanitize.Stream(string(data)))
}

// maxHeld is how much of what others print is kept while the screen is shown, in bytes.
const maxHeld = 64 << 10

// held is what was printed to standard error. It is logged only at the end: what prints
// there is a program that fetches credentials, whose secrets are not known before.
type held struct {
	mu   sync.Mutex
	data []byte
}

func (h *held) add(data []byte) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.data = append(h.data, data[:min(len(data), maxHeld-len(h.data))]...)
}

func (h *held) log(logger *slog.Logger) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for line := range bytes.Lines(h.data) {
		logger.Warn("standard error", "line", string(bytes.TrimRight(line, "\r\n")))
	}
}

// hide keeps programs that know the standard streams only off the screen: standard
// input is empty for them, and what they print to standard error is logged
// when the screen is closed.
func (s *Streams) hide(logger *slog.Logger) (restore func()) {
	h := new(held)
	s.held.Store(h)
	in := os.Stdin
	empty, err := os.Open(os.DevNull)
	if err == nil {
		os.Stdin = empty
	}
	return func() {
		os.Stdin = in
		if empty != nil {
			empty.Close()
		}
		s.held.Store(nil)
		h.log(logger)
	}
}

// writerFunc is a writer that never fails.
type writerFunc func([]byte)

// Write passes the data on.
func (f writerFunc) Write(data []byte) (int, error) {
	f(data)
	return len(data), nil
}
