package client_test

import (
	"net/http"
	"testing"
	"time"

	"ampedit/client"
)

// strictClock answers like a service whose clock is ahead of ours, and which takes
// nothing that was signed more than five minutes off.
func strictClock(t *testing.T, ahead time.Duration) (*service, *client.Client) {
	return serve(t, func(w http.ResponseWriter, r *http.Request, _ int) {
		now := time.Now().Add(ahead)
		w.Header().Set("Date", now.UTC().Format(http.TimeFormat))
		signed, err := time.Parse("20060102T150405Z", r.Header.Get("X-Amz-Date"))
		if err != nil || now.Sub(signed).Abs() > 5*time.Minute {
			w.Header().Set("X-Amzn-ErrorType", "InvalidSignatureException")
			reply(t, w, 403, map[string]any{"message": "Signature expired"})
			return
		}
		reply(t, w, 200, map[string]any{"jobId": "j"})
	})
}

func TestReadsTeachTheTimeThatAnUpdateIsSignedWith(t *testing.T) {
	for _, ahead := range []time.Duration{7 * time.Hour, -7 * time.Hour, 20 * time.Minute} {
		t.Run(ahead.String(), func(t *testing.T) {
			s, c := strictClock(t, ahead)
			if _, err := c.GetBackendJob(t.Context(), jobInput()); err != nil || len(s.seen()) != 2 {
				t.Fatalf("%d requests to read: %v", len(s.seen()), err)
			}
			if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil || len(s.seen()) != 3 {
				t.Errorf("%d requests in all: %v", len(s.seen()), err)
			}
		})
	}
}

func TestAnUpdateThatIsSignedWithTheWrongTimeIsNotRepeated(t *testing.T) {
	s, c := strictClock(t, 7*time.Hour)
	out, err := c.UpdateBackendAPI(t.Context(), updateInput())
	failed(t, out, err, client.DidNotAct, client.ClassCredentials)
	if len(s.seen()) != 1 {
		t.Errorf("%d posts", len(s.seen()))
	}
	if _, err := c.UpdateBackendAPI(t.Context(), updateInput()); err != nil {
		t.Errorf("the refusal taught nothing: %v", err)
	}
}
