package submission

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"strings"
	"time"

	"ampedit/client"
)

// unknownWords say what is behind Unknown.
var unknownWords = map[Reason]string{
	ReasonSending:    "the program ended before the answer came",
	ReasonLooking:    "no job has appeared after it so far",
	ReasonNoJob:      "no job appeared after it",
	ReasonUnlisted:   "the environment's jobs could not be listed",
	ReasonRunning:    "a job that appeared after it has not ended",
	ReasonMixed:      "the jobs that appeared after it ended differently, and which of them is this request's is not known",
	ReasonVanished:   "the job cannot be found",
	ReasonTimes:      "the times of the jobs that appeared do not fit the request, or do not tell",
	ReasonRenewal:    "a job that appeared after it is COMPLETED, but what was deployed before meant the same, and the job's operation is not named",
	ReasonDiffers:    "the jobs that appeared after it are COMPLETED, but what is deployed is not what was approved",
	ReasonJobError:   "the jobs that appeared after it are COMPLETED, but reported an error",
	ReasonUnreadable: "the jobs that appeared after it are COMPLETED, but the configuration could not be read",
	ReasonTimeout:    "the time for finding out was over",
	ReasonSignal:     "the search for its job was interrupted",
	ReasonLeft:       "the search for its job was interrupted",
}

// leftWords say that it was left.
func leftWords(v Verdict, why Reason) string {
	by := map[Reason]string{
		ReasonNoWait: "not waited for", ReasonTimeout: "the time is over", ReasonSignal: "interrupted",
	}[why]
	if by == "" {
		by = "left"
	}
	switch v {
	case NotStarted:
		return by + "; nothing was started"
	case Started:
		return by + "; the job goes on"
	case Failed:
		return by + "; the job has FAILED, and the configuration was not read back"
	case Unconfirmed:
		return by + "; the job is COMPLETED, and the configuration was not read back"
	}
	return by + "; whether the request started a job is not known"
}

// doing says what the next step does.
var doing = map[Kind]string{
	Guard: "asking whose credentials these are", Lock: "looking for other programs that submit",
	Baseline: "looking at the environment's jobs before sending", Unmoved: "reading again what the plan was made from",
	Intent: "writing the receipt", Post: "sending, once", List: "looking for a job that appeared after it",
	Job: "looking at the job", ReadBack: "reading the configuration back", Record: "completing the receipt", Unlock: "letting other programs in",
}

// Doing says what is being done, "" if nothing is.
func (s *Submission) Doing() string {
	if s.over {
		return ""
	}
	if s.todo == Baseline && s.holding != nil {
		return "waiting for job " + JobName(s.holding)
	}
	return doing[s.todo]
}

// Sending reports whether leaving now would leave it open what the request did, or
// is about to do.
func (s *Submission) Sending() bool {
	return !s.over && s.approved != nil && s.todo != None && s.todo < List
}

// Short names an error in a few words.
func Short(err error) string {
	var answer *client.Error
	var busy *BusyError
	switch {
	case err == nil:
		return "no reason given"
	case errors.As(err, &answer):
		return fmt.Sprintf("%s (%d)", answer.Code, answer.Status)
	case errors.As(err, &busy):
		return "another job is running"
	}
	if class := client.Classify(err); class != client.ClassOther {
		return string(class)
	}
	return err.Error()
}

// Reasoned is an error in a sentence, and what to do next.
func Reasoned(err error) string {
	words := strings.TrimSuffix(said(err), ".") + "."
	words = strings.ToUpper(words[:1]) + words[1:]
	var busy *BusyError
	var refused *refusedError
	switch {
	case errors.As(err, &busy):
		return words + " Watch it, and send again when it has ended."
	case errors.As(err, &refused):
		return words
	}
	if class := client.Classify(err); class != client.ClassOther {
		words += " " + client.Advice(err)
	}
	return words
}

// said is what the service said, or what happened to the connection, without the
// layers of the SDK around it; of other errors it is the text.
func said(err error) string {
	var (
		answer   *client.Error
		refused  *refusedError
		unlisted *unlistedError
		op       *net.OpError
		sending  *url.Error
	)
	switch {
	case errors.As(err, &refused), errors.As(err, &unlisted):
	case errors.As(err, &answer):
		return answer.Error()
	case errors.As(err, &op) && op.Op == "dial":
		return "no connection: " + op.Err.Error()
	case errors.As(err, &op):
		return "the connection broke: " + op.Err.Error()
	case errors.As(err, &sending):
		return "the connection broke: " + sending.Err.Error()
	}
	return err.Error()
}

// Duration writes a duration for people, such as 4 m 12 s.
func Duration(d time.Duration) string {
	d = d.Truncate(time.Second)
	switch {
	case d < time.Minute:
		return fmt.Sprintf("%d s", int(d.Seconds()))
	case d < time.Hour:
		return fmt.Sprintf("%d m %02d s", int(d.Minutes()), int(d.Seconds())%60)
	case d < 48*time.Hour:
		return fmt.Sprintf("%d h %02d m", int(d.Hours()), int(d.Minutes())%60)
	}
	return fmt.Sprintf("%d days", int(d.Hours())/24)
}
