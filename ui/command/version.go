package command

import (
	"runtime"
	"runtime/debug"
	"strings"
)

// version describes the build: version, revision, date and Go version, as far as
// the Go command recorded them.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "ampedit, built without build information"
	}
	return describeBuild(info)
}

func describeBuild(info *debug.BuildInfo) string {
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	v := info.Main.Version
	if v == "" {
		v = "(devel)"
	}
	parts := []string{"ampedit " + v}
	revision := settings["vcs.revision"]
	revision = revision[:min(len(revision), 12)]
	stamped := revision != "" && strings.Contains(v, revision) // as the Go command does for what has no tag
	if revision != "" && !stamped {
		text := "revision " + revision
		if settings["vcs.modified"] == "true" {
			text += ", modified"
		}
		parts = append(parts, text)
	}
	if at := settings["vcs.time"]; at != "" && !stamped {
		parts = append(parts, "of "+at)
	}
	parts = append(parts, info.GoVersion, runtime.GOOS+"/"+runtime.GOARCH)
	return strings.Join(parts, "  ")
}
