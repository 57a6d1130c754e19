package command

import (
	"errors"
	"fmt"
	"os"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/journal"
	"ampedit/ui/edit"
	"ampedit/ui/host"
)

// stage is what every command on a backend stands on: settings, log, service and
// journal.
type stage struct {
	flags    *flags
	folders  folders
	settings settings
	policy   edit.Policy
	scenario emulator.Scenario
	// journal is nil for the demo, of which nothing is kept.
	journal *journal.Journal
	clock   client.Clock
	// codes ask for the codes of MFA devices, nil while nobody can be asked.
	codes *host.Codes

	log      *host.Log
	emulator *emulator.Emulator // nil without --demo
	connect  edit.Connector
	// file is the kept request to work on, nil for none.
	file *edit.File
	// origins fill the fields of the target that nobody typed.
	origins edit.Origins
}

// newStage enters the folder of the command and reads the settings. It writes
// nothing yet.
func newStage(f *flags) (*stage, error) {
	scenario, err := parseScenario(f.demo)
	if err != nil {
		return nil, usage("--demo: %w", err)
	}
	if err := f.enter(); err != nil {
		return nil, err
	}
	st := &stage{flags: f, folders: userFolders(), scenario: scenario, clock: client.SystemClock{}}
	if st.settings, err = readSettings(st.folders.configFile()); err != nil {
		return nil, err
	}
	st.policy = st.settings.policy(f)
	if f.demo == "" {
		st.journal, err = openJournal(st.folders)
	}
	return st, err
}

// openJournal opens the user's journal. It writes nothing yet.
func openJournal(own folders) (*journal.Journal, error) {
	if own.state == "" {
		return nil, errors.New("there is no place for receipts and drafts, because HOME is not set; set HOME or XDG_STATE_HOME")
	}
	j, err := journal.Open(journal.Options{Root: own.state, Version: version()})
	if err == nil {
		err = j.Check()
	}
	if err != nil {
		return nil, fmt.Errorf("open the journal: %w", err)
	}
	return j, nil
}

// open opens the log and makes the way to the service: AWS, or an emulator. A log that
// the user named has to be there; without one of the program's own it goes on, and says
// so.
func (st *stage) open(errOut *host.Printer) error {
	f := st.flags
	st.log = host.OpenLog(f.log, st.folders.logs(), f.debug || os.Getenv("AMPEDIT_DEBUG") != "", time.Now())
	switch {
	case st.log.Err != nil && f.log != "":
		return usage("--log: %w", st.log.Err)
	case st.log.Err != nil:
		_ = errOut.Line("ampedit: no log is kept: %v", st.log.Err)
	case st.log.Open:
		_ = errOut.Line("ampedit: others may read the log %s, and that could not be changed", f.log)
	}
	c := connector{
		endpointURL: f.endpointURL, policy: st.policy,
		logger: st.log.Logger, debug: st.log.Detailed,
	}
	if st.codes != nil {
		c.askMFA = st.codes.Ask
	}
	if f.demo == "" {
		st.connect, st.origins = c.connect, projectOrigins(f)
		return nil
	}
	e, err := emulator.Start(emulator.Options{Scenario: st.scenario})
	if err != nil {
		return err
	}
	st.emulator, st.connect, st.origins = e, c.demo(e, st.scenario), demoOrigins(f, e)
	return nil
}

// edit is an edit of the target that was stated.
func (st *stage) edit() *edit.Edit {
	e := edit.New(st.clock.Now)
	e.Begin(st.origins)
	e.SetPolicy(st.policy)
	return e
}

// Close ends what open began.
func (st *stage) Close() {
	if st.emulator != nil {
		_ = st.emulator.Close() // its process ends
	}
	if st.codes != nil {
		st.codes.Close()
	}
	if st.journal != nil {
		st.journal.Close()
	}
	if st.log != nil {
		st.log.Close()
	}
}
