package command

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"ampedit/client/files"
)

// maxSettings is the largest configuration file that is read, in bytes.
const maxSettings = 1 << 20

// settings are what the configuration file says.
type settings struct {
	// Protected are patterns of environments, as of path.Match; nil if the file
	// says nothing about them.
	Protected []pattern
	// Accounts are the AWS accounts that may be changed; nil allows all.
	Accounts []string
	// ReadOnly refuses every update.
	ReadOnly bool
	// ReadOnlyProfiles are patterns of profiles with which every update is refused.
	ReadOnlyProfiles []pattern
	// Bell rings, and writes the terminal's title, when a job ends; true if the
	// file says nothing.
	Bell *bool

	// file is the file's name, and lines are where its settings stand.
	file  string
	lines map[string]int
}

// settingNames are the settings that there are.
var settingNames = []string{"protected", "allowed_accounts", "read_only", "read_only_profiles", "bell"}

// read takes one setting. A list that is empty is refused: it would open what it
// is there to guard.
func (s *settings) read(name string, value *yaml.Node) error {
	var err error
	switch name {
	case "protected":
		s.Protected, err = readList(name, value, "remove it to protect the usual ones", readPattern)
	case "allowed_accounts":
		s.Accounts, err = readList(name, value, "remove it to allow all", readAccount)
	case "read_only":
		s.ReadOnly, err = readBool(name, value)
	case "read_only_profiles":
		s.ReadOnlyProfiles, err = readList(name, value, "remove it if there are none", readPattern)
	case "bell":
		var on bool
		on, err = readBool(name, value)
		s.Bell = &on
	}
	return err
}

// bell returns what rings the terminal's bell, nil if it is switched off.
func (s settings) bell(ring func()) func() {
	if s.Bell != nil && !*s.Bell {
		return nil
	}
	return ring
}

// pattern is a pattern of environments or profiles, as of path.Match, that is well
// formed.
type pattern string

func readPattern(text string) (pattern, error) {
	if _, err := path.Match(text, ""); err != nil {
		return "", fmt.Errorf("%q is not a pattern: %w", text, err)
	}
	return pattern(text), nil
}

var accountForm = regexp.MustCompile(`^\d{12}$`)

func readAccount(text string) (string, error) {
	if !accountForm.MatchString(text) {
		return "", fmt.Errorf("%q is not an AWS account: it has 12 digits", text)
	}
	return text, nil
}

// lineError is something wrong at a line of the configuration file, counted from 1.
type lineError struct {
	line int
	text string
}

// Error says what is wrong, without the line.
func (e *lineError) Error() string { return e.text }

func wrong(node *yaml.Node, format string, args ...any) error {
	return &lineError{node.Line, fmt.Sprintf(format, args...)}
}

// readList reads a list that is not empty. instead says what to do in place of an
// empty one.
func readList[T any](name string, node *yaml.Node, instead string, read func(string) (T, error)) ([]T, error) {
	switch {
	case node.Kind == yaml.ScalarNode && node.Tag == "!!null", node.Kind == yaml.SequenceNode && len(node.Content) == 0:
		return nil, wrong(node, "%s is empty; list what it is for, or %s", name, instead)
	case node.Kind != yaml.SequenceNode:
		return nil, wrong(node, "%s must be a list, such as [%s]", name, cmp.Or(node.Value, "…"))
	}
	var out []T
	var seen []string
	for _, item := range node.Content {
		if item.Kind == yaml.AliasNode {
			item = item.Alias
		}
		if item.Kind != yaml.ScalarNode || strings.TrimSpace(item.Value) == "" || item.Tag == "!!null" {
			return nil, wrong(item, "an entry of %s is not a text", name)
		}
		if slices.Contains(seen, item.Value) {
			return nil, wrong(item, "%q stands twice in %s", item.Value, name)
		}
		value, err := read(item.Value)
		if err != nil {
			return nil, wrong(item, "%v", err)
		}
		seen, out = append(seen, item.Value), append(out, value)
	}
	return out, nil
}

func readBool(name string, node *yaml.Node) (on bool, err error) {
	if node.Kind != yaml.ScalarNode || node.Tag != "!!bool" || node.Decode(&on) != nil {
		return false, wrong(node, "%s must be true or false", name)
	}
	return on, nil
}

// readSettings reads the configuration file. A file that does not exist says
// nothing; one that cannot be understood stops the program, because it may be
// what keeps an environment safe.
func readSettings(file string) (settings, error) {
	if file == "" {
		return settings{}, nil
	}
	data, err := files.Read(file, maxSettings)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, fmt.Errorf("read the configuration file: %w", err)
	}
	return parseSettings(file, data)
}

// parseSettings reads the settings of a file. The error names the file and the line of
// each fault.
func parseSettings(file string, data []byte) (settings, error) {
	var document, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	err := decoder.Decode(&document)
	if errors.Is(err, io.EOF) {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, syntaxError(file, err)
	}
	s, faults := readMapping(document.Content[0])
	switch err := decoder.Decode(&second); {
	case err == nil:
		faults = append(faults, wrong(&second, "a second document begins here; put all settings into the first"))
	case !errors.Is(err, io.EOF):
		return settings{}, syntaxError(file, err)
	}
	var lines []string
	for _, fault := range faults {
		var at *lineError
		if errors.As(fault, &at) {
			lines = append(lines, fmt.Sprintf("%s:%d: %s", file, at.line, at.text))
		}
	}
	if len(lines) > 0 {
		return settings{}, errors.New(strings.Join(lines, "\n"))
	}
	s.file = filepath.Base(file)
	return s, nil
}

// readMapping reads the settings, each of which may stand once.
func readMapping(node *yaml.Node) (s settings, faults []error) {
	if node.Kind != yaml.MappingNode {
		return s, []error{wrong(node, "settings are expected here, such as read_only: true")}
	}
	s.lines = map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if value.Kind == yaml.AliasNode {
			value = value.Alias
		}
		switch name := key.Value; {
		case !slices.Contains(settingNames, name):
			faults = append(faults, wrong(key, "there is no setting %s; %s", name, insteadOf(name)))
		case s.lines[name] > 0:
			faults = append(faults, wrong(key, "%s stands twice; remove one", name))
		default:
			s.lines[name] = key.Line
			if err := s.read(name, value); err != nil {
				faults = append(faults, err)
			}
		}
	}
	return s, faults
}

// insteadOf says what an unknown setting may have been meant to be.
func insteadOf(name string) string {
	plain := func(name string) string {
		return strings.ToLower(strings.NewReplacer("_", "", "-", "", " ", "").Replace(name))
	}
	for _, known := range settingNames {
		if a, b := plain(known), plain(name); a == b || strings.TrimSuffix(a, "s") == strings.TrimSuffix(b, "s") || len(b) > 4 && strings.HasSuffix(a, b) {
			return "did you mean " + known + "?"
		}
	}
	last := len(settingNames) - 1
	return "there are " + strings.Join(settingNames[:last], ", ") + " and " + settingNames[last]
}

// syntaxError puts the file before the line number of what is no YAML.
func syntaxError(file string, err error) error {
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	number, rest, found := strings.Cut(strings.TrimPrefix(text, "line "), ": ")
	if !found || !strings.HasPrefix(text, "line ") {
		return fmt.Errorf("%s: %s", file, text)
	}
	return fmt.Errorf("%s:%s: %s", file, number, rest)
}
