package page

import (
	"context"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client"
	"ampedit/client/wire"
	"ampedit/ui/edit"
)

// Follow watches a job from now on; job is what is known of it, nil for nothing.
func (p *Job) Follow(s edit.Sender, t edit.Target, jobID string, job *wire.Job) tea.Cmd {
	p.sender, p.target = s, t
	if job == nil {
		job = &wire.Job{JobID: &jobID}
	}
	p.job = job
	if p.started.IsZero() {
		p.started = p.Now()
	}
	if made, ok := client.JobTime(text(job.CreateTime)); ok {
		p.started = made
	}
	if p.status() != "" {
		p.note(p.status())
	}
	return tea.Batch(p.follow(jobID), p.readOthers())
}

func (p *Job) follow(jobID string) tea.Cmd {
	ctx, cancel := context.WithCancel(context.Background())
	p.stop = cancel
	p.watch = edit.StartWatch(ctx, p.sender.Service, p.target, jobID, p.pace)
	return tea.Batch(p.next(), p.Tasks.After(time.Second, secondMsg{p.watch}))
}

// Stop ends the watching. The job goes on.
func (p *Job) Stop() {
	if p.stop != nil {
		p.stop()
		p.stop = nil
	}
}

func (p *Job) next() tea.Cmd {
	watch, stop := p.watch, p.stop
	return p.look(func(ctx context.Context) tea.Msg {
		defer context.AfterFunc(ctx, stop)()
		seen, more := watch.Next()
		return seenMsg{watch: watch, seen: seen, more: more}
	})
}

func (p *Job) see(msg seenMsg) tea.Cmd {
	if !msg.more {
		return p.finish()
	}
	still := p.last.Paused && msg.seen.Paused // one line says it for all looks of a pause
	p.last = msg.seen
	switch {
	case still:
		p.fails++
	case msg.seen.Err != nil:
		p.fails++
		p.note("one look failed: " + client.Printable(shortError(msg.seen.Err)) + "; watching goes on")
	case msg.seen.Job != nil:
		if text(msg.seen.Job.Status) != p.status() {
			p.note(text(msg.seen.Job.Status))
		}
		p.job, p.good = msg.seen.Job, msg.seen.At
		if made, ok := client.JobTime(text(p.job.CreateTime)); ok && p.outcome == nil {
			p.started = made
		}
	}
	return p.next()
}

// finish is called when the watching is over.
func (p *Job) finish() tea.Cmd {
	p.ended = p.Now()
	if updated, ok := client.JobTime(text(p.job.UpdateTime)); ok && p.approval == nil {
		p.ended = updated // it may have ended long before it was looked at
	}
	p.watched = p.watch.Err()
	cmds := []tea.Cmd{p.readOthers()}
	switch result := p.Result(); {
	case result == edit.Running:
		p.note("watching ended: " + shortError(p.watched))
	case p.approval == nil:
		cmds = append(cmds, p.findReceipt())
	case result == edit.Completed:
		cmds = append(cmds, p.readBack())
	default:
		cmds = append(cmds, p.record(nil))
	}
	return tea.Batch(append(cmds, Send(EndedMsg{Result: p.Result(), ThenReview: p.thenReview}))...)
}

// findReceipt looks for the receipt of a job that was not sent in this run, and
// writes down how far the job is.
func (p *Job) findReceipt() tea.Cmd {
	sender, target, job := p.sender, p.target, p.job
	return p.look(func(ctx context.Context) tea.Msg {
		watched, err := sender.EndWatched(ctx, target, job)
		return watchedMsg{text(job.JobID), watched, err}
	})
}

// endWatched takes what is known of a job that was not sent in this run.
func (p *Job) endWatched(msg watchedMsg) tea.Cmd {
	p.receipt, p.back = msg.watched.Receipt, msg.watched.Back
	if p.back != nil && p.back.Err == nil && p.back.Base.Target == p.Edit.Target() {
		p.Edit.SetBase(p.back.Base)
	}
	if msg.err != nil {
		return refuse("the receipt could not be completed: " + msg.err.Error())
	}
	return nil
}

func (p *Job) readOthers() tea.Cmd {
	sender, service, target := p.sender, p.sender.Service, p.target
	return p.look(func(ctx context.Context) tea.Msg {
		jobs, err := edit.Jobs(ctx, service, target)
		return otherJobsMsg{jobs: jobs, own: sender.Durations(target), err: err}
	})
}

// Choose shows the environment's jobs to choose one from.
func (p *Job) Choose(s edit.Sender, t edit.Target) tea.Cmd {
	p.sender, p.target, p.choosing, p.selected = s, t, true, 0
	return p.readOthers()
}

// otherList are the environment's jobs without the one that is shown.
func (p *Job) otherList() []*wire.Job {
	var out []*wire.Job
	for i := range p.others {
		if id := text(p.others[i].JobID); id != p.JobID() || id == "" {
			out = append(out, &p.others[i])
		}
	}
	return out
}

// followOther shows the selected one of the other jobs in the place of this one.
func (p *Job) followOther() tea.Cmd {
	list := p.otherList()
	switch {
	case p.selected >= len(list):
		return refuse("there is no such job")
	case p.sending || p.Unknown() || p.job != nil && p.Result() == edit.Running:
		return refuse("the job that was sent from here comes first")
	}
	job, sender, target := *list[p.selected], p.sender, p.target
	p.Stop()
	*p = Job{Shared: p.Shared, pace: p.pace, w: p.w, h: p.h, focused: p.focused, selected: -1}
	return p.Follow(sender, target, text(job.JobID), &job)
}

// FollowThenReview watches a job of somebody else until it ends, and then asks for
// the review.
func (p *Job) FollowThenReview(s edit.Sender, t edit.Target, job wire.Job) tea.Cmd {
	p.Stop()
	*p = Job{Shared: p.Shared, pace: p.pace, w: p.w, h: p.h, focused: p.focused, selected: -1, thenReview: true}
	return p.Follow(s, t, text(job.JobID), &job)
}

// RunningJob says which job runs, and since when.
func RunningJob(job *wire.Job, now time.Time) string {
	out := text(job.Operation) + " job " + text(job.JobID) + " is " + text(job.Status)
	if made, ok := client.JobTime(text(job.CreateTime)); ok {
		out += ", since " + Duration(edit.Elapsed(made, now))
	}
	return out
}
