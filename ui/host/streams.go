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
	// stray takes what others print to standard error: the log while the screen is
	// shown, nil for standard error itself.
	stray atomic.Pointer[slog.Logger]
	// log takes what package log is given.
	log atomic.Pointer[slog.Logger]
}

// NewStreams returns the streams over three files.
func NewStreams(in, out, errOut *os.File) *Streams {
	return &Streams{Out: NewPrinter(out), Err: NewPrinter(errOut), in: in, out: out, errOut: errOut}
}

// In is standard input.
func (s *Streams) In() io.Reader { return s.in }

// strayEnd is how long the end of what others print is waited for.
const strayEnd = time.Second

// TakeOver brings what others in this process print through the door: libraries that
// use package log, and programs that inherit standard error, such as a
// credential_process. Until release is called, the former goes into the log that
// [Streams.LogTo] names, or nowhere; the latter is cleaned and printed, or goes into
// the log while the screen is shown.
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
	logger := s.stray.Load()
	if logger == nil {
		_ = s.Err.Print(sanitize.Stream(string(data)))
		return
	}
	for line := range bytes.Lines(data) {
		logger.Warn("standard error", "line", string(bytes.TrimRight(line, "\r\n")))
	}
}

// hide keeps programs that know the standard streams only off the screen: standard
// input is empty for them, and what they print to standard error is logged.
func (s *Streams) hide(logger *slog.Logger) (restore func()) {
	s.stray.Store(logger)
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
		s.stray.Store(nil)
	}
}

// writerFunc is a writer that never fails.
type writerFunc func([]byte)

// Write passes the data on.
func (f writerFunc) Write(data []byte) (int, error) {
	f(data)
	return len(data), nil
}
