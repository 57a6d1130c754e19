package submission_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/smithy-go/middleware"
	smithyhttp "github.com/aws/smithy-go/transport/http"

	"ampedit/client"
	"ampedit/client/journal"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

const region = "eu-west-1"

// process is the program from its start to its end.
type process struct {
	w       *world
	clock   *machineClock
	mount   *mount
	journal *journal.Journal
	deps    submission.Deps
	ap      *approval // that it is busy with
	s       *submission.Submission
	resumed bool
	loose   *journal.Lock  // of an event that is not taken yet
	calls   sync.WaitGroup // that are on their way
	hard    chan struct{}  // closed by a second signal
	told    int            // how many entries of the history were looked at
	lines   string         // that were looked at last
}

// boot starts the program.
func (w *world) boot() *process {
	l := &process{w: w, clock: &machineClock{w, w.machine}, hard: make(chan struct{})}
	l.mount = &mount{memoryDisk: w.disk, now: l.clock.Now, left: -1}
	var err error
	l.journal, err = journal.Open(journal.Options{Root: w.root, Version: "test", Now: l.clock.Now, Files: l.mount})
	if err != nil {
		panic(err)
	}
	service, err := client.New(context.Background(), l.config(), client.WithClock(l.clock))
	if err != nil {
		panic(err)
	}
	l.deps = submission.Deps{
		Service: w.bug.wrap(service), Journal: l.journal, Clock: l.clock,
		Guard: func(context.Context) (client.Identity, error) {
			return client.Identity{Account: "123456789012", ARN: "arn:aws:iam::123456789012:user/test"}, nil
		},
		Unmoved: func(ctx context.Context) error { return l.unmoved(ctx, service) },
	}
	w.program = l
	w.tracef("the program starts, its clock is %s ahead", w.machine)
	return l
}

// config is an AWS configuration that reaches the test's service alone. Reads are
// repeated as the SDK does it, but at once.
func (l *process) config() aws.Config {
	prompt := func(stack *middleware.Stack) error {
		if stack.ID() == "UpdateBackendAPI" {
			return nil
		}
		_, err := stack.Finalize.Swap("Retry", retry.NewAttemptMiddleware(promptRetryer{retry.NewStandard()}, smithyhttp.RequestCloner))
		return err
	}
	return aws.Config{
		Region: region, BaseEndpoint: aws.String("http://127.0.0.1:7"),
		Credentials: credentials.NewStaticCredentialsProvider("AKIDTEST", "secret-of-the-test", ""),
		APIOptions:  []func(*middleware.Stack) error{prompt},
		HTTPClient: &http.Client{
			Transport:     l,
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// promptRetryer never waits, for it would by the clock of this machine.
type promptRetryer struct{ aws.RetryerV2 }

func (promptRetryer) RetryDelay(int, error) (time.Duration, error) { return 0, nil }

// RoundTrip sends a request, and tells the service for which approval it is.
func (l *process) RoundTrip(req *http.Request) (*http.Response, error) {
	l.calls.Add(1)
	defer l.calls.Done()
	req = req.Clone(req.Context())
	req.Header.Set("X-Test-Approval", strconv.Itoa(l.ap.n))
	if req.Method == http.MethodPost && strings.HasSuffix(req.URL.Path, "/api/"+environment) {
		if p := l.leaves(); !p.left {
			return l.w.net.dead.RoundTrip(req)
		}
	}
	return l.w.net.live.RoundTrip(req)
}

// leaves takes note that a POST leaves.
func (l *process) leaves() *post {
	w := l.w
	w.mu.Lock()
	defer w.mu.Unlock()
	p := w.nextPost(l.ap)
	w.checkLeaving(l, l.ap, p)
	return p
}

// target is what everything is about.
var target = journal.Target{Region: region, AppID: appID, Environment: environment, ResourceName: "notes"}

// errMoved is why nothing is sent when the plan is not what it was.
var errMoved = errors.New("the deployed configuration is not what the plan was made from; nothing was sent")

// unmoved reads the configuration again, as the program's own check does.
func (l *process) unmoved(ctx context.Context, service client.API) error {
	before := decodeConfig(l.ap.old)
	if l.ap.before == "?" {
		return nil
	}
	got, err := service.GetBackendAPI(ctx, &wire.GetBackendAPIInput{AppID: appID, BackendEnvironmentName: environment, ResourceName: "notes"})
	if err != nil {
		return err
	}
	if !wire.SameMeaning(got.ResourceConfig, before) {
		l.w.hit("moved")
		return errMoved
	}
	return nil
}

// kill ends the program as kill -9 does: its locks go, its files stay.
func (l *process) kill() {
	l.w.hit("killed")
	l.w.tracef("the program is killed")
	l.mount.dead = true
	l.ap.forget()
	l.end()
}

// end ends the program.
func (l *process) end() {
	for _, lock := range []*journal.Lock{l.loose, submission.LockOf(l.s)} {
		if lock != nil {
			_ = lock.Release()
		}
	}
	l.w.program = nil
}

// approve makes an approval of the configuration as it is read now.
func (w *world) approve(supersedes string, same *approval) *approval {
	ap := &approval{n: len(w.approvals), begun: w.now}
	ap.old = w.config(w.now)
	ap.before = meaning(ap.old)
	secret := ""
	if w.chance(0.1) {
		secret = "key da2-abcdefghijklmnopqrstuvwxyz"
		w.hit("secret")
	}
	ap.change = configuration(ap.n+1, 30+ap.n, secret)
	switch {
	case same != nil:
		ap.change = same.change
	case !w.fair && w.chance(0.12):
		ap.change = ap.old
	}
	ap.want = meaning(ap.change)
	if ap.want == ap.before {
		w.hit("renewal")
	}
	if !w.fair && w.chance(0.1) {
		ap.before = "?"
		w.hit("before-unknown")
	}
	for _, j := range w.jobs {
		if j.ends.Equal(never) && !j.made.After(w.now) && w.chance(0.8) {
			ap.passOver = append(ap.passOver, j.id)
			w.hit("passed-over")
		}
	}
	w.approvals = append(w.approvals, ap)
	if supersedes != "" {
		w.hit("superseded")
	}
	w.tracef("approval %d: before %s, wanted %s, passed over %v, supersedes %q", ap.n, ap.before, ap.want, ap.passOver, supersedes)
	return ap
}

// decodeConfig reads a configuration.
func decodeConfig(config string) *wire.ResourceConfig {
	out := new(wire.ResourceConfig)
	if err := json.Unmarshal([]byte(config), out); err != nil {
		panic(err)
	}
	return out
}

// approved is the approval as the program has it.
func (ap *approval) approved() submission.Approval {
	a := submission.Approval{
		Target: target,
		Wanted: decodeConfig(ap.change), PassOver: ap.passOver, Said: []journal.Change{{Symbol: "~", Path: "schema", New: strconv.Itoa(ap.n)}},
	}
	if ap.before != "?" {
		a.Before = decodeConfig(ap.old)
	}
	body, err := wire.Body(&wire.UpdateBackendAPIInput{
		AppID: appID, BackendEnvironmentName: environment, ResourceName: "notes", ResourceConfig: a.Wanted,
	})
	if err != nil {
		panic(err)
	}
	a.Body = body
	return a
}
