package host

import (
	"bytes"
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ampedit/client/redact"
	"ampedit/client/sanitize"
)

const (
	// KeptLogs is how many runs keep their logs.
	KeptLogs = 10
	// maxLog is the most that one run writes, in bytes.
	maxLog = 16 << 20
)

// Log is the log of one run. It always takes entries; without a file they go
// nowhere.
type Log struct {
	*slog.Logger
	// Detailed says that the log also takes what only helps to find faults.
	Detailed bool
	// Path is the file, "" without one, and Err why there is none.
	Path string
	Err  error

	file *os.File
}

// OpenLog opens the file that was named, else a new one in folder, of which only
// the newest are kept.
func OpenLog(name, folder string, debug bool, now time.Time) *Log {
	l := &Log{Detailed: debug}
	if name != "" {
		l.file, l.Err = os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	} else {
		l.file, l.Err = newLog(folder, now)
	}
	var w io.Writer = io.Discard
	if l.Err == nil {
		l.Path, w = l.file.Name(), &limitedWriter{w: l.file, left: maxLog}
	}
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	l.Logger = slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level}))
	return l
}

// newLog makes the log of this run and removes the oldest others.
func newLog(folder string, now time.Time) (*os.File, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	// Names sort by time. Failing to remove old ones is no reason to fail.
	old, _ := filepath.Glob(filepath.Join(folder, "ampedit-*.log"))
	slices.Sort(old)
	for len(old) >= KeptLogs {
		_ = os.Remove(old[0])
		old = old[1:]
	}
	return os.CreateTemp(folder, "ampedit-"+now.UTC().Format("20060102T150405.000Z")+"-*.log")
}

// Close closes the file.
func (l *Log) Close() {
	if l.file != nil {
		l.file.Close()
	}
}

// Where is the end of a message that sends the reader to the log.
func (l *Log) Where() string {
	if l.Path == "" {
		return ""
	}
	return fmt.Sprintf("\nthe details are in %s", l.Path)
}

// limitedWriter writes entries, each a line of JSON, without secrets and without
// characters that a terminal would not draw. It drops what goes beyond a number of
// bytes.
type limitedWriter struct {
	w    io.Writer
	left int
}

// Write writes all of an entry or nothing.
func (l *limitedWriter) Write(entry []byte) (int, error) {
	clean := append(sanitize.Escape(redact.JSON(bytes.TrimRight(entry, "\n"))), '\n')
	if len(clean) > l.left {
		l.left = 0
		return len(entry), nil
	}
	l.left -= len(clean)
	if _, err := l.w.Write(clean); err != nil {
		return 0, err
	}
	return len(entry), nil
}
