package journal

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	"ampedit/client/files"
	"ampedit/client/redact"
	"ampedit/client/sanitize"
)

// formatVersion is the version of the files that this package writes, and the
// newest that it reads. Receipts of version 1 know three verdicts and no attempts.
const formatVersion = 2

// Formats, by which a file of one kind is never taken for another.
const (
	receiptFormat = "ampedit receipt"
	draftFormat   = "ampedit draft"
	holderFormat  = "ampedit lock holder"
)

// header is the first line of a file, as JSON. The rest is the content.
type header struct {
	Format  string `json:"format"`
	Version int    `json:"version"`
	// Size is the length of the content in bytes.
	Size int `json:"size"`
	// SHA256 is the checksum of the content in hexadecimal digits.
	SHA256 string `json:"sha256"`
	// Written is when the file was written.
	Written time.Time `json:"written"`
	// Target is what a draft is for.
	Target *Target `json:"target,omitzero"`
}

// UnreadableError says that a file of the journal could not be understood. The
// file still exists, with its whole content.
type UnreadableError struct {
	// Path is where the file was found.
	Path string
	// Aside is where it was put so that its name can be used again, "" if it
	// stayed where it was.
	Aside string
	// Reason says what is wrong with it, and reads on from its name.
	Reason string
	// Newer says that nothing is wrong with it: a newer version wrote it.
	Newer bool
}

// Error says what is wrong with the file and where it is now.
func (e *UnreadableError) Error() string {
	if e.Aside == "" {
		return fmt.Sprintf("%s %s; it was left as it is", e.Path, e.Reason)
	}
	return fmt.Sprintf("%s %s; it was kept as %s", e.Path, e.Reason, e.Aside)
}

// seal puts the header before the content, both fit to be kept. The content is
// returned as it is then as well.
func (j *Journal) seal(h header, content []byte) (sealed, kept []byte, err error) {
	content = fit(content)
	sum := sha256.Sum256(content)
	h.Version, h.Size, h.SHA256 = formatVersion, len(content), hex.EncodeToString(sum[:])
	h.Written = j.stamp()
	line, err := json.Marshal(h)
	if err != nil {
		return nil, nil, fmt.Errorf("encode the header: %w", err)
	}
	return append(append(fit(line), '\n'), content...), content, nil
}

// fit takes secrets out of what is to be kept. In JSON, characters that a terminal would
// not draw are escaped, for those who look into the file.
func fit(data []byte) []byte {
	if !json.Valid(data) {
		return redact.JSON(data)
	}
	return sanitize.Escape(redact.JSON(data))
}

// unseal checks a file and returns its header and its content. The error, if any,
// lacks the path.
func unseal(format string, data []byte) (header, []byte, *UnreadableError) {
	line, content, found := bytes.Cut(data, []byte("\n"))
	var h header
	if !found || json.Unmarshal(line, &h) != nil || h.Format != format || h.Version < 1 {
		return header{}, nil, &UnreadableError{Reason: "is half-written or was not written by ampedit"}
	}
	if h.Version > formatVersion {
		return header{}, nil, &UnreadableError{Newer: true, Reason: fmt.Sprintf(
			"was written by a newer version of ampedit (format %d; this one reads %d), which can read it", h.Version, formatVersion)}
	}
	sum := sha256.Sum256(content)
	if h.Size != len(content) || h.SHA256 != hex.EncodeToString(sum[:]) {
		return header{}, nil, &UnreadableError{Reason: "is half-written or was changed by something else than ampedit"}
	}
	return h, content, nil
}

// read returns the header and the content of a file. A file that cannot be
// understood gives an *UnreadableError, and stays where it is.
func (j *Journal) read(format, name string) (header, []byte, error) {
	data, err := j.files.ReadFile(name)
	var large *files.TooLargeError
	switch {
	case errors.Is(err, files.ErrNotRegular), errors.Is(err, files.ErrFolder):
		return header{}, nil, &UnreadableError{Path: name, Reason: "is not a regular file and was not written by ampedit"}
	case errors.As(err, &large):
		return header{}, nil, &UnreadableError{Path: name, Reason: fmt.Sprintf("is larger than %d MB and was not written by ampedit", large.Max>>20)}
	case err != nil:
		return header{}, nil, err
	}
	h, content, unreadable := unseal(format, data)
	if unreadable != nil {
		unreadable.Path = name
		return header{}, nil, unreadable
	}
	return h, content, nil
}

// notRead puts a file aside that cannot be understood, if that is why err is not
// nil. When it cannot be put aside either, it stays: nothing is lost by that.
func (j *Journal) notRead(name string, err error) error {
	var unreadable *UnreadableError
	if errors.As(err, &unreadable) {
		aside, asideErr := j.putAside(name)
		if errors.Is(asideErr, fs.ErrNotExist) {
			return err // another program was faster
		}
		unreadable.Aside = aside
	}
	return err
}
