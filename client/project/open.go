package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
)

var (
	// ErrNoProject means that neither the folder nor any above it belongs to
	// an Amplify project.
	ErrNoProject = errors.New("no Amplify project")
	// ErrGen2 means that the project is one of Amplify Gen 2, which the
	// AmplifyBackend API does not manage.
	ErrGen2 = errors.New("an Amplify Gen 2 project")
	// ErrNoEnvironment means that an environment has to be named.
	ErrNoEnvironment = errors.New("no environment was named")
	// ErrNoDeployedState means that the project does not hold the last deployed
	// state of an environment. It holds that of one environment at most.
	ErrNoDeployedState = errors.New("the project keeps no deployed state")
)

// Open reads the Amplify Gen 1 project that dir lies in: the first folder from
// dir upwards with a Gen 1 amplify/ folder. It reads everything at once; the
// project does not follow later changes on disk.
//
// The error wraps ErrNoProject or ErrGen2 where that is the reason. Files that
// are missing or damaged are no error: findings tell of them.
func Open(dir string) (*Project, error) {
	start, err := filepath.Abs(dir)
	if err == nil {
		// The folders above a link's target are the ones that count.
		start, err = filepath.EvalSymlinks(start)
	}
	if err != nil {
		return nil, fmt.Errorf("looking for an Amplify project from %q: %w", dir, err)
	}
	for at := start; ; at = filepath.Dir(at) {
		p, err := openAt(at)
		if !errors.Is(err, ErrNoProject) {
			return p, err
		}
		if at == filepath.Dir(at) {
			return nil, fmt.Errorf("%w in %q or any folder above it; name the app and its environment, or start in the project", ErrNoProject, start)
		}
	}
}

// openAt reads the project whose root is dir.
func openAt(dir string) (*Project, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		// A folder above the project may be closed to the user.
		return nil, fmt.Errorf("%w in %q: %w", ErrNoProject, dir, err)
	}
	defer root.Close()
	p, err := Read(disk{root})
	if err != nil {
		return nil, fmt.Errorf("reading %q: %w", dir, err)
	}
	p.root = dir
	return p, nil
}

// Read reads the Amplify Gen 1 project whose root folder is the root of fsys.
// Its errors are those of Open.
func Read(fsys fs.FS) (*Project, error) {
	if info, err := fs.Stat(fsys, "amplify"); errors.Is(err, fs.ErrNotExist) || err == nil && !info.IsDir() {
		return nil, ErrNoProject
	} else if err != nil {
		return nil, fmt.Errorf("looking into the amplify folder: %w", err)
	}
	gen1, gen1Err := anyExists(fsys,
		"amplify/.config/project-config.json",
		"amplify/team-provider-info.json",
		"amplify/backend/backend-config.json",
		"amplify/backend/amplify-meta.json",
		"amplify/backend/api",
	)
	gen2, gen2Err := anyExists(fsys, gen2Marker)
	switch err := errors.Join(gen1Err, gen2Err); {
	case gen1:
		return load(fsys, gen2), nil
	case gen2:
		return nil, fmt.Errorf("%w (it has %s); the AmplifyBackend API manages Gen 1 backends only", ErrGen2, gen2Marker)
	case err != nil:
		return nil, fmt.Errorf("looking into the amplify folder: %w", err)
	}
	return nil, ErrNoProject
}

// gen2Marker is the file that defines the backend of every Gen 2 project.
const gen2Marker = "amplify/backend.ts"

// anyExists reports whether one of the paths exists. It returns an error only
// when none was found and one could not be examined.
func anyExists(fsys fs.FS, paths ...string) (bool, error) {
	var failed error
	for _, path := range paths {
		_, err := fs.Stat(fsys, path)
		switch {
		case err == nil:
			return true, nil
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, syscall.ENOTDIR):
		case failed == nil:
			failed = err
		}
	}
	return false, failed
}
