package edit

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"ampedit/client/files"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/forms/document"
)

// MaxFile is the largest file that is read as a kept request, in bytes. It
// leaves room for the largest schema with every character escaped.
const MaxFile = 32 << 20

// ErrFileChanged means that a file is no longer what was read from it. Opening
// it anew and saving into that keeps what others changed.
var ErrFileChanged = errors.New("the file has changed on disk since it was read")

// File is a request that is kept as a file.
type File struct {
	// Path is the file as it was named.
	Path string
	// Document is what the file states.
	Document *document.Document

	target string // the file itself, behind links
	data   []byte
}

// OpenFile reads a request that is kept as a file. Links are followed. An error
// of the file's text is a *document.Error.
func OpenFile(path string) (*File, error) {
	target, err := filepath.EvalSymlinks(ExpandPath(path))
	if err != nil {
		return nil, fmt.Errorf("open the kept request: %w", err)
	}
	data, _, err := readFile(target)
	if err != nil {
		return nil, fmt.Errorf("open the kept request: %w", err)
	}
	doc, err := document.Parse(path, data)
	if err != nil {
		return nil, err
	}
	return &File{Path: path, Document: doc, target: target, data: data}, nil
}

// Save puts a configuration and a target into the file, as Document.Save does.
// The file is replaced at once and as a whole, and keeps its permissions; with
// nothing to change it is not touched. The error wraps ErrFileChanged if the file
// is not as it was read or last saved, or is gone; it is then left alone.
func (f *File) Save(target document.Target, config *wire.ResourceConfig, noDays ...int) error {
	data, err := f.Document.Save(target, config, noDays...)
	if err != nil {
		return err
	}
	present, mode, err := readFile(f.target)
	switch {
	case errors.Is(err, os.ErrNotExist), err == nil && !bytes.Equal(present, f.data):
		return fmt.Errorf("save %s: %w; nothing was written", f.Path, ErrFileChanged)
	case err != nil:
		return fmt.Errorf("save %s: %w", f.Path, err)
	case bytes.Equal(data, f.data):
		return nil
	}
	doc, err := document.Parse(f.Path, data)
	if err != nil {
		return fmt.Errorf("save %s: %w", f.Path, err)
	}
	if err := replaceFile(f.target, data, mode); err != nil {
		return fmt.Errorf("save %s: %w", f.Path, err)
	}
	f.Document, f.data = doc, data
	return nil
}

// filePlace is where the value of an answer stands in the file that was opened, as
// FILE:LINE:COLUMN, or of a value that is missing what lacks it; "" for none.
func (e *Edit) filePlace(ref forms.Ref) string {
	if e.file == nil {
		return ""
	}
	values := e.Answers.Values(ref)
	stated := values[ref.Key].Stated || values.Text(ref.Key) == "" || ref.Step == forms.StepSchema && values.Text(forms.KeySchemaSource) == forms.SourceDocument
	if ref.Step == forms.StepTarget && ref.Key != forms.KeyAPIName && ref.Key != forms.KeyService { // which flags may have set
		stated = e.targetStated(ref.Key)
	}
	if !stated {
		return ""
	}
	line, column, ok := e.file.Document.Place(e.Answers.Member(ref))
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d", e.file.Path, line, column)
}

// targetStated reports whether the name of the target is the one that the file gives.
func (e *Edit) targetStated(key forms.Key) bool {
	t := e.file.Document.Target
	name := map[forms.Key]string{forms.KeyAppID: t.AppID, forms.KeyEnvironment: t.Environment, forms.KeyResourceName: t.ResourceName}[key]
	return name != "" && name == e.Answers.Text(forms.At(forms.StepTarget, key))
}

// replaceFile writes a file so that it holds either all of the old or all of the
// new, whatever happens meanwhile.
func replaceFile(path string, data []byte, mode os.FileMode) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_ = os.Remove(temp.Name()) // what matters is the error before
		}
	}()
	_, err = temp.Write(data)
	err = errors.Join(err, temp.Chmod(mode), temp.Sync(), temp.Close())
	if err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}

// ReadDocument reads a kept request from a stream such as standard input. The
// name stands in errors and notes.
func ReadDocument(name string, r io.Reader) (*document.Document, error) {
	data, err := files.ReadAll(r, MaxFile)
	if err != nil {
		return nil, explained(name, fmt.Errorf("read %s: %w", name, err))
	}
	return document.Parse(name, data)
}

// readFile reads a file and its permissions.
func readFile(path string) ([]byte, os.FileMode, error) {
	data, err := files.Read(path, MaxFile)
	if err != nil {
		return nil, 0, explained(path, err)
	}
	info, err := os.Stat(path)
	if err != nil {
		return nil, 0, err
	}
	return data, info.Mode().Perm(), nil
}

// explained says what to do about something that cannot be a request.
func explained(name string, err error) error {
	var large *files.TooLargeError
	switch {
	case errors.Is(err, files.ErrFolder), errors.Is(err, files.ErrNotRegular):
		return fmt.Errorf("%s is no regular file; name a file", name)
	case errors.As(err, &large):
		return fmt.Errorf("read %s: %w, too large for a request", name, large)
	}
	return err
}
