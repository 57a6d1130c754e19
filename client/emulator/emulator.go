// Package emulator is an AmplifyBackend service on a loopback port: for
// demonstrations and tests, without an AWS account and without a network.
//
// It verifies every signature (Signature Version 4) and checks every request
// against its own table of members. It is stricter than the service on purpose:
// where the service presumably ignores a member it does not know, the emulator
// refuses it, so that a misspelt one is found. What the service leaves
// undocumented, such as job ids, the order of listings and whether an update
// patches or replaces, is the emulator's own choice, said where it is made.
//
// On the same port it answers Amplify's ListApps, Cognito's ListUserPools and
// STS's GetCallerIdentity.
package emulator

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"log"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"time"
)

// maxBody is the most bytes API Gateway takes, which seems to be in front of the
// service.
const maxBody = 10 << 20

// Emulator is a running service. Its methods are safe for concurrent use.
type Emulator struct {
	credentials Credentials
	clock       Clock
	offset      time.Duration // of the service's clock
	noDate      bool
	edit        func(AnswerMember, any) any
	after       func(b *backend, op string, n int, c call)
	listener    net.Listener
	server      *http.Server
	stop        context.CancelFunc // ends waiting answers
	served      chan struct{}      // closed once the server has returned

	mu       sync.Mutex
	backend  *backend
	faults   []Fault
	calls    map[string]int // requests that passed the checks, by operation
	log      []Request
	requests uint64
}

// Start serves on 127.0.0.1, and nowhere else, until Close is called.
func Start(o Options) (*Emulator, error) {
	chosen, err := o.Scenario.script()
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	if o.Clock == nil {
		o.Clock = systemClock{}
	}
	now := o.Clock.Now()
	b, err := o.backend(now)
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w", err)
	}
	if chosen.prepare != nil {
		chosen.prepare(b, now)
	}
	listener, err := net.Listen("tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(o.Port)))
	if err != nil {
		return nil, fmt.Errorf("starting the emulator: %w; choose another port, or 0 for any free one", err)
	}
	e := &Emulator{
		credentials: Credentials{AccessKeyID: "AKIDEMULATOR", SecretAccessKey: "emulator-secret", SessionToken: o.SessionToken},
		clock:       o.Clock,
		offset:      o.ClockOffset,
		noDate:      o.NoDate,
		edit:        o.Edit,
		after:       chosen.after,
		listener:    listener,
		served:      make(chan struct{}),
		backend:     b,
		faults:      append(append([]Fault{}, o.Faults...), chosen.faults...),
		calls:       map[string]int{},
	}
	e.serve()
	return e, nil
}

func (e *Emulator) serve() {
	ctx, stop := context.WithCancel(context.Background())
	e.stop = stop
	e.server = &http.Server{
		Handler:           http.HandlerFunc(e.handle),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ErrorLog:          log.New(io.Discard, "", 0), // stderr may be the screen another program draws on
		ReadHeaderTimeout: time.Minute,
	}
	go func() {
		defer close(e.served)
		_ = e.server.Serve(e.listener) // always ErrServerClosed, after Close
	}()
}

// Close stops serving and breaks every connection. It may be called again.
func (e *Emulator) Close() error {
	e.stop()
	err := e.server.Close()
	<-e.served
	if err != nil {
		return fmt.Errorf("stopping the emulator: %w", err)
	}
	return nil
}

// URL is the endpoint, such as http://127.0.0.1:40123, for every service the
// emulator answers for.
func (e *Emulator) URL() string { return "http://" + e.listener.Addr().String() }

// Credentials returns the one set of credentials the emulator takes.
func (e *Emulator) Credentials() Credentials { return e.credentials }

// Region returns the region the sample data lives in. Signatures may name any.
func (e *Emulator) Region() string { return SampleRegion }

func (e *Emulator) handle(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		err = &failure{status: http.StatusRequestEntityTooLarge, code: "RequestEntityTooLargeException", message: "Request Too Long"}
	}
	requestID, a := e.respond(r, body, err)
	e.send(r.Context(), w, requestID, a)
}

// respond checks a request and carries it out; problem is what was wrong with
// its body already. The request is in the log when respond returns.
func (e *Emulator) respond(r *http.Request, body []byte, problem error) (requestID string, a answer) {
	now := e.clock.Now()
	op, c, err := e.check(r, body, now)
	if problem != nil {
		err = problem
	}
	s, name := amplifyBackend, ""
	if op != nil {
		s, name = op.service, op.name
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	e.requests++
	requestID = fmt.Sprintf("00000000-0000-4000-8000-%012x", e.requests)
	err = cmp.Or(err, e.backend.happen(now))
	if name == updateOperation {
		c.update = e.backend.note(c)
		defer func() { c.update.status = a.status }()
	}
	if err != nil {
		a = e.failed(err, op, s, requestID)
	} else {
		a = e.perform(op, c, requestID)
	}
	e.log = append(e.log, logged(r, body, name, a.status))
	return requestID, a
}

// check finds the operation of r, then checks the signature and the shape, in
// this order as AWS does. The labels are in the call whatever the error.
func (e *Emulator) check(r *http.Request, body []byte, now time.Time) (*operation, call, error) {
	op, labels, err := route(r)
	if err != nil {
		return nil, call{}, err
	}
	c := call{labels: labels, now: now}
	if err := e.credentials.verify(r, body, op.service.signingName, now.Add(e.offset)); err != nil {
		return op, c, err
	}
	if err := checkLabels(labels); err != nil {
		return op, c, err
	}
	c.input, err = op.input(r, body)
	return op, c, err
}

// perform carries out a request that passed the checks, or lets it go wrong as a
// fault says.
func (e *Emulator) perform(op *operation, c call, requestID string) answer {
	e.calls[op.name]++
	n := e.calls[op.name]
	var fault Fault
	if i := slices.IndexFunc(e.faults, func(f Fault) bool { return f.strikes(op, n) }); i >= 0 {
		fault = e.faults[i]
	}
	var a answer
	if fault.Apply || !fault.replaces() {
		a = e.carryOut(op, n, c, fault, requestID)
	}
	if fault.replaces() && a.code == "" {
		a = fault.answer(op.service, requestID, e.backend.filler(c), func(f *failure) { e.editFailure(op, f) })
	}
	a.header, a.delay, a.trickle, a.truncate = fault.Header, fault.Delay, fault.Trickle, fault.Truncate
	return a
}

// carryOut answers call n of op from the backend, with the members of fault.
func (e *Emulator) carryOut(op *operation, n int, c call, fault Fault, requestID string) answer {
	out, err := op.run(e.backend, c)
	if err != nil {
		return e.failed(err, op, op.service, requestID)
	}
	fault.Members.over(out, e.backend.filler(c))
	if e.edit != nil {
		out, _ = op.answer.edited(AnswerMember{Operation: op.name}, out, e.edit).(object)
	}
	// Encoded under the lock: the output shares state with the backend.
	body := op.service.encode(out, requestID)
	if e.after != nil {
		e.after(e.backend, op.name, n, c)
	}
	return answer{status: http.StatusOK, mediaType: op.service.answerType, body: body}
}

// failed turns any error into an answer; one that is no failure is the
// emulator's own trouble. op is nil for a request that belongs to no operation.
func (e *Emulator) failed(err error, op *operation, s *service, requestID string) answer {
	var f *failure
	if !errors.As(err, &f) {
		f = &failure{status: http.StatusInternalServerError, code: "InternalFailure", message: err.Error()}
	}
	if f.code == badRequestCode {
		f = &failure{status: f.status, code: s.invalid, message: f.message}
	}
	e.editFailure(op, f)
	return f.answer(s, requestID)
}

// editFailure replaces the members of an error that the operation declares.
func (e *Emulator) editFailure(op *operation, f *failure) {
	declared := failureShapes[f.code]
	if e.edit == nil || op == nil || declared == nil {
		return
	}
	members := object{"message": f.message}
	maps.Copy(members, f.members)
	f.members, _ = declared.edited(AnswerMember{Operation: op.name, Code: f.code}, members, e.edit).(object)
	f.message, _ = f.members["message"].(string)
	delete(f.members, "message")
}
