package command

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v3"

	"ampedit/client/files"
)

// settings are what the configuration file says.
type settings struct {
	// Protected are patterns of environments, as of path.Match; nil if the file
	// says nothing about them.
	Protected []pattern `yaml:"protected"`
	// Accounts are the AWS accounts that may be changed; empty allows all.
	Accounts []string `yaml:"allowed_accounts"`
	// ReadOnly refuses every update.
	ReadOnly bool `yaml:"read_only"`
	// ReadOnlyProfiles are patterns of profiles with which every update is refused.
	ReadOnlyProfiles []pattern `yaml:"read_only_profiles"`
	// Bell rings, and writes the terminal's title, when a job ends; true if the
	// file says nothing.
	Bell *bool `yaml:"bell"`
}

// bell returns what rings the terminal's bell, nil if it is switched off.
func (s settings) bell(ring func()) func() {
	if s.Bell != nil && !*s.Bell {
		return nil
	}
	return ring
}

// pattern is a pattern of environments or profiles, as of path.Match, checked while
// it is read.
type pattern string

// UnmarshalYAML reads a pattern and refuses one that is malformed.
func (p *pattern) UnmarshalYAML(node *yaml.Node) error {
	if err := node.Decode((*string)(p)); err != nil {
		return err
	}
	if _, err := path.Match(string(*p), ""); err != nil {
		return &yaml.TypeError{Errors: []string{fmt.Sprintf("line %d: %q is not a pattern: %v", node.Line, string(*p), err)}}
	}
	return nil
}

// readSettings reads the configuration file. A file that does not exist says
// nothing; one that cannot be understood stops the program, because it may be
// what keeps an environment safe.
func readSettings(file string) (settings, error) {
	data, err := files.Read(file, maxSettings)
	if errors.Is(err, fs.ErrNotExist) {
		return settings{}, nil
	}
	if err != nil {
		return settings{}, fmt.Errorf("read the configuration file: %w", err)
	}
	return parseSettings(file, data)
}

func parseSettings(file string, data []byte) (settings, error) {
	var s settings
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&s); err != nil && !errors.Is(err, io.EOF) {
		return settings{}, explainYAML(file, err)
	}
	return s, nil
}

var unknownField = regexp.MustCompile(`^field (.*) not found in type .*$`)

// explainYAML puts the file before each line number, and an unknown setting into
// words.
func explainYAML(file string, err error) error {
	lines := []string{strings.TrimPrefix(err.Error(), "yaml: ")}
	var typeError *yaml.TypeError
	if errors.As(err, &typeError) {
		lines = typeError.Errors
	}
	for i, line := range lines {
		number, text, found := strings.Cut(strings.TrimPrefix(line, "line "), ": ")
		if !found || !strings.HasPrefix(line, "line ") {
			lines[i] = file + ": " + line
			continue
		}
		text = unknownField.ReplaceAllString(text, "there is no setting $1; there are protected, allowed_accounts, read_only, read_only_profiles and bell")
		lines[i] = file + ":" + number + ": " + text
	}
	return errors.New(strings.Join(lines, "\n"))
}

// matchesAny reports whether a name matches one of the patterns.
func matchesAny(patterns []pattern, name string) bool {
	for _, p := range patterns {
		if ok, err := path.Match(string(p), name); ok || err != nil {
			return true
		}
	}
	return false
}

// protected returns the patterns of protected environments, or those that apply
// when the file says nothing.
func (s settings) protected(otherwise []string) []string {
	if s.Protected == nil {
		return otherwise
	}
	patterns := make([]string, len(s.Protected))
	for i, p := range s.Protected {
		patterns[i] = string(p)
	}
	return patterns
}

// maxSettings is the largest configuration file that is read, in bytes.
const maxSettings = 1 << 20
