package client

import (
	"os"
	"path/filepath"
	"slices"
	"strings"

	"ampedit/client/files"
)

// Profiles returns the names of the profiles in the shared configuration and
// credentials files, sorted. A file that is missing or cannot be read has none.
// Where the files are is said by AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE,
// as for every AWS tool.
func Profiles() []string {
	names := append(sections(sharedFile("AWS_CONFIG_FILE", "config"), "profile "),
		sections(sharedFile("AWS_SHARED_CREDENTIALS_FILE", "credentials"), "")...)
	slices.Sort(names)
	return slices.Compact(names)
}

func sharedFile(variable, name string) string {
	if path := os.Getenv(variable); path != "" {
		return path
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return ""
	}
	return filepath.Join(home, ".aws", name)
}

// maxShared is the largest shared file whose profiles are listed, in bytes.
const maxShared = 4 << 20

// sections returns the names of an INI file's sections that begin with prefix,
// without it. The section "default" has no prefix in either file.
func sections(path, prefix string) []string {
	data, err := files.Read(path, maxShared)
	if err != nil {
		return nil
	}
	var names []string
	for line := range strings.Lines(string(data)) {
		name, ok := strings.CutPrefix(strings.TrimSpace(line), "[")
		name, _, closed := strings.Cut(name, "]")
		if !ok || !closed {
			continue
		}
		name = strings.TrimSpace(name)
		rest, named := strings.CutPrefix(name, prefix)
		if named || name == "default" {
			names = append(names, strings.TrimSpace(rest))
		}
	}
	return names
}

// Regions returns the regions in which AWS lists AmplifyBackend, from botocore's
// endpoint data. Others may exist by now.
func Regions() []string {
	return []string{
		"ap-northeast-1", "ap-northeast-2", "ap-northeast-3", "ap-south-1", "ap-southeast-1", "ap-southeast-2",
		"ca-central-1", "eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3",
		"me-south-1", "sa-east-1", "us-east-1", "us-east-2", "us-west-1", "us-west-2",
	}
}
