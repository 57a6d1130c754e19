package submission_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strconv"
	"strings"
	"time"
)

const (
	appID       = "d1a2b3c4d5e6f7"
	environment = "prod"
)

// reply is what the service sends, or how it breaks off.
type reply struct {
	status int
	code   string // in X-Amzn-ErrorType
	body   any    // a string is sent as it is
	header map[string]string
	breaks error // the connection ends so, without an answer
	cut    bool  // the connection ends in the middle of the body
	good   bool  // a whole answer that says what is so
}

func fine(body any) reply { return reply{status: 200, body: body, good: true} }

func refuse(status int, code, message string) reply {
	return reply{status: status, code: code, body: map[string]any{"message": message}}
}

// serve answers a request.
func (w *world) serve(rw http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(w.between(20*time.Millisecond, 300*time.Millisecond))
	ap := w.approvalOf(r)
	path := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	var a reply
	switch {
	case len(path) == 4 && path[2] == "api" && r.Method == http.MethodPost:
		a = w.answerUpdate(ap, body)
		w.waitForRelease()
	case len(path) == 5 && path[2] == "api" && path[4] == "details":
		a = w.answerRead(ap)
	case len(path) == 4 && path[2] == "job" && r.Method == http.MethodPost:
		a = w.answerList(ap, body)
	case len(path) == 5 && path[2] == "job" && r.Method == http.MethodGet:
		a = w.answerJob(ap, path[4])
	default:
		a = refuse(403, "MissingAuthenticationTokenException", "Missing Authentication Token")
	}
	w.send(rw, r, a)
}

// approvalOf is the approval that a request is for: the client of the test says so
// in a header.
func (w *world) approvalOf(r *http.Request) *approval {
	n, err := strconv.Atoi(r.Header.Get("X-Test-Approval"))
	if err != nil || n >= len(w.approvals) {
		return nil
	}
	return w.approvals[n]
}

// send sends an answer. The Date is that of the service's own clock.
func (w *world) send(rw http.ResponseWriter, r *http.Request, a reply) {
	if a.breaks != nil {
		w.net.breakOff(r, a.breaks)
	}
	header := rw.Header()
	header["Date"] = nil
	date := w.now.Add(w.serviceClock)
	switch w.date {
	case "missing":
		w.hit("date-missing")
	case "drifting":
		w.hit("date-drifting")
		date = date.Add(w.between(-2*time.Minute, 2*time.Minute))
		fallthrough
	default:
		header.Set("Date", date.UTC().Format(http.TimeFormat))
	}
	header.Set("Content-Type", "application/json")
	header.Set("X-Amzn-RequestId", "r-1")
	if a.code != "" {
		header.Set("X-Amzn-ErrorType", a.code)
	}
	for name, value := range a.header {
		header.Set(name, value)
	}
	data := encodeReply(a.body)
	header.Set("Content-Length", strconv.Itoa(len(data)))
	rw.WriteHeader(a.status)
	if a.cut {
		_, _ = rw.Write(data[:len(data)/2])
		_ = http.NewResponseController(rw).Flush()
		w.net.breakOff(r, errEnd)
	}
	_, _ = rw.Write(data)
}

func encodeReply(body any) []byte {
	if text, ok := body.(string); ok {
		return []byte(text)
	}
	data, err := json.Marshal(body)
	if err != nil {
		panic(err)
	}
	return data
}

// strikes says what goes wrong with the answer to a question, "" for nothing.
func (w *world) strikes(kind string) string {
	for _, fault := range lookFaults { // in an order that does not change
		if w.spare > 0 && strings.HasPrefix(fault, kind) && w.chance(w.looks[fault]) {
			w.spare--
			if w.chance(0.3) { // once is what the SDK repeats by itself
				w.looks[fault] = min(1, w.looks[fault]*3)
			}
			w.hit(fault)
			return strings.TrimPrefix(fault, kind+"-")
		}
	}
	return ""
}

// spoil is an answer that went wrong in a way that all questions know.
func (w *world) spoil(a reply, how string) reply {
	switch how {
	case "":
		return a
	case "5xx":
		return refuse(oneOf(w, 500, 502, 503, 504), "", "try again")
	case "429":
		limited := refuse(429, "TooManyRequestsException", "slow down")
		limited.header = map[string]string{"Retry-After": strconv.Itoa(w.rng.IntN(40))}
		return limited
	case "403":
		return refuse(403, "AccessDeniedException", "not authorized to perform this")
	case "reset":
		return reply{breaks: oneOf(w, errReset, errTimeout, errEnd)}
	case "cut":
		a.cut, a.good = true, false
		return a
	case "null":
		return reply{status: 200, body: "null"}
	case "not-json":
		return reply{status: 200, body: oneOf(w, "<html>", "[]", "", "{\"jobs\":", "7")}
	case "slow":
		w.now = w.now.Add(w.between(time.Second, 39*time.Second))
		return a
	}
	return a
}

// stale is a moment a little ago, for answers that overtake each other.
func (w *world) stale() time.Time { return w.now.Add(-w.between(0, 20*time.Second)) }

// answerRead gives the configuration.
func (w *world) answerRead(ap *approval) reply {
	how, at := w.strikes("read"), w.now
	if how == "stale" {
		at = w.stale()
	}
	config := w.config(at)
	body := map[string]any{"appId": appID, "backendEnvironmentName": environment, "resourceName": "notes", "resourceConfig": w.rewrite(config)}
	switch how {
	case "error":
		return reply{status: 200, body: map[string]any{"error": "the stack cannot be read"}}
	case "empty":
		delete(body, "resourceConfig")
		config = ""
	}
	a := w.spoil(fine(body), how)
	if a.good && ap != nil {
		ap.reads, ap.unread = append(ap.reads, reading{w.now, meaning(config)}), false
	}
	w.tracef("read %s: %s", how, config)
	return a
}

// rewrite writes a configuration in another way that means the same.
func (w *world) rewrite(config string) map[string]any {
	var c map[string]any
	if json.Unmarshal([]byte(config), &c) != nil {
		panic(config)
	}
	if w.chance(0.3) {
		c["additionalAuthTypes"] = []any{}
	}
	if w.chance(0.3) {
		c["transformSchema"] = c["transformSchema"].(string) + "\n"
	}
	return c
}

// answerJob gives a job.
func (w *world) answerJob(ap *approval, id string) reply {
	how, at := w.strikes("job"), w.now
	if how == "stale" {
		at = w.stale()
	}
	j := w.job(id)
	if how == "404" || j == nil || !j.shown(at) {
		w.tracef("job %s: 404", id)
		return refuse(404, "NotFoundException", "job "+id+" does not exist")
	}
	if how == "other" {
		j = w.jobs[w.rng.IntN(len(w.jobs))]
	}
	body := w.show(j, at)
	w.tracef("job %s %s: %v", id, how, body)
	return w.spoil(fine(body), how)
}
