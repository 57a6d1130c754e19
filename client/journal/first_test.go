package journal

import (
	"bytes"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Files as the program wrote them whose format was the first.
const (
	firstClosed = `{"format":"ampedit receipt","version":1,"size":1487,"sha256":"8e44a4f93713295aacfa21447c65902347da106827bf8a65a1fe222bda7a9b09","written":"2026-11-22T14:03:31Z"}
{
  "id": "2026-11-22T14-03-31Z-prod",
  "time": "2026-11-22T14:03:31Z",
  "version": "1.2.3",
  "target": {
    "account": "123456789012",
    "region": "eu-west-1",
    "appId": "d1a2b3c4d5e6f7",
    "environment": "prod",
    "resourceName": "shop"
  },
  "callerArn": "arn:aws:sts::123456789012:assumed-role/Deploy/ann",
  "requestHash": "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
  "baseline": {
    "jobIds": [
      "job-1",
      "job-2"
    ],
    "newestCreateTime": "1617375907613"
  },
  "changes": [
    {
      "symbol": "~",
      "path": "conflictResolution",
      "old": "AUTOMERGE",
      "new": "NONE",
      "risk": "destructive"
    }
  ],
  "before": {
    "apiName": "shop",
    "transformSchema": "type A @model { id: ID! }",
    "defaultAuthType": {
      "mode": "API_KEY",
      "settings": {
        "expirationTime": 30
      }
    },
    "additionalAuthTypes": []
  },
  "sent": {
    "apiName": "shop",
    "transformSchema": "type A @model { id: ID! name: String }",
    "defaultAuthType": {
      "mode": "API_KEY",
      "settings": {
        "expirationTime": 30
      }
    },
    "additionalAuthTypes": []
  },
  "verdict": "started",
  "jobId": "job-3",
  "knownBy": "the service's answer",
  "error": "",
  "sentAt": "2026-11-22T14:03:31Z",
  "answeredAt": "2026-11-22T14:03:32Z",
  "status": "COMPLETED",
  "jobError": "",
  "startedAt": "2026-11-22T14:03:32Z",
  "endedAt": "2026-11-22T14:05:31Z",
  "inEffect": false
}
`
	firstDraft = `{"format":"ampedit draft","version":1,"size":15,"sha256":"f92f4d97c367f45dec7e39d7c4b795fc24928afe5d87b941c662e8cb6cd8645d","written":"2026-11-22T15:03:31Z","target":{"account":"123456789012","region":"eu-west-1","appId":"d1a2b3c4d5e6f7","environment":"prod","resourceName":"shop"}}
typed with care`
	firstHolder = `{"format":"ampedit lock holder","version":1,"size":74,"sha256":"e0f6762a1a49437456dc1170be8478499f5e8bb799da678c97f488384e4e090d","written":"2026-11-22T15:03:31Z"}
{"pid":26511,"host":"vm","since":"2026-11-22T15:03:31Z","version":"1.2.3"}`
)

// firstVerdicts are the ends of receipts of the first format, of one second each: what
// follows the configurations, and what is known by it.
var firstVerdicts = []struct {
	id, members string
	open        bool
	known       func(*Receipt)
}{
	{"2026-11-22T14-03-32Z-prod", `"verdict":"unknown","jobId":"","knownBy":"","error":"","status":"","jobError":""`, true, func(r *Receipt) {
		r.Verdict = "unknown"
	}},
	{"2026-11-22T14-03-33Z-prod", `"verdict":"unknown","jobId":"","knownBy":"no new job","error":"EOF","sentAt":"2026-11-22T14:03:31Z","status":"","jobError":"","abandoned":"2026-11-22T15:00:00Z"`,
		false, func(r *Receipt) {
			r.Verdict, r.Error, r.Abandoned = "unknown", "EOF", time.Date(2026, 11, 22, 15, 0, 0, 0, time.UTC)
		}},
	{"2026-11-22T14-03-34Z-prod", `"verdict":"not started","jobId":"","knownBy":"the answer","error":"403","answeredAt":"2026-11-22T14:03:32Z","status":"","jobError":""`, false, func(r *Receipt) {
		r.Verdict, r.Error, r.AnsweredAt = "not started", "403", began.Add(time.Second)
	}},
	{"2026-11-22T14-03-35Z-prod", `"verdict":"started","jobId":"job-3","knownBy":"a new job","error":"","status":"RUNNING","jobError":"","startedAt":"2026-11-22T14:03:32Z"`, true, func(r *Receipt) {
		r.Verdict, r.JobID, r.Status, r.StartedAt = "started", "job-3", "RUNNING", began.Add(time.Second)
	}},
	{"2026-11-22T14-03-36Z-prod", `"verdict":"started","jobId":"job-3","knownBy":"a new job","error":"","status":"FAILED","jobError":"why","endedAt":"2026-11-22T14:05:31Z","inEffect":true`, false, func(r *Receipt) {
		r.Verdict, r.JobID, r.Status, r.JobError, r.EndedAt, r.InEffect = "started", "job-3", "FAILED", "why", began.Add(2*time.Minute), ptr(true)
	}},
}

// sealFirst puts the header of the first format before a content.
func sealFirst(t *testing.T, j *Journal, content string) []byte {
	t.Helper()
	data, _, err := j.seal(header{Format: receiptFormat}, []byte(content))
	if err != nil {
		t.Fatal(err)
	}
	return bytes.Replace(data, []byte(`"version":2,"size"`), []byte(`"version":1,"size"`), 1)
}

// firstReceipt is what all receipts of the first format here have in common.
func firstReceipt(id string) Receipt {
	r := intent(prod)
	r.ID, r.Time, r.Version = id, began, "1.2.3"
	r.Baseline = Baseline{JobIDs: []string{"job-1", "job-2"}}
	return r
}

// openFirst opens a journal of files of the first format, and returns the receipts
// that are in it, newest first.
func openFirst(t *testing.T) (*Journal, []Receipt) {
	t.Helper()
	j, _ := openNew(t)
	write := func(name string, data []byte) {
		if err := j.replace(name, data); err != nil {
			t.Fatal(err)
		}
	}
	write(j.draftPath(j.fileName(prod)), []byte(firstDraft))
	write(j.holderPath(prod), []byte(firstHolder))
	write(j.path(receiptsFolder, "2026-11-22T14-03-31Z-prod.json"), []byte(firstClosed))
	r := firstReceipt("2026-11-22T14-03-31Z-prod")
	r.Verdict, r.JobID, r.Status, r.AnsweredAt = "started", "job-3", "COMPLETED", began.Add(time.Second)
	r.StartedAt, r.EndedAt, r.InEffect = began.Add(time.Second), began.Add(2*time.Minute), ptr(false)
	receipts := []Receipt{r}

	_, content, _ := strings.Cut(firstClosed, "\n")
	common := content[:strings.Index(content, `"verdict"`)]
	for _, first := range firstVerdicts {
		name := j.path(receiptsFolder, first.id+".json")
		if first.open {
			name = j.path(receiptsFolder, first.id+".open.json")
		}
		write(name, sealFirst(t, j, common+first.members+"\n}\n"))
		r := firstReceipt(first.id)
		first.known(&r)
		receipts = append(receipts, r)
	}
	slices.Reverse(receipts)
	return j, receipts
}

func TestFirstFormatIsRead(t *testing.T) {
	j, want := openFirst(t)
	before := contents(t, j.root)
	list, err := j.List(prod, 10)
	if err != nil || len(list.Unreadable) > 0 {
		t.Fatalf("error %v, unreadable %v", err, list.Unreadable)
	}
	if diff := cmp.Diff(want, list.Receipts); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if diff := cmp.Diff([]string{"2026-11-22T14-03-35Z-prod", "2026-11-22T14-03-32Z-prod"}, openIDs(t, j)); diff != "" {
		t.Errorf("open (-want +got):\n%s", diff)
	}
	if took, err := j.Durations(prod, 10); err != nil || !slices.Equal(took, []time.Duration{2*time.Minute - time.Second}) {
		t.Errorf("durations %v, error %v", took, err)
	}
	if d := draftsOf(t, j, prod); len(d) != 1 || string(d[0].Data) != "typed with care" || !d[0].Saved.Equal(began.Add(time.Hour)) {
		t.Errorf("drafts %v", d)
	}
	if h := j.holder(prod); h == nil || h.PID != 26511 || h.Version != "1.2.3" {
		t.Errorf("holder %+v", h)
	}
	if diff := cmp.Diff(before, contents(t, j.root)); diff != "" {
		t.Errorf("reading changed files:\n%s", diff)
	}
}

// What becomes known of a receipt of the first format is written in the present one. A
// closed one stays as it is, to the byte.
func TestFirstFormatIsWrittenInThePresentOne(t *testing.T) {
	j, receipts := openFirst(t)
	for _, r := range receipts {
		if !slices.Contains(openIDs(t, j), r.ID) {
			checkClosed(t, j, r)
			continue
		}
		r.Reason, r.ReadBack = "read back", &ReadBack{At: began, Same: true}
		mustSave(t, j, r, true)
		if diff := cmp.Diff(r, mustGet(t, j, r.ID)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", r.ID, diff)
		}
		data, err := os.ReadFile(j.receiptPath(entry{r.ID, true}))
		if err != nil || !bytes.HasPrefix(data, []byte(`{"format":"ampedit receipt","version":2,`)) {
			t.Errorf("%.60s, error %v; want the present format under the same name", data, err)
		}
		if err := j.Abandon(r.ID); err != nil {
			t.Error(err)
		}
	}
	if open := openIDs(t, j); len(open) > 0 {
		t.Errorf("still open: %q", open)
	}
	if n := len(contents(t, j.path(receiptsFolder, ""))); n != len(receipts) {
		t.Errorf("%d files of %d receipts", n, len(receipts))
	}
}
