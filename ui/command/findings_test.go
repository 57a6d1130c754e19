package command

import (
	"time"

	"ampedit/client/emulator"
)

// findings are situations in which an earlier version said what was not so, or sent
// more than once. Each stands for a kind.
var findings = []scenario{
	{name: "504 without effect, then somebody else's update", options: someone(lostUnseen, 3*time.Second, theirUpdate, otherChange),
		apply: want{1, 0, "unknown/differs", 5}, killed: as(want{1, 0, "unknown/differs", 5})},
	{name: "504 without effect, then somebody else's update fails", options: someone(lostUnseen, 3*time.Second, emulator.Job{Operation: "UpdateBackendAPI", Duration: 5 * time.Second, Error: "no"}, otherChange),
		apply: want{1, 0, "failed", 3}, killed: as(want{1, 0, "failed", 3})},
	{name: "504 without effect, then somebody else sends the same", options: with(lostUnseen, func(o *emulator.Options) {
		o.Events = []emulator.Event{{After: 3 * time.Second, Job: theirUpdate, SameAsUpdate: true}}
	}), apply: want{1, 0, "done", 0}, killed: as(want{1, 0, "done", 0})},
	{name: "somebody else's update first, ours fails later",
		options: someone(made(appliedUnseen, emulator.Job{Error: "ours", Quirks: emulator.Quirks{ListedAfter: 6 * time.Second}}), 3*time.Second, theirUpdate, otherChange),
		apply:   want{1, 1, "unknown/jobs-disagree", 5}, killed: as(want{1, 1, "unknown/jobs-disagree", 5})},
	{name: "504 without effect, an update of others a month later", later: 31 * 24 * time.Hour, options: someone(lostUnseen, 30*24*time.Hour, theirUpdate, otherChange),
		apply: noTrace, killed: as(want{1, 0, "unknown/times-disagree", 5})},
	{name: "a clock four minutes behind, 504, the job fails", options: with(made(appliedUnseen, emulator.Job{Error: "no"}), func(o *emulator.Options) { o.ClockOffset = -4 * time.Minute }),
		apply: want{1, 1, "failed", 3}, killed: as(want{1, 1, "failed", 3})},
	{name: "jobs an hour behind the service's own clock", options: with(appliedUnseen, func(o *emulator.Options) { o.SkewJobTimes = -time.Hour }),
		apply: want{1, 1, "unknown/times-disagree", 5}, killed: as(want{1, 1, "unknown/times-disagree", 5})},
	{name: "no Date, 504, in effect", options: with(appliedUnseen, func(o *emulator.Options) { o.NoDate, o.SkewJobTimes = true, -time.Hour }),
		apply: done, killed: as(done)},
	{name: "a draft is read at once, the job appears late and fails", options: made(appliedUnseen, emulator.Job{Error: "no", Quirks: emulator.Quirks{Draft: true, ListedAfter: 100 * time.Second}}),
		apply: noSight, killed: as(noSight)},
	{name: "400 RequestTimeout", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "RequestTimeout"}), apply: noTrace, killed: as(noTrace)},
	{name: "409 RequestTimeoutException, in effect", options: updates(emulator.Fault{Status: 409, Code: "RequestTimeoutException", Apply: true}), apply: done, killed: as(done)},
	{name: "302 RequestTimeout", options: updates(emulator.Fault{Count: 9, Status: 302, Code: "RequestTimeout"}), apply: noTrace, killed: as(noTrace)},
	{name: "302 elsewhere", options: updates(emulator.Fault{Count: 9, Status: 302, Header: map[string]string{"Location": "http://127.0.0.1:1/"}}), apply: refused, killed: as(noTrace)},
	{name: "400 TransactionInProgressException", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "TransactionInProgressException"}), apply: noTrace, killed: as(noTrace)},
	{name: "400 PriorRequestNotComplete", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "PriorRequestNotComplete"}), apply: noTrace, killed: as(noTrace)},
	{name: "400 LimitExceededException", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "LimitExceededException"}), apply: noTrace, killed: as(noTrace)},
	{name: "400 BandwidthLimitExceeded", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "BandwidthLimitExceeded"}), apply: noTrace, killed: as(noTrace)},
	{name: "403 RequestLimitExceeded", options: updates(emulator.Fault{Count: 9, Status: 403, Code: "RequestLimitExceeded"}), apply: noTrace, killed: as(noTrace)},
	{name: "404 SlowDown", options: updates(emulator.Fault{Count: 9, Status: 404, Code: "SlowDown"}), apply: noTrace, killed: as(noTrace)},
	{name: "409 ThrottlingException", options: updates(emulator.Fault{Count: 9, Status: 409, Code: "ThrottlingException"}), apply: noTrace, killed: as(noTrace)},
	{name: "429 each time", says: "RequestRate", options: updates(emulator.Fault{Count: 9, Status: 429, Code: "LimitExceededException"}), apply: want{3, 0, "not started", 1}, killed: as(noTrace)},
	{name: "500 without effect", options: updates(emulator.Fault{Count: 9, Status: 500, Code: "InternalFailure"}), apply: noTrace, killed: as(noTrace)},
	{name: "502 of a proxy, in effect", options: updates(emulator.Fault{Status: 502, Body: "<html>Bad gateway</html>", Apply: true}), apply: done, killed: as(done)},
	{name: "reset without effect", options: updates(emulator.Fault{Count: 9, Reset: true}), apply: noTrace, killed: as(noTrace)},
	{name: "answer cut off", options: updates(emulator.Fault{Truncate: true}), apply: done, killed: as(done)},
	{name: "200 without a job", options: updates(emulator.Fault{Status: 200, Body: "{}"}), apply: noTrace, killed: as(noTrace)},
	{name: "200 with an error and no job, no effect", says: "no such thing", options: updates(emulator.Fault{Status: 200, Body: `{"error": "no such thing"}`}), apply: noTrace},
	{name: "200 with an error and no job, in effect", says: "too late", options: updates(emulator.Fault{Members: emulator.Members{"error": "too late", "jobId": emulator.Absent}}), apply: done},
	{name: "200 that names an old job", options: updates(emulator.Fault{Members: emulator.Members{"jobId": "{{oldJob}}"}}), apply: done, killed: as(done)},
	{name: "200 about another app", says: "d9other", options: updates(emulator.Fault{Members: emulator.Members{"appId": "d9other"}}), apply: done},
	{name: "200 with another operation", says: "ChangeBackendAPI", options: updates(emulator.Fault{Members: emulator.Members{"operation": "ChangeBackendAPI"}}), apply: done},
	{name: "404 with a resource type", says: "resourceType BACKEND", options: updates(emulator.Fault{Count: 9, Status: 404, Code: "NotFoundException", Body: `{"message":"gone","resourceType":"BACKEND"}`}), apply: refused, killed: as(noTrace)},
	{name: "400 there is already a pending job", options: updates(emulator.Fault{Count: 9, Status: 400, Code: "ValidationException", Message: "There is already a pending job"}), apply: refused, killed: as(noTrace)},
	{name: "413", options: updates(emulator.Fault{Count: 9, Status: 413}), apply: refused, killed: as(noTrace)},
	{name: "COMPLETED and a space", options: made(emulator.Options{}, odd(emulator.Quirks{Ended: emulator.Members{"status": "COMPLETED "}})), apply: done, killed: as(done)},
	{name: "completed between breaks", options: made(emulator.Options{}, odd(emulator.Quirks{Ended: emulator.Members{"status": "\u00a0completed\n"}})), apply: done, killed: as(done)},
	{name: "COMPLETED with an error", says: "half of it", options: made(emulator.Options{}, odd(emulator.Quirks{Ended: emulator.Members{"error": "half of it"}})),
		apply: want{1, 1, "unconfirmed/job-error", 6}, killed: as(want{1, 1, "unknown/job-error", 5})},
	{name: "SUCCEEDED is no end", options: made(emulator.Options{}, odd(emulator.Quirks{Ended: emulator.Members{"status": "SUCCEEDED"}})),
		apply: want{1, 1, "started/timeout", 4}, screen: as(want{1, 1, "started/left", 4}), killed: as(want{1, 1, "unknown/timeout", 5})},
	{name: "never listed and not found", options: made(emulator.Options{}, odd(emulator.Quirks{ListedAfter: emulator.Never})),
		apply: want{1, 1, "unknown/job-vanished", 5}, killed: as(noSight)},
	{name: "in effect ten seconds after the end", options: made(emulator.Options{}, odd(emulator.Quirks{EffectAfter: 10 * time.Second})), apply: done, killed: as(done)},
	{name: "a job without an operation", options: made(appliedUnseen, odd(emulator.Quirks{Members: emulator.Members{"operation": emulator.Absent}})), apply: done, killed: as(done)},
	{name: "a job of another name", options: made(appliedUnseen, odd(emulator.Quirks{Members: emulator.Members{"operation": "ChangeBackendAPI"}})), apply: noSight, killed: as(noSight)},
	{name: "times in microseconds", options: emulator.Options{JobTimes: emulator.Microseconds}, apply: done, killed: as(done)},
	{name: "times in nanoseconds", options: emulator.Options{JobTimes: emulator.Nanoseconds}, apply: done, killed: as(done)},
	{name: "times out of range", options: emulator.Options{JobTimes: "1e300"}, apply: done, killed: as(done)},
	{name: "times that are none", options: emulator.Options{JobTimes: "Infinity"}, apply: done, killed: as(done)},
	{name: "no times", options: emulator.Options{JobTimes: emulator.NoTimes}, apply: done, killed: as(done)},
	{name: "a 31st job runs, on pages of one", options: with(someone(emulator.Options{PageSize: 1}, 0, emulator.Job{Operation: "UpdateBackendAPI", Duration: time.Hour}, ""), func(o *emulator.Options) {
		o.Events[0].FromStart = true
		for range 30 {
			o.Events = append(o.Events, emulator.Event{FromStart: true, Job: emulator.Job{Operation: "GenerateBackendAPIModels", Duration: time.Nanosecond}})
		}
	}), apply: stopped, screen: as(unapproved)},
	{name: "a page token that repeats", options: emulator.Options{PageSize: 1, RepeatToken: true}, apply: stopped},
	{name: "the list is null", options: lists(`null`), apply: stopped},
	{name: "the list is an error", options: lists(`{"error":"later"}`), apply: stopped},
	{name: "the list is a message", options: lists(`{"message":"later"}`), apply: stopped},
	{name: "an old job that is CANCELLED", options: cancelledLongAgo, apply: stopped, screen: as(unapproved)},
	{name: "an old job that is CANCELLED, passed over", options: cancelledLongAgo, flags: []string{"--ignore-job", oldJob}, apply: done, killed: as(done)},
	{name: "a look that answers about another job", options: emulator.Options{Faults: []emulator.Fault{
		{Operation: "GetBackendJob", Count: 1, Members: emulator.Members{"jobId": "{{oldJob}}", "status": "COMPLETED"}}}}, apply: done, killed: as(done)},
}

// lists is a service whose lists of jobs are none, from the first that matters on.
func lists(body string) emulator.Options {
	return emulator.Options{Faults: []emulator.Fault{{Operation: "ListBackendJobs", Status: 200, Body: body}}}
}

// oldJob is a job from long ago whose status says that it has not ended.
const oldJob = "0ddba110"

var cancelledLongAgo = emulator.Options{Events: []emulator.Event{{FromStart: true, After: -24 * time.Hour, Job: emulator.Job{
	ID: oldJob, Operation: "UpdateBackendAPI", Duration: time.Nanosecond,
	Quirks: emulator.Quirks{NoEffect: true, Ended: emulator.Members{"status": "CANCELLED"}},
}}}}
