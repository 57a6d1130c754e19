package command

import (
	"os"
	"path/filepath"
	"runtime"

	"github.com/adrg/xdg"
)

// folders are where the program keeps files of its own, "" where there is no place.
type folders struct{ config, state string }

// userFolders returns the folders of the user, as the XDG Base Directory
// Specification and its counterparts on other systems have them.
func userFolders() folders {
	return foldersOf(os.Getenv, xdg.ConfigHome, xdg.StateHome)
}

// foldersOf leaves out folders that would lie below a home that nobody has stated: they
// would be the system's.
func foldersOf(getenv func(string) string, configHome, stateHome string) folders {
	homeless := getenv("HOME") == "" && runtime.GOOS != "windows"
	below := func(dir, variable string) string {
		if homeless && !filepath.IsAbs(getenv(variable)) {
			return ""
		}
		return filepath.Join(dir, "ampedit")
	}
	return folders{config: below(configHome, "XDG_CONFIG_HOME"), state: below(stateHome, "XDG_STATE_HOME")}
}

// configFile is the user's configuration file, "" where there is no place for one.
func (f folders) configFile() string { return within(f.config, "config.yaml") }

// logs is the folder of logs, "" where there is no place for one.
func (f folders) logs() string { return within(f.state, "log") }

func within(dir, name string) string {
	if dir == "" {
		return ""
	}
	return filepath.Join(dir, name)
}
