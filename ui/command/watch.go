package command

import (
	"cmp"
	"context"
	"os"
	"time"

	"github.com/spf13/cobra"

	"ampedit/client/journal"
	"ampedit/client/project"
	"ampedit/client/submission"
	"ampedit/forms"
	"ampedit/ui/host"
	"ampedit/ui/task"
)

// watchFlags are what watch takes beside the flags of every command on a backend.
type watchFlags struct {
	*flags
	json    bool
	timeout time.Duration
}

func newWatch(s *host.Streams) *cobra.Command {
	f := &watchFlags{flags: &flags{}}
	cmd := &cobra.Command{
		Use:   "watch [JOB|RECEIPT]",
		Short: "Watch a job until it ends, or look after what was sent from here",
		Long: `Watches a job until it ends. RECEIPT is the id of a receipt: if its outcome is not
known, the jobs of its environment are looked at again. Without either it is what was
sent from here last; if there is nothing, the environment's jobs are shown to choose
from. Without a terminal, and with --json, it prints a line on each change. What
becomes known is written into the receipt of what was sent from here.`,
		Annotations: map[string]string{moreHelp: watchEventsHelp},
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usage("watch takes one job or receipt, but got %d", len(args))
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			return f.run(cmd.Context(), s, append(args, "")[0])
		},
	}
	f.register(cmd)
	cmd.Flags().DurationVar(&f.timeout, "timeout", time.Hour, "without a terminal, end after `duration`")
	cmd.Flags().BoolVar(&f.json, "json", false, "print one JSON object a line")
	return cmd
}

func (f *watchFlags) run(ctx context.Context, s *host.Streams, name string) error {
	st, err := newStage(f.flags)
	if err != nil {
		return err
	}
	open := func() (*project.Project, error) { return project.Open(".") }
	options := submission.Options{}
	onScreen := !f.json && s.Interactive(os.Getenv("TERM"))
	if !onScreen && f.timeout > 0 {
		options.Until = st.clock.Now().Add(f.timeout)
	}
	sub, err := toWatch(f.flags, os.Getenv, open, st.journal, name, options)
	if err != nil {
		return err
	}
	if onScreen {
		st.codes = host.NewCodes()
	}
	if err := st.open(s.Err); err != nil {
		return err
	}
	defer st.Close()
	if st.origins.Fields[forms.KeyAppID].Value == "" || st.origins.Fields[forms.KeyEnvironment].Value == "" {
		return usage("nothing says where the job is; name it with --app-id and --env")
	}
	if onScreen {
		return st.interact(ctx, s, sub, true)
	}
	return f.follow(ctx, s, st, sub, name, options)
}

// follow watches without a terminal.
func (f *watchFlags) follow(ctx context.Context, s *host.Streams, st *stage, sub *submission.Submission, name string, options submission.Options) error {
	d := driver{events: &events{out: s.Out, json: f.json, now: st.clock.Now}, resume: resumer(f.flags, os.Getenv)}
	if st.log != nil {
		d.log = st.log.Logger
	}
	if sub != nil && sub.Over() { // all that can be known is in its receipt
		return d.end(sub)
	}
	life := task.Interruptible(ctx, f.timeout)
	defer life.Stop()
	e := st.edit()
	session, err := st.connect(life, e.Access())
	if err != nil {
		return advised(err)
	}
	e.SetSession(session)
	place := e.Place()
	place.ResourceName = "" // jobs do not say which resource they are for
	if sub == nil && name == "" {
		return usage("no job was sent from here to %s of %s; name one: ampedit watch JOB", place.Environment, place.AppID)
	}
	if sub == nil {
		sub = submission.Follow(place, name, options)
	}
	d.session, d.hard = session, life.Hard
	return ended(life, d.drive(life, e.Deps(st.journal, st.clock), sub))
}

// toWatch returns what is to be watched as far as receipts tell: the receipt or the
// job that was named, else what was sent from here last; nil if no receipt tells. The
// flags that were not given are taken from the receipt. An environment that is merely
// checked out does not rule out a job that was sent to another one.
func toWatch(f *flags, getenv func(string) string, open func() (*project.Project, error), j *journal.Journal, name string, o submission.Options) (*submission.Submission, error) {
	if j == nil {
		return nil, nil
	}
	place := journal.Target{
		Region:      cmp.Or(f.region, getenv("AWS_REGION"), getenv("AWS_DEFAULT_REGION")),
		AppID:       targetOrigins(f, getenv, open).Fields[forms.KeyAppID].Value,
		Environment: cmp.Or(f.environment, getenv("AMPEDIT_ENV")), ResourceName: cmp.Or(f.resource, getenv("AMPEDIT_RESOURCE")),
	}
	if name != "" { // a name is enough: a receipt says where its job is
		place = journal.Target{}
	}
	sub, err := submission.Recall(j, place, name, o)
	if err != nil || sub == nil {
		return nil, err
	}
	t := sub.Target()
	f.region, f.appID, f.environment, f.resource = t.Region, t.AppID, t.Environment, t.ResourceName
	f.receipt = sub.Receipt().ID
	return sub, nil
}
