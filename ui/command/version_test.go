package command

import (
	"runtime/debug"
	"strings"
	"testing"
)

func TestVersion(t *testing.T) {
	got := describeBuild(&debug.BuildInfo{GoVersion: "go1.25.0", Main: debug.Module{Version: "v1.2.3"}, Settings: []debug.BuildSetting{
		{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.time", Value: "2026-11-22T14:00:00Z"}, {Key: "vcs.modified", Value: "true"},
	}})
	if !strings.HasPrefix(got, "ampedit v1.2.3  revision 0123456789ab, modified  of 2026-11-22T14:00:00Z  go1.25.0  ") {
		t.Error(got)
	}
}
