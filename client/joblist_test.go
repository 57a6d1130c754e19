package client_test

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/wire"
)

// pages answers request n, counted from 0, with page n, and the last page again to
// all after it. A page is ids, and after an arrow the token of the next page. It
// wants each token to be that of the page before.
type pages struct {
	t     *testing.T
	pages []string
	asked int
	token string
}

func (p *pages) ListBackendJobs(_ context.Context, in *wire.ListBackendJobsInput) (*wire.ListBackendJobsOutput, error) {
	if in.AppID != "d1" || in.BackendEnvironmentName != "dev" || text(in.NextToken) != p.token {
		p.t.Errorf("request %d: %+v, the token should be %q", p.asked, in, p.token)
	}
	page := p.pages[min(p.asked, len(p.pages)-1)]
	p.asked++
	ids, token, more := strings.Cut(page, " -> ")
	out := &wire.ListBackendJobsOutput{Date: time.Unix(int64(p.asked), 0)}
	for _, id := range strings.Fields(ids) {
		out.Jobs = append(out.Jobs, wire.Job{JobID: &id, Operation: ptr(fmt.Sprint(p.asked))})
	}
	if p.token = token; more {
		out.NextToken = &token
	}
	return out, nil
}

func TestListJobsReadsEveryPage(t *testing.T) {
	long := make([]string, 999)
	for i := range long {
		long[i] = fmt.Sprintf("j%d -> t%d", i, i)
	}
	for name, test := range map[string]struct {
		pages []string
		want  string // the ids, and the number of the page that each is from
	}{
		"one":                   {[]string{"a b"}, "a/1 b/1"},
		"none":                  {[]string{""}, ""},
		"three":                 {[]string{"a -> 1", "b -> 2", "c"}, "a/1 b/2 c/3"},
		"an empty one between":  {[]string{"a -> 1", " -> 2", "c"}, "a/1 c/3"},
		"an empty token":        {[]string{"a -> 1", "b -> "}, "a/1 b/2"},
		"the last of one id":    {[]string{"a b -> 1", "b a c"}, "a/2 b/2 c/2"},
		"twice on a page":       {[]string{"a a"}, "a/1"},
		"as many as are looked": {append(long, "last"), ""},
	} {
		t.Run(name, func(t *testing.T) {
			api := &pages{t: t, pages: test.pages}
			list, err := client.ListJobs(t.Context(), api, "d1", "dev")
			if err != nil || api.asked != len(test.pages) || !list.Date.Equal(time.Unix(int64(api.asked), 0)) {
				t.Fatalf("after %d pages at %v: %v", api.asked, list.Date, err)
			}
			var got []string
			for _, job := range list.Jobs {
				got = append(got, text(job.JobID)+"/"+text(job.Operation))
			}
			if len(test.pages) > 100 && len(got) == len(test.pages) {
				return
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
		})
	}
}

func TestAListWithoutAnEndIsNone(t *testing.T) {
	endless := make([]string, 1001)
	for i := range endless {
		endless[i] = fmt.Sprintf("j%d -> t%d", i, i)
	}
	for name, test := range map[string]struct {
		pages []string
		asked int
	}{
		"the same token again":    {[]string{"a -> 1"}, 2},
		"an earlier token":        {[]string{"a -> 1", "b -> 2", "c -> 3", "d -> 1"}, 4},
		"more pages than allowed": {endless, 1000},
	} {
		t.Run(name, func(t *testing.T) {
			api := &pages{t: t, pages: test.pages}
			list, err := client.ListJobs(t.Context(), api, "d1", "dev")
			if client.Classify(err) != client.ClassProtocol || list.Jobs != nil || api.asked != test.asked {
				t.Errorf("%d jobs after %d pages: %v", len(list.Jobs), api.asked, err)
			}
		})
	}
}

func TestAPageThatFailsFailsTheList(t *testing.T) {
	_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, n int) {
		if n == 0 {
			reply(t, w, 200, map[string]any{"jobs": []any{map[string]any{"jobId": "a"}}, "nextToken": "1"})
			return
		}
		reply(t, w, 403, nil)
	})
	list, err := client.ListJobs(t.Context(), c, "d1", "dev")
	if client.Classify(err) != client.ClassDenied || list.Jobs != nil {
		t.Errorf("%d jobs: %v", len(list.Jobs), err)
	}
}

func TestAnswersThatAreNoListOfJobs(t *testing.T) {
	for body, class := range map[string]client.Class{
		`null`:                                  client.ClassProtocol,
		`[]`:                                    client.ClassProtocol,
		`"jobs"`:                                client.ClassProtocol,
		``:                                      client.ClassProtocol,
		`{"jobs":`:                              client.ClassProtocol,
		`{"jobs":{}}`:                           client.ClassProtocol,
		`{"jobs":"none"}`:                       client.ClassProtocol,
		`{"jobs":0}`:                            client.ClassProtocol,
		`{"jobs":[1]}`:                          client.ClassProtocol,
		`{"jobs":[null]}`:                       client.ClassProtocol,
		`{"jobs":[{}]}`:                         client.ClassProtocol,
		`{"jobs":[{"jobId":"a"},{"jobId":""}]}`: client.ClassProtocol,
		`{"jobs":[{"jobId":null}]}`:             client.ClassProtocol,
		`{"jobs":[{"jobid":"a"}]}`:              client.ClassProtocol,
		`{"Jobs":[{"jobId":"a"}]}`:              client.ClassProtocol,
		`{"jobs":[],"NextToken":"t"}`:           client.ClassProtocol,
		`{"nextToken":["t"]}`:                   client.ClassProtocol,
		`{"error":"broken"}`:                    client.ClassServer,
		`{"Error":"broken"}`:                    client.ClassServer,
		`{"message":"broken"}`:                  client.ClassServer,
		`{"Message":"broken","jobs":null}`:      client.ClassServer,
		`{"jobs":[],"error":"broken"}`:          client.ClassServer,
		`{"error":{"code":"broken"}}`:           client.ClassServer,
		`{"error":false}`:                       client.ClassServer,
	} {
		t.Run(body, func(t *testing.T) {
			_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { say(body)(t, w) })
			out, err := c.ListBackendJobs(t.Context(), &wire.ListBackendJobsInput{AppID: "d1", BackendEnvironmentName: "dev"})
			if out != nil || client.Classify(err) != class {
				t.Errorf("got %v, class %q: %v", out, client.Classify(err), err)
			}
			var reported *client.ReportedError
			if class == client.ClassServer && !errors.As(err, &reported) {
				t.Errorf("got %v", err)
			}
		})
	}
}

func TestAnswersThatAreListsOfJobs(t *testing.T) {
	for body, want := range map[string]int{
		`{}`:                          0,
		"\n{ }\n":                     0,
		`{"jobs":null}`:               0,
		`{"jobs":[]}`:                 0,
		`{"jobs":[],"error":""}`:      0,
		`{"error":null,"future":[1]}`: 0,
		`{"jobs":[{"jobId":"a"}]}`:    1,
		`{"jobs":[{"jobId":7,"status":null,"new":{}}],"message":"all of them"}`: 1,
	} {
		t.Run(body, func(t *testing.T) {
			_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) { say(body)(t, w) })
			list, err := client.ListJobs(t.Context(), c, "d1", "dev")
			if err != nil || len(list.Jobs) != want {
				t.Errorf("%d jobs, %v", len(list.Jobs), err)
			}
		})
	}
}

func TestTheServiceSaysWhenItListed(t *testing.T) {
	for header, want := range map[string]time.Time{
		"Tue, 03 Nov 2026 09:30:00 GMT": time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC),
		"yesterday":                     {},
		"":                              {},
	} {
		t.Run(header, func(t *testing.T) {
			_, c := serve(t, func(w http.ResponseWriter, _ *http.Request, _ int) {
				w.Header()["Date"] = nil // or the server writes one
				if header != "" {
					w.Header().Set("Date", header)
				}
				reply(t, w, 200, map[string]any{"jobs": []any{}})
			})
			list, err := client.ListJobs(t.Context(), c, "d1", "dev")
			if err != nil || !list.Date.Equal(want) {
				t.Errorf("at %v, want %v: %v", list.Date, want, err)
			}
		})
	}
}
