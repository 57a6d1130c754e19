package journal

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
)

// Receipts of which something is still to be found out have a name of their own,
// so that a start need not read all that was ever sent.
const (
	closedSuffix = ".json"
	openSuffix   = ".open.json"
)

// idLayout is the time with which an id begins. No file system minds it, unlike
// one with colons.
const idLayout = "2006-01-02T15-04-05Z"

// idRest is what follows the time in the ids of a target's receipts, before the
// number that tells those of one second apart.
func (j *Journal) idRest(t Target) string {
	return strings.TrimRight("-"+j.slug(t.Environment), "-")
}

// ErrNotFound says that there is no such receipt.
var ErrNotFound = errors.New("no such receipt")

// entry is a receipt by its file's name.
type entry struct {
	id   string
	open bool
}

func (j *Journal) receiptPath(e entry) string {
	if e.open {
		return j.path(receiptsFolder, e.id+openSuffix)
	}
	return j.path(receiptsFolder, e.id+closedSuffix)
}

// entries lists the receipts, newest first, without reading them.
func (j *Journal) entries() ([]entry, error) {
	files, err := j.list(receiptsFolder)
	if err != nil {
		return nil, fmt.Errorf("list the receipts: %w", err)
	}
	var entries []entry
	for _, file := range files {
		if strings.HasPrefix(file.Name(), temporaryPrefix) {
			continue
		}
		if id, ok := strings.CutSuffix(file.Name(), openSuffix); ok {
			entries = append(entries, entry{id, true})
		} else if id, ok := strings.CutSuffix(file.Name(), closedSuffix); ok {
			entries = append(entries, entry{id, false})
		}
	}
	slices.SortFunc(entries, func(a, b entry) int { return cmp.Or(cmp.Compare(b.id, a.id), boolInt(a.open)-boolInt(b.open)) })
	return slices.CompactFunc(entries, func(a, b entry) bool { return a.id == b.id }), nil
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

// load reads a receipt. Another program may close it meanwhile, so the closed name is
// tried once more. It counts more than an open one, which a program may have written
// that did not know.
func (j *Journal) load(id string) (*Receipt, entry, error) {
	if filepath.Base(id) != id || strings.HasSuffix(id+closedSuffix, openSuffix) {
		return nil, entry{}, fmt.Errorf("%w: %q", ErrNotFound, id)
	}
	for _, e := range []entry{{id, false}, {id, true}, {id, false}} {
		_, content, err := j.read(receiptFormat, j.receiptPath(e))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			r := &Receipt{}
			if err = decode(content, r); err == nil {
				r.ID = id
				return r, e, nil
			}
			err = &UnreadableError{Path: j.receiptPath(e), Reason: "holds something else than a receipt"}
		}
		var unreadable *UnreadableError
		if errors.As(err, &unreadable) && unreadable.Newer {
			return nil, e, err // its name is its own, and its own program still wants it
		}
		return nil, e, j.notRead(j.receiptPath(e), err)
	}
	return nil, entry{}, fmt.Errorf("%w: %q", ErrNotFound, id)
}

func decode(content []byte, r *Receipt) error {
	if err := json.Unmarshal(content, r); err != nil {
		return err
	}
	if r.Verdict == "" {
		return errors.New("no verdict")
	}
	return nil
}

func (j *Journal) encode(r *Receipt) ([]byte, error) {
	var content bytes.Buffer
	enc := json.NewEncoder(&content)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode(r); err != nil {
		return nil, fmt.Errorf("encode the receipt: %w", err)
	}
	sealed, _, err := j.seal(header{Format: receiptFormat}, content.Bytes())
	return sealed, err
}

// add writes a new receipt under the first free id that begins with base, and
// sets r.ID. Whoever holds the temporary file of an id has the id to itself, so
// programs that begin in the same second get different ones.
func (j *Journal) add(r *Receipt, base string) error {
	if err := j.makeFolder(receiptsFolder); err != nil {
		return advise(err)
	}
	for n := 1; ; n++ {
		r.ID = base
		if n > 1 {
			r.ID = fmt.Sprintf("%s-%d", base, n)
		}
		data, err := j.encode(r)
		if err != nil {
			return err
		}
		temporary := j.path(receiptsFolder, temporaryPrefix+r.ID+temporarySuffix)
		if err := j.fill(temporary, data); errors.Is(err, fs.ErrExist) {
			continue
		} else if err != nil {
			return advise(err)
		}
		taken, err := j.taken(r.ID)
		if err == nil && !taken {
			return advise(j.settleOrUndo(temporary, j.receiptPath(entry{r.ID, true})))
		}
		if err = errors.Join(err, j.files.Remove(temporary)); err != nil {
			return advise(err)
		}
	}
}

// settleOrUndo leaves no file behind if it fails: a receipt that nothing was sent
// for would be taken for a submission that nobody knows the outcome of.
func (j *Journal) settleOrUndo(temporary, name string) error {
	err := j.settle(temporary, name)
	if err == nil {
		return nil
	}
	if undoErr := j.files.Remove(name); undoErr != nil && !errors.Is(undoErr, fs.ErrNotExist) {
		err = errors.Join(err, undoErr)
	}
	return err
}

// mayMatch tells by an id alone whether the receipt may be one of a target. Most
// receipts of other environments need not be read then.
func (j *Journal) mayMatch(e entry, t Target) bool {
	return len(e.id) < len(idLayout) || strings.HasPrefix(e.id[len(idLayout):], j.idRest(t))
}

// taken reports whether a receipt has the id. Receipts move from open to closed,
// so looking in this order misses none.
func (j *Journal) taken(id string) (bool, error) {
	open, err := j.exists(j.receiptPath(entry{id, true}))
	if open || err != nil {
		return open, err
	}
	return j.exists(j.receiptPath(entry{id, false}))
}

// update writes a receipt back to where it is, and closes it if it is not to stay
// open. A crash between the two leaves a receipt that is complete and still open;
// whoever takes up the open ones closes it.
func (j *Journal) update(r *Receipt, e entry, open bool) error {
	data, err := j.encode(r)
	if err != nil {
		return err
	}
	if err := j.replace(j.receiptPath(e), data); err != nil {
		return err
	}
	if e.open && !open {
		return j.close(e)
	}
	return nil
}

func (j *Journal) close(e entry) error {
	if err := j.files.Rename(j.receiptPath(e), j.receiptPath(entry{e.id, false})); err != nil {
		return advise(err)
	}
	return advise(j.files.SyncDir(filepath.Join(j.root, receiptsFolder)))
}
