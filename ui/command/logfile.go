package command

import (
	"fmt"
	"io"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
)

const (
	// keptLogs is how many runs keep their logs.
	keptLogs = 10
	// maxLog is the most that one run writes, in bytes.
	maxLog = 16 << 20
)

// logFile is the log of one run. It always takes entries; without a file they go
// nowhere.
type logFile struct {
	*slog.Logger
	debug bool
	path  string // "" without a file
	err   error  // why there is none
	file  *os.File
}

// openLog opens the file that was named, else a new one in folder, of which only
// the newest are kept.
func openLog(name, folder string, debug bool, now time.Time) *logFile {
	l := &logFile{debug: debug}
	if name != "" {
		l.file, l.err = os.OpenFile(name, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
	} else {
		l.file, l.err = newLog(folder, now)
	}
	var w io.Writer = io.Discard
	if l.err == nil {
		l.path, w = l.file.Name(), &limitedWriter{w: l.file, left: maxLog}
	}
	level := slog.LevelInfo
	if debug {
		level = slog.LevelDebug
	}
	l.Logger = slog.New(slog.NewJSONHandler(w, &slog.HandlerOptions{Level: level, ReplaceAttr: redactAttr}))
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
	for len(old) >= keptLogs {
		_ = os.Remove(old[0])
		old = old[1:]
	}
	return os.CreateTemp(folder, "ampedit-"+now.UTC().Format("20060102T150405.000Z")+"-*.log")
}

// Close closes the file.
func (l *logFile) Close() {
	if l.file != nil {
		l.file.Close()
	}
}

// where is the end of a message that sends the reader to the log.
func (l *logFile) where() string {
	if l.path == "" {
		return ""
	}
	return fmt.Sprintf("\nthe details are in %s", l.path)
}

// logSubmission writes into the log what happened to a submission and what is known of
// it, in the words of every face.
func logSubmission(log *slog.Logger, sub *submission.Submission) {
	for _, e := range sub.History() {
		log.Info(string(e.Kind), "at", e.At.UTC(), "text", e.Text)
	}
	for _, l := range sub.Lines() {
		log.Info("submission", "text", l.Text)
	}
	log.Info("ended", "text", sub.Headline().Text, "verdict", string(sub.Verdict()), "reason", string(sub.Reason()), "job", sub.JobID(), "receipt", sub.Receipt().ID)
}

// redactAttr removes secrets from whatever is logged.
func redactAttr(_ []string, a slog.Attr) slog.Attr {
	switch a.Value.Kind() {
	case slog.KindString:
		a.Value = slog.StringValue(client.Redact(a.Value.String()))
	case slog.KindAny:
		if err, ok := a.Value.Any().(error); ok {
			a.Value = slog.StringValue(client.Redact(err.Error()))
		}
	}
	return a
}

// limitedWriter drops what goes beyond a number of bytes.
type limitedWriter struct {
	w    io.Writer
	left int
}

// Write writes all of p or nothing.
func (l *limitedWriter) Write(p []byte) (int, error) {
	if len(p) > l.left {
		l.left = 0
		return len(p), nil
	}
	l.left -= len(p)
	return l.w.Write(p)
}
