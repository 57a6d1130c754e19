package command

import (
	"path/filepath"

	"github.com/adrg/xdg"
)

// folders are where the program keeps files of its own.
type folders struct{ config, state string }

// userFolders returns the folders of the user, as the XDG Base Directory
// Specification and its counterparts on other systems have them.
func userFolders() folders {
	return folders{
		config: filepath.Join(xdg.ConfigHome, "ampedit"),
		state:  filepath.Join(xdg.StateHome, "ampedit"),
	}
}

func (f folders) configFile() string { return filepath.Join(f.config, "config.yaml") }

func (f folders) logs() string { return filepath.Join(f.state, "log") }
