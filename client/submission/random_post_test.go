package submission_test

import (
	"encoding/json"
	"strings"
	"time"
)

// post is an attempt to update as it really was.
type post struct {
	at     time.Time
	fault  string
	left   bool    // it had a connection
	status int     // of the whole answer that left, 0 for none
	jobs   []*task // that it makes, now or later
	named  string  // the job that a proper answer to it named
}

// reading is a configuration that the service gave.
type reading struct {
	at      time.Time
	meaning string
}

// approval is what was approved, and what the service knows of it.
type approval struct {
	n            int
	want, before string // what they mean; before is "?" where it was not known
	old, change  string // as JSON
	passOver     []string
	posts        []*post
	begun        time.Time
	lists        []*listing // whole ones, that the program was given for it
	partial      *listing   // of which the end is missing
	reads        []reading
	recorded     string // the job that its receipt has
	forgotten    int    // how many of the lists nobody remembers
	unread       bool   // nobody remembers what was read last
}

// listed notes a page.
func (ap *approval) listed(at time.Time, page []*task, first, last bool) {
	if first || ap.partial == nil {
		ap.partial = &listing{from: at}
	}
	for _, j := range page {
		ap.partial.jobs = append(ap.partial.jobs, j)
		ap.partial.ids = append(ap.partial.ids, j.id)
	}
	if last {
		ap.partial.at = at
		ap.lists = append(ap.lists, ap.partial)
		ap.partial = nil
	}
}

// forget drops what the service gave and nobody remembers.
func (ap *approval) forget() { ap.forgotten, ap.unread = len(ap.lists), true }

// first is the first POST that reached anything and was not answered 429, nil for
// none.
func (ap *approval) first() *post {
	for _, p := range ap.posts {
		if p.left && p.status != 429 {
			return p
		}
	}
	return nil
}

// acted reports whether anything of it took effect, or will.
func (ap *approval) acted() bool {
	for _, p := range ap.posts {
		if len(p.jobs) > 0 {
			return true
		}
	}
	return false
}

// baseline is the last whole list before a time.
func (ap *approval) baseline(at time.Time) *listing {
	var out *listing
	for _, l := range ap.lists {
		if l.at.Before(at) {
			out = l
		}
	}
	return out
}

// nextPost says what becomes of the POST that is about to leave.
func (w *world) nextPost(ap *approval) *post {
	p := &post{at: w.now, fault: "post-fine"}
	if len(w.posts) > 0 {
		p.fault, w.posts = w.posts[0], w.posts[1:]
	}
	ap.posts = append(ap.posts, p)
	p.left = p.fault != "post-no-connection"
	w.hit(p.fault)
	w.tracef("POST of approval %d: %s", ap.n, p.fault)
	return p
}

// answerUpdate does what becomes of a POST.
func (w *world) answerUpdate(ap *approval, body []byte) reply {
	p := ap.posts[len(ap.posts)-1]
	var in struct{ ResourceConfig json.RawMessage }
	if err := json.Unmarshal(body, &in); err != nil || meaning(string(in.ResourceConfig)) != ap.want {
		w.wrong("the POST of approval %d holds something else than was approved: %s", ap.n, body)
	}
	if w.refuses && w.busy() {
		p.fault = "post-pending"
		w.hit(p.fault)
	}
	fault := strings.TrimPrefix(p.fault, "post-")
	how, acted := strings.CutSuffix(fault, "-acted")
	how = strings.TrimSuffix(how, "-idle")
	if acted || how == "fine" || how == "late-answer" || how == "error-and-job" || how == "doubled" || how == "names-no-such-job" && w.chance(0.5) {
		w.act(ap, p, string(in.ResourceConfig), w.now)
	}
	w.crowd(ap)
	a := w.postAnswer(ap, p, how, string(in.ResourceConfig))
	if a.breaks == nil && !a.cut {
		p.status = a.status
	}
	w.tracef("answer %d %s cut %t breaks %v", a.status, encodeReply(a.body), a.cut, a.breaks)
	return a
}

// busy reports whether the service runs a job.
func (w *world) busy() bool {
	for _, j := range w.jobs {
		if !j.made.After(w.now) && !j.ended(w.now) && !j.ends.Equal(never) {
			return true
		}
	}
	return false
}

// act lets a POST take effect.
func (w *world) act(ap *approval, p *post, change string, at time.Time) *task {
	j := w.addJob(at, ap, change, true)
	if w.fair {
		j.named, j.hidden = true, time.Time{}
	}
	p.jobs = append(p.jobs, j)
	w.tracef("made %s, listed %s, ends %s, fails %t", j.id, j.listed.Sub(birth), j.ends.Sub(birth), j.fails)
	return j
}

// postAnswer is the answer to a POST.
func (w *world) postAnswer(ap *approval, p *post, how, change string) reply {
	body := map[string]any{"appId": appID, "backendEnvironmentName": environment, "status": "RUNNING", "operation": w.update}
	if how == "late-answer" { // no member is required
		delete(body, "appId")
		delete(body, "status")
	}
	if len(p.jobs) > 0 {
		body["jobId"] = p.jobs[0].id
	}
	switch how {
	case "late-answer":
		w.now = w.now.Add(w.between(5*time.Second, 39*time.Second))
	case "5xx":
		return refuse(oneOf(w, 500, 502, 503, 504), oneOf(w, "", "GatewayTimeoutException"), "try again")
	case "reset":
		return reply{breaks: oneOf(w, errReset, errEnd)}
	case "lost-on-the-way":
		return reply{breaks: errReset}
	case "timeout":
		w.now = w.now.Add(40 * time.Second)
		return reply{breaks: errTimeout}
	case "acts-later":
		least, most := oneOf(w, time.Second, 85*time.Second), oneOf(w, 2*time.Minute, 4*time.Minute, 2*time.Hour)
		w.act(ap, p, change, w.now.Add(w.between(least, most)))
		return oneOf(w, reply{breaks: errReset}, refuse(504, "", ""))
	case "cut":
		return reply{status: 200, body: body, cut: true}
	case "not-json":
		return reply{status: 200, body: oneOf(w, "<html>", "null", "[]", "", `{"jobId":"x"}{}`, `{"jobId":{}}`)}
	case "no-job":
		delete(body, "jobId")
	case "error-no-job":
		delete(body, "jobId")
		body["error"] = "the update cannot be carried out"
	case "error-and-job":
		body["error"] = "the update was carried out in part"
	case "names-old-job":
		body["jobId"] = ap.lists[len(ap.lists)-1].ids[0]
		return reply{status: 200, body: body}
	case "names-other-target":
		body[oneOf(w, "appId", "backendEnvironmentName")] = "other"
		return reply{status: 200, body: body}
	case "names-no-such-job":
		body["jobId"] = "j-none"
	case "429", "refused", "redirect", "throttled", "in-progress", "pending":
		return w.refusal(how)
	}
	if id, named := body["jobId"].(string); named {
		p.named = id
	}
	return fine(body)
}

// refusal is an answer other than 200 to a POST.
func (w *world) refusal(how string) reply {
	switch how {
	case "429":
		a := refuse(429, oneOf(w, "TooManyRequestsException", "LimitExceededException"), "slow down")
		if w.chance(0.5) {
			a.header = map[string]string{"Retry-After": oneOf(w, "1", "20", "40")}
		}
		return a
	case "refused":
		return refuse(oneOf(w, 400, 403, 404, 409, 413), oneOf(w, "", "BadRequestException", "ConflictException"), "not accepted")
	case "redirect":
		a := refuse(oneOf(w, 301, 302, 307, 308), "", "")
		a.header = map[string]string{"Location": "http://127.0.0.1:1/backend"}
		return a
	case "throttled":
		return refuse(oneOf(w, 400, 503), oneOf(w, "ThrottlingException", "RequestLimitExceeded", "SlowDown"), "slow down")
	case "in-progress":
		return oneOf(w, refuse(408, "", ""), refuse(499, "", ""), refuse(400, "TransactionInProgressException", "another one"),
			refuse(400, "RequestTimeout", "too slow"), refuse(409, "PriorRequestNotComplete", "another one"))
	}
	return refuse(400, "ValidationException", "There is already a pending job for the requested appId")
}

// crowd lets others make jobs around a POST.
func (w *world) crowd(ap *approval) {
	for range w.rng.IntN(w.others + 1) {
		at := w.now.Add(w.between(time.Millisecond, oneOf(w, 30*time.Second, 130*time.Second)))
		fault := oneOf(w, "foreign-operation", "foreign-unnamed", "second-client-other", "second-client-same")
		w.intrude(fault, at, ap.change)
	}
}

// intrude makes a job of somebody else.
func (w *world) intrude(fault string, at time.Time, same string) {
	change := ""
	switch fault {
	case "second-client-same":
		change = same
	case "second-client-other":
		change = configuration(500+w.count, 60, "")
	}
	j := w.addJob(at, nil, change, change != "")
	switch fault {
	case "foreign-operation":
		j.named = true
	case "foreign-unnamed":
		j.named = false
	}
	w.hit(fault)
	w.tracef("%s: %s made %s, listed %s, ends %s, fails %t", fault, j.id, j.made.Sub(birth), j.listed.Sub(birth), j.ends.Sub(birth), j.fails)
}
