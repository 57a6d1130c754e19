package submission_test

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// task is a job as it really is.
type task struct {
	id       string
	update   bool      // it is an update of the API, whatever the service calls it
	named    bool      // the service says its operation
	by       *approval // whose POST made it, nil for others
	change   string    // the configuration that it makes, as JSON, "" for none
	made     time.Time
	listed   time.Time // from when on the service shows it
	ends     time.Time
	hidden   time.Time // from when on it is not shown any more, zero for never
	fails    bool
	error    string
	statuses map[string]bool // the words that were shown for it
	unending string          // the word for running
}

// never is when what does not end ends.
var never = birth.AddDate(10, 0, 0)

func (j *task) shown(at time.Time) bool {
	return !at.Before(j.listed) && (j.hidden.IsZero() || at.Before(j.hidden))
}

func (j *task) ended(at time.Time) bool     { return !at.Before(j.ends) }
func (j *task) completed(at time.Time) bool { return j.ended(at) && !j.fails }
func (j *task) failed(at time.Time) bool    { return j.ended(at) && j.fails }

// service is the service as it really is, and what it did.
type service struct {
	jobs    []*task
	initial string // the configuration before everything, as JSON
	count   int    // of jobs
}

func (v *service) job(id string) *task {
	for _, j := range v.jobs {
		if j.id == id {
			return j
		}
	}
	return nil
}

// found makes a service with a past.
func (w *world) found() {
	w.initial = configuration(0, 30, "")
	for n := w.rng.IntN(4); n >= 0; n-- {
		j := w.addJob(w.now.Add(-w.between(time.Hour, 50*24*time.Hour)), nil, "", w.chance(0.7))
		j.listed, j.hidden, j.ends = j.made, time.Time{}, j.made.Add(w.between(time.Second, 20*time.Minute))
	}
	if !w.fair && w.chance(0.1) {
		j := w.addJob(w.now.Add(-20*24*time.Hour), nil, "", w.chance(0.5))
		j.listed, j.hidden, j.ends = j.made, time.Time{}, never
		j.unending = oneOf(w, "RUNNING", "CANCELLED", "SUCCEEDED", "")
		w.hit("old-job-unended")
	}
	if w.page == 1 {
		w.hit("pages-of-one")
	}
}

// addJob makes a job as the weather has them.
func (w *world) addJob(made time.Time, by *approval, change string, update bool) *task {
	w.count++
	j := &task{
		id: fmt.Sprintf("j-%04d%03d", w.count, w.rng.IntN(1000)), update: update, named: !w.chance(w.unnamed), by: by, change: change,
		made: made, statuses: map[string]bool{}, unending: "RUNNING",
	}
	j.listed = made.Add(w.between(0, w.late))
	if w.draft && by == nil {
		j.listed = made
	}
	j.ends = made.Add(w.between(time.Second, oneOf(w, 5*time.Second, 30*time.Second, 3*time.Minute)))
	j.fails = w.chance(w.fail)
	if j.fails && w.chance(0.8) || w.chance(w.reports) {
		j.error = "the stack of " + j.id + " was rolled back"
	}
	if w.status == "odd" {
		j.unending = oneOf(w, "RUNNING", "IN_PROGRESS", "", "null", "CANCELLING")
	}
	if w.chance(w.endless) {
		j.ends = never
	}
	if w.chance(w.vanish) {
		j.hidden = j.listed.Add(w.between(0, 3*time.Minute))
	}
	w.jobs = append(w.jobs, j)
	return j
}

// word is the status of a job at a time as the service shows it.
func (w *world) word(j *task, at time.Time) string {
	switch {
	case !j.ended(at):
		return j.unending
	case w.status == "odd":
		w.hit("status-odd")
		if j.fails {
			return []string{"FAILED", "failed", "FAILED\n", "\u00a0Failed"}[w.count%4]
		}
		return []string{"COMPLETED", "completed ", "COMPLETED\n", "\u00a0Completed"}[w.count%4]
	case j.fails:
		return "FAILED"
	}
	return "COMPLETED"
}

// operation is what the service calls what a job does, "" if it does not say.
func (w *world) operation(j *task) string {
	switch {
	case !j.named:
		return ""
	case j.update:
		return w.update
	}
	return "GenerateBackendAPIModels"
}

// show is a job at a time as the service shows it.
func (w *world) show(j *task, at time.Time) map[string]any {
	word := w.word(j, at)
	j.statuses[word] = true
	out := map[string]any{"jobId": j.id, "appId": appID, "backendEnvironmentName": environment, "status": word}
	if word == "null" {
		out["status"] = nil
		j.statuses[""] = true
	}
	if operation := w.operation(j); operation != "" {
		out["operation"] = operation
	}
	updated := at
	if j.ended(at) {
		updated = j.ends
		if j.error != "" {
			out["error"] = j.error
		}
	}
	w.showTimes(out, j, updated)
	w.noteOddities(j)
	return out
}

func (w *world) showTimes(out map[string]any, j *task, updated time.Time) {
	made, updated := j.made.Add(w.serviceClock), updated.Add(w.serviceClock)
	switch w.times {
	case "missing":
		w.hit("times-missing")
	case "odd":
		w.hit("times-odd")
		out["createTime"] = []any{"1e300", "yesterday", 0, "0x7f"}[w.count%4]
		out["updateTime"] = []any{"Infinity", "", true, "-5"}[w.count%4]
	case "s":
		out["createTime"], out["updateTime"] = strconv.FormatInt(made.Unix(), 10), strconv.FormatInt(updated.Unix(), 10)
	case "rfc3339":
		out["createTime"], out["updateTime"] = made.Format(time.RFC3339Nano), updated.Format(time.RFC3339Nano)
	case "number":
		out["createTime"], out["updateTime"] = made.UnixMilli(), updated.UnixMicro()
	default:
		out["createTime"], out["updateTime"] = strconv.FormatInt(made.UnixMilli(), 10), strconv.FormatInt(updated.UnixMilli(), 10)
	}
}

// noteOddities counts what is odd about a job of an approval once it is shown.
func (w *world) noteOddities(j *task) {
	if j.by == nil {
		return
	}
	for fault, struck := range map[string]bool{
		"operation-missing": !j.named, "operation-renamed": j.named && w.update != "UpdateBackendAPI", "job-late": j.listed.Sub(j.made) > 30*time.Second,
		"job-vanishes": !j.hidden.IsZero(), "job-fails": j.fails, "job-never-ends": j.ends.Equal(never), "job-reports-error": !j.fails && j.error != "",
	} {
		if struck && !w.hits[fault] {
			w.hits[fault] = true
		}
	}
}

// config is the configuration at a time as the service gives it: what the last job
// that completed made, or with drafts what was stored last.
func (w *world) config(at time.Time) string {
	out, last := w.initial, time.Time{}
	for _, j := range w.jobs {
		since := j.ends
		if w.draft {
			since = j.listed
		}
		if j.change == "" || since.After(at) || j.fails && !w.draft || since.Before(last) {
			continue
		}
		out, last = j.change, since
		if w.draft && !j.ended(at) {
			w.hit("draft")
		}
	}
	return out
}

// configuration writes the configuration with a number.
func configuration(n, days int, secret string) string {
	data, err := json.Marshal(map[string]any{
		"apiName": "notes", "service": "AppSync", "transformSchema": fmt.Sprintf("type Note @model { id: ID! } # %d", n),
		"defaultAuthType": map[string]any{"mode": "API_KEY", "settings": map[string]any{"expirationTime": days, "description": secret}},
	})
	if err != nil {
		panic(err)
	}
	return string(data)
}

// meaning is what a configuration of this test means.
func meaning(config string) string {
	var c struct {
		TransformSchema string
		DefaultAuthType struct {
			Mode     string
			Settings struct {
				ExpirationTime float64
				Description    string
			}
		}
	}
	if json.Unmarshal([]byte(config), &c) != nil {
		return "?"
	}
	s := c.DefaultAuthType.Settings
	return fmt.Sprintf("%s|%s|%v|%s", strings.TrimRight(c.TransformSchema, "\r\n"), c.DefaultAuthType.Mode, s.ExpirationTime, s.Description)
}
