package host

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"time"

	"ampedit/client/files"
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
	// Open says that others may read the file, and that this could not be changed.
	Open bool

	file *os.File
}

// OpenLog opens the file that was named, else a new one in folder, of which only
// the newest are kept.
func OpenLog(name, folder string, debug bool, now time.Time) *Log {
	l := &Log{Detailed: debug}
	if name != "" {
		l.file, l.Open, l.Err = namedLog(name)
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

// namedLog opens a file that a user named, which from then on is the user's alone; open
// says that it could not be made so.
func namedLog(name string) (file *os.File, open bool, err error) {
	info, err := os.Stat(name) // opening a pipe would wait for its other end
	if err == nil {
		err = files.Regular(info)
	} else if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	if err == nil {
		file, err = os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	}
	if err != nil {
		return nil, false, fmt.Errorf("open %s: %w; name a file that can be written", name, err)
	}
	if file.Chmod(0o600) != nil {
		info, err = file.Stat()
		open = runtime.GOOS != "windows" && err == nil && info.Mode().Perm()&0o077 != 0
	}
	return file, open, nil
}

// logName is what newLog calls its files, and nobody else's.
var logName = regexp.MustCompile(`^ampedit-\d{8}T\d{6}\.\d{3}Z-\d+\.log$`)

// newLog makes the log of this run and removes the oldest others. Nothing is written
// or removed behind a link.
func newLog(folder string, now time.Time) (*os.File, error) {
	if folder == "" {
		return nil, errors.New("there is no folder for it; set HOME or XDG_STATE_HOME, or name a file with --log")
	}
	for _, dir := range []string{filepath.Dir(folder), folder} {
		if info, err := os.Lstat(dir); err == nil && info.Mode()&fs.ModeSymlink != 0 {
			return nil, fmt.Errorf("%s is a link; put a folder in its place, or name a file with --log", dir)
		}
	}
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	// Names sort by time. Failing to remove old ones is no reason to fail.
	entries, _ := os.ReadDir(folder)
	entries = slices.DeleteFunc(entries, func(e fs.DirEntry) bool { return !logName.MatchString(e.Name()) })
	for len(entries) >= KeptLogs {
		_ = os.Remove(filepath.Join(folder, entries[0].Name()))
		entries = entries[1:]
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
