package submission

import (
	"context"
	"time"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/wire"
)

// Kind is what a step does.
type Kind int

// The steps, in the order of a submission that nothing goes wrong with.
const (
	None     Kind = iota
	Guard         // who the caller is, and whether anything may be sent at all
	Lock          // keep other programs of this machine out
	Baseline      // which jobs there are
	Unmoved       // whether schema and deployed configuration are those of the plan
	Intent        // write the receipt
	Post          // send
	List          // which jobs there are after a lost answer
	Job           // look at the job
	ReadBack      // read the configuration
	Record        // write into the receipt what became known
	Unlock        // let other programs in
)

// Step is one thing to be done, made of copied values.
type Step struct {
	Kind Kind
	// At is when it is due.
	At time.Time
	// Shield says that cancelling must not reach it.
	Shield bool

	number int64
	round  int
	turn   int // counts the steps that were begun
	in     input
}

// input is what a step needs.
type input struct {
	receipt  journal.Receipt
	approved *Approval
	jobID    string
	lock     *journal.Lock
	open     bool      // the receipt is not closed by this
	sending  bool      // an attempt follows
	stale    time.Time // the step is not to be done after this, zero for always
}

// Event is what came of a step.
type Event struct {
	step  Step
	from  time.Time // when the step was begun
	at    time.Time // when it was done
	err   error
	stale bool // the step came too late to be done

	identity client.Identity
	lock     *journal.Lock
	list     client.JobList
	others   others
	receipt  journal.Receipt
	answer   *wire.UpdateBackendAPIOutput
	job      *wire.Job
	config   *wire.ResourceConfig
}

// others is what the receipts of an environment say beside the one in question.
type others struct {
	// claimed are the jobs that the service's answers to other submissions named.
	claimed []string
	// operations are what the service called the jobs of updates that ended as they
	// should.
	operations []string
}

// cancelled reports that the step failed because the context has ended.
func (e Event) cancelled(ctx context.Context) bool {
	return e.err != nil && ctx.Err() != nil && !e.step.Shield
}

// Kind is the kind of the step that the event is of.
func (e Event) Kind() Kind { return e.step.Kind }
