package submission_test

import (
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"
)

// listing is a whole list of jobs that the service gave.
type listing struct {
	at   time.Time // when its last page left
	from time.Time // when its first page was asked for
	ids  []string
	jobs []*task
}

func (l *listing) has(id string) bool { return slices.Contains(l.ids, id) }

// answerList gives a page of the jobs. The token is the number of jobs before it, and
// the moment for a stale list.
func (w *world) answerList(ap *approval, body []byte) reply {
	var in struct{ NextToken string }
	if json.Unmarshal(body, &in) != nil {
		return refuse(400, "BadRequestException", "not JSON")
	}
	at, start := w.now, 0
	if in.NextToken != "" {
		first, rest, _ := strings.Cut(in.NextToken, ".")
		start, _ = strconv.Atoi(first)
		if ms, err := strconv.ParseInt(rest, 10, 64); err == nil {
			at = time.UnixMilli(ms)
		}
	}
	how, mark := w.strikes("list"), ""
	switch how {
	case "stale":
		if start == 0 {
			at = w.stale()
		}
	case "shrinks":
		w.shrink()
	case "error", "message":
		return reply{status: 200, body: map[string]any{how: "the jobs cannot be read"}}
	}
	if !at.Equal(w.now) {
		mark = "." + strconv.FormatInt(at.UnixMilli(), 10)
	}
	return w.answerPage(ap, at, start, how, mark)
}

// answerPage is the page that begins with a job.
func (w *world) answerPage(ap *approval, at time.Time, start int, how, mark string) reply {
	all := w.ordered(at)
	page := all[min(start, len(all)):min(start+w.page, len(all))]
	shown := []any{}
	for _, j := range page {
		shown = append(shown, w.show(j, at))
	}
	body := map[string]any{"jobs": shown}
	last := start+w.page >= len(all)
	if !last {
		body["nextToken"] = strconv.Itoa(start+w.page) + mark
	}
	switch {
	case how == "loops":
		body["nextToken"], last = "1", false
	case how == "no-id" && len(shown) > 0:
		delete(shown[0].(map[string]any), "jobId")
		return reply{status: 200, body: body}
	}
	a := w.spoil(fine(body), how)
	if w.tracing {
		w.tracef("list %s from %d: %s", how, start, encodeReply(a.body))
	}
	if a.good && ap != nil {
		ap.listed(w.now, page, start == 0, last)
	}
	return a
}

// ordered are the jobs that are shown at a time. The service documents no order.
func (w *world) ordered(at time.Time) []*task {
	var out []*task
	for _, j := range w.jobs {
		if j.shown(at) {
			out = append(out, j)
		}
	}
	switch w.order {
	case 0:
		slices.Reverse(out)
	case 1:
		slices.SortFunc(out, func(a, b *task) int { return strings.Compare(a.id[6:]+a.id, b.id[6:]+b.id) })
	}
	return out
}

// shrink forgets the oldest job, so that a list that is being paged moves.
func (w *world) shrink() {
	for _, j := range w.jobs {
		if j.by == nil && j.shown(w.now) && j.ended(w.now.Add(-time.Hour)) {
			j.hidden = w.now
			return
		}
	}
}
