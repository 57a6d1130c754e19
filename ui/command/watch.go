package command

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/project"
	"ampedit/client/wire"
	"ampedit/forms"
	"ampedit/ui"
	"ampedit/ui/edit"
)

// watchFlags are what watch takes beside the flags of every command on a backend.
type watchFlags struct {
	*flags
	json    bool
	timeout time.Duration
}

func newWatch(s streams) *cobra.Command {
	f := &watchFlags{flags: &flags{}}
	cmd := &cobra.Command{
		Use:   "watch [JOB]",
		Short: "Watch a job until it ends; without JOB the last one sent from here",
		Long: `Watches a job until it ends. Without JOB it is the last one that was sent from
here; if there is none, the environment's jobs are shown to choose from. Without a
terminal, and with --json, it prints a line on each change. The end is written into
the receipt of a job that was sent from here.`,
		Annotations: map[string]string{moreHelp: watchEventsHelp},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("watch takes one job, but got %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), s, append(args, "")[0])
		},
	}
	f.register(cmd)
	cmd.Flags().DurationVar(&f.timeout, "timeout", time.Hour, "without a terminal, watch for at most `duration`; the job goes on")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	return cmd
}

func (f *watchFlags) run(ctx context.Context, s streams, jobID string) error {
	st, err := newStage(f.flags)
	if err != nil {
		return err
	}
	if st.journal != nil {
		open := func() (*project.Project, error) { return project.Open(".") }
		if jobID, err = lastJob(f.flags, os.Getenv, open, st.journal, jobID); err != nil {
			return err
		}
	}
	onScreen := !f.json && isTerminal(s)
	if onScreen {
		st.codes = newCodes()
	}
	if err := st.open(); err != nil {
		return err
	}
	defer st.Close()
	t := edit.Target{
		AppID: st.defaults[forms.KeyAppID], Environment: st.defaults[forms.KeyEnvironment], ResourceName: st.defaults[forms.KeyResourceName],
	}
	switch {
	case t.AppID == "" || t.Environment == "":
		return usage("nothing says where the job is; name it with --app-id and --env")
	case onScreen:
		return st.interact(ctx, s, cmp.Or(jobID, ui.ChooseJob))
	case jobID == "":
		return usage("no job was sent from here to %s of %s; name one: ampedit watch JOB", t.Environment, t.AppID)
	}
	w := &watcher{stage: st, target: t, timeout: f.timeout, events: &events{w: s.out, json: f.json, now: time.Now}}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM)
	defer stop()
	return w.watch(ctx, jobID)
}

// lastJob returns the job to watch: the one that was named, else the last one that
// was sent from here, "" for none. If it has a receipt, the flags that were not
// given are taken from there. An environment that is merely checked out does not
// rule out a job that was sent to another one.
func lastJob(f *flags, getenv func(string) string, open func() (*project.Project, error), j *journal.Journal, jobID string) (string, error) {
	place := journal.Target{
		Region:      cmp.Or(f.region, getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION")),
		AppID:       targetDefaults(f, getenv, open)[forms.KeyAppID],
		Environment: cmp.Or(f.environment, getenv("AMPEDIT_ENV")), ResourceName: cmp.Or(f.resource, getenv("AMPEDIT_RESOURCE")),
	}
	r, err := edit.LastSent(j, place, jobID)
	if err != nil || r == nil {
		return jobID, err
	}
	f.region, f.appID, f.environment, f.resource = r.Target.Region, r.Target.AppID, r.Target.Environment, r.Target.ResourceName
	f.receipt = r.ID
	return r.JobID, nil
}

// watcher follows a job without a terminal.
type watcher struct {
	*stage
	target  edit.Target
	timeout time.Duration
	events  *events
}

func (w *watcher) watch(ctx context.Context, jobID string) error {
	s, err := w.connect(ctx, edit.Access{Profile: w.defaults[forms.KeyProfile], Region: w.defaults[forms.KeyRegion]})
	if err != nil {
		return err
	}
	in := wire.GetBackendJobInput{AppID: w.target.AppID, BackendEnvironmentName: w.target.Environment, JobID: jobID}
	job, err := client.Watch(ctx, s.Service, in, client.WatchOptions{Limit: w.timeout}, w.events.seen)
	switch {
	case edit.JobResult(&job) != edit.Running:
	case job.JobID == nil && !errors.Is(err, client.ErrStillRunning) && ctx.Err() == nil:
		return advised(fmt.Errorf("the job was not seen: %w", err))
	default:
		if command := resumer(w.flags, os.Getenv)(w.target, s, jobID); command != "" {
			w.events.say("left", "the job goes on; come back with "+command)
		}
		return &exitError{ExitRunning, fmt.Errorf("watching ended: %w", err)}
	}
	w.ended(ctx, s, &job)
	if edit.JobResult(&job) == edit.Failed {
		return &exitError{ExitFailed, errors.New("the job failed: " + w.events.jobError(&job))}
	}
	return nil
}

// ended writes the end into the receipt of a job that was sent from here.
func (w *watcher) ended(ctx context.Context, s *edit.Session, job *wire.Job) {
	sender := edit.Sender{Service: s.Service, Clock: client.SystemClock{}, Journal: w.journal, Region: s.Region}
	watched, err := sender.EndWatched(ctx, w.target, job)
	if watched.Back != nil {
		w.events.readBack(*watched.Back)
	}
	if watched.Receipt != "" {
		w.events.receipt(watched.Receipt)
	}
	if err != nil {
		w.events.say("warning", "the receipt could not be completed: "+err.Error())
	}
}
