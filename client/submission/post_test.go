package submission_test

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/submission"
	"ampedit/client/wire"
)

// loopbackOnly takes away the machine's AWS settings and sets keys.
func loopbackOnly(t *testing.T) {
	t.Helper()
	for _, entry := range os.Environ() {
		if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "AWS_") || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			t.Setenv(name, "")
			os.Unsetenv(name)
		}
	}
	for name, value := range map[string]string{
		"HOME": t.TempDir(), "AWS_ACCESS_KEY_ID": "AKIDLOOPBACKTEST", "AWS_SECRET_ACCESS_KEY": "loopback-secret-key",
		"AWS_REGION": "eu-west-1", "AWS_EC2_METADATA_DISABLED": "true",
	} {
		t.Setenv(name, value)
	}
}

// over sends the scene's request with the real client to a server on this machine,
// so that what an answer means is judged from the answer itself.
func (s *scene) over(t *testing.T, url string) {
	t.Helper()
	cfg, err := client.LoadConfig(t.Context(), client.Options{EndpointURL: url})
	if err != nil {
		t.Fatal(err)
	}
	service, err := client.New(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	s.onPost = func(int) (*wire.UpdateBackendAPIOutput, error) {
		return service.UpdateBackendAPI(context.Background(), &wire.UpdateBackendAPIInput{
			AppID: prodAPI.AppID, BackendEnvironmentName: prodAPI.Environment, ResourceName: prodAPI.ResourceName, ResourceConfig: s.after})
	}
}

// replies answers with a status, an error code and a message.
func replies(status int, code, message string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if code != "" {
			w.Header().Set("X-Amzn-ErrorType", code)
		}
		w.Header().Set("Location", "/elsewhere")
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"message":%q}`, message)
	}
}

func sends(status int, body string) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(status)
		fmt.Fprint(w, body)
	}
}

// breaks ends the connection, after it wrote what is given.
func breaks(raw string, hard bool) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		conn, _, err := w.(http.Hijacker).Hijack()
		if err != nil {
			panic(err)
		}
		if hard {
			_ = conn.(*net.TCPConn).SetLinger(0)
		}
		_, _ = conn.Write([]byte(raw))
		_ = conn.Close()
	}
}

// TestNotStarted are the answers after which provably nothing happened.
func TestNotStarted(t *testing.T) {
	loopbackOnly(t)
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		posts  int
		error  string
	}{
		{"429", replies(429, "TooManyRequestsException", "slow down"), 3, "TooManyRequestsException: slow down"},
		{"429 of a proxy", sends(429, "<html>"), 3, "TooManyRequestsException"},
		{"429 with another code", replies(429, "GatewayTimeoutException", "m"), 3, "GatewayTimeoutException"},
		{"400", replies(400, "BadRequestException", "no such thing"), 1, "BadRequestException: no such thing"},
		{"401", replies(401, "", "m"), 1, "m"},
		{"403 denied", replies(403, "AccessDeniedException", "m"), 1, "AccessDeniedException"},
		{"403 signature", replies(403, "InvalidSignatureException", "m"), 1, "InvalidSignatureException"},
		{"403 clock", replies(403, "RequestTimeTooSkewed", "m"), 1, "RequestTimeTooSkewed"},
		{"403 expired", replies(403, "ExpiredTokenException", "m"), 1, "ExpiredTokenException"},
		{"404", replies(404, "NotFoundException", "m"), 1, "NotFoundException"},
		{"409", replies(409, "ConflictException", "m"), 1, "ConflictException"},
		{"413 of a proxy", sends(413, "<html>"), 1, "413"},
		{"301", replies(301, "", "m"), 1, ""},
		{"302", replies(302, "", "m"), 1, ""},
		{"307", replies(307, "", "m"), 1, ""},
		{"308", replies(308, "", "m"), 1, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			s, seen := newScene(t), 0
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				seen++
				c.answer(w, r)
			}))
			defer server.Close()
			s.over(t, server.URL)
			sub := s.submit()
			s.ends(sub, end{submission.NotStarted, "", 1, c.posts})
			if seen != c.posts {
				t.Errorf("%d requests have left", seen)
			}
			r := s.onDisk(sub.Receipt().ID)
			if len(r.Attempts) != c.posts || !strings.Contains(r.Error, c.error) || r.Answer != nil || r.JobID != "" {
				t.Errorf("the receipt has %d attempts, the error %q", len(r.Attempts), r.Error)
			}
			for _, a := range r.Attempts {
				if a.Left.IsZero() || a.Ended.IsZero() || a.End == "" {
					t.Errorf("an attempt is %+v", a)
				}
			}
			if len(s.open()) != 0 {
				t.Error("the receipt is open")
			}
		})
	}
}

// TestNeverConnected are failures before there was a connection.
func TestNeverConnected(t *testing.T) {
	loopbackOnly(t)
	refuses, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	refuses.Close()
	untrusted := httptest.NewTLSServer(sends(200, "{}"))
	untrusted.Config.ErrorLog = nil
	defer untrusted.Close()
	for name, url := range map[string]string{"refused": "http://" + refuses.Addr().String(), "not trusted": untrusted.URL} {
		t.Run(name, func(t *testing.T) {
			s := newScene(t)
			s.over(t, url)
			sub := s.submit()
			s.ends(sub, end{submission.NotStarted, "", 1, 3})
			if n := len(s.onDisk(sub.Receipt().ID).Attempts); n != 3 {
				t.Errorf("the receipt has %d attempts", n)
			}
		})
	}
	t.Run("no credentials", func(t *testing.T) {
		s := newScene(t)
		s.onPost = answers(&client.UpdateError{Effect: client.MayRepeat, Err: &client.CredentialsError{Err: errors.New("not signed in")}})
		s.ends(s.submit(), end{submission.NotStarted, "", 1, 1})
	})
}

// TestAnswerLost are the answers after which the request may have acted. Whether it
// has is found out from the jobs; it is never sent again.
func TestAnswerLost(t *testing.T) {
	loopbackOnly(t)
	for _, c := range []struct {
		name   string
		answer http.HandlerFunc
		error  string
	}{
		{"400 throttled", replies(400, "ThrottlingException", "m"), "ThrottlingException"},
		{"400 limit", replies(400, "LimitExceededException", "m"), "LimitExceededException"},
		{"400 bandwidth", replies(400, "BandwidthLimitExceeded", "m"), "BandwidthLimitExceeded"},
		{"503 slow down", replies(503, "SlowDown", "m"), "SlowDown"},
		{"408", replies(408, "", "m"), "m"},
		{"499", replies(499, "", "m"), "m"},
		{"400 time-out", replies(400, "RequestTimeout", "m"), "RequestTimeout"},
		{"409 time-out", replies(409, "RequestTimeoutException", "m"), "RequestTimeoutException"},
		{"302 time-out", replies(302, "RequestTimeout", "m"), "RequestTimeout"},
		{"400 in progress", replies(400, "TransactionInProgressException", "m"), "TransactionInProgress"},
		{"400 prior request", replies(400, "PriorRequestNotComplete", "m"), "PriorRequestNotComplete"},
		{"500", replies(500, "InternalServerException", "m"), "InternalServerException"},
		{"502 of a proxy", sends(502, "<html>"), "502"},
		{"503", replies(503, "", "m"), "m"},
		{"504", replies(504, "GatewayTimeoutException", "m"), "GatewayTimeoutException"},
		{"599", sends(599, ""), ""},
		{"reset", breaks("", true), ""},
		{"closed", breaks("", false), ""},
		{"half a header", breaks("HTTP/1.1 200 O", false), ""},
		{"200 cut off", breaks("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jobId\":\"new-1\"", false), ""},
		{"200 reset", breaks("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"jobId\":", true), ""},
		{"200 not JSON", sends(200, "<html>"), ""},
		{"200 empty", sends(200, ""), "empty"},
		{"200 null", sends(200, "null"), ""},
		{"200 list", sends(200, `[{"jobId":"new-1"}]`), ""},
		{"204", sends(204, ""), "empty"},
		{"200 without members", sends(200, "{}"), "names no job"},
		{"200 with an empty job", sends(200, `{"jobId":""}`), "names no job"},
		{"200 with a job before", sends(200, `{"jobId":"old-1"}`), "old-1, which existed before"},
		{"200 of another app", sends(200, `{"jobId":"new-1","appId":"d9other"}`), "d9other"},
		{"200 of another environment", sends(200, `{"jobId":"new-1","backendEnvironmentName":"dev"}`), "dev"},
		{"200 with an error and no job", sends(200, `{"error":"the table is locked"}`), "the table is locked"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			server := httptest.NewServer(c.answer)
			defer server.Close()
			s := newScene(t)
			s.over(t, server.URL)
			s.effect = -1
			sub := s.submit()
			s.ends(sub, end{submission.Unknown, submission.ReasonNoJob, 5, 1})
			if after := s.clock.since(); after < 90*time.Second || after > 2*time.Minute {
				t.Errorf("it was looked for %v", after)
			}
			r := s.onDisk(sub.Receipt().ID)
			if len(r.Attempts) != 1 || r.Attempts[0].Ended.IsZero() || !strings.Contains(r.Error, c.error) || r.Error == "" || r.JobID != "" || len(r.Candidates) != 0 {
				t.Errorf("the receipt is %+v", r)
			}
			if !strings.Contains(lines(sub), r.Error) {
				t.Errorf("the error is not said:\n%s", lines(sub))
			}

			s = newScene(t)
			s.over(t, server.URL)
			s.jobs = append(s.jobs, update("new-1", 0, 20*time.Second, "COMPLETED"))
			sub = s.submit()
			s.ends(sub, end{submission.Done, "", 0, 1})
			r = s.onDisk(sub.Receipt().ID)
			if r.JobID != "" || len(r.Candidates) != 1 || *r.Candidates[0].JobID != "new-1" || r.ReadBack == nil || !r.ReadBack.Same {
				t.Errorf("the receipt of a job that was found is %+v", r)
			}
		})
	}
}
