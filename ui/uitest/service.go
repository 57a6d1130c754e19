package uitest

import (
	"context"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/aws/retry"

	"ampedit/client"
	"ampedit/client/emulator"
)

// Isolate takes away every AWS setting and home folder of the machine that the
// test runs on.
func Isolate(t testing.TB) {
	t.Helper()
	for _, entry := range os.Environ() {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "AWS_") || strings.HasSuffix(strings.ToUpper(name), "_PROXY") {
			t.Setenv(name, "") // so that it is put back
			if err := os.Unsetenv(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("AWS_EC2_METADATA_DISABLED", "true")
	t.Setenv("AWS_CONFIG_FILE", filepath.Join(home, "config"))
	t.Setenv("AWS_SHARED_CREDENTIALS_FILE", filepath.Join(home, "credentials"))
}

// Serve starts an emulator on the clock, with job ids that are the same in every
// run, and puts its credentials into the environment, which is isolated before.
func Serve(t testing.TB, clock *Clock, o emulator.Options) *emulator.Emulator {
	t.Helper()
	Isolate(t)
	o.Clock = clock
	o.Random = rand.NewChaCha8([32]byte{})
	e, err := emulator.Start(o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { e.Close() })
	t.Setenv("AWS_ACCESS_KEY_ID", e.Credentials().AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", e.Credentials().SecretAccessKey)
	t.Setenv("AWS_REGION", e.Region())
	return e
}

// Connect makes clients of the emulator as the program makes one of the service.
// The first calls AmplifyBackend by the clock of the test; the second is for the
// other services, which the SDK calls by the clock of this machine and corrects
// by their answers.
func Connect(ctx context.Context, e *emulator.Emulator, clock client.Clock, o client.Options) (service, others *client.Client, err error) {
	o.EndpointURL = e.URL()
	cfg, err := client.LoadConfig(ctx, o)
	if err != nil {
		return nil, nil, err
	}
	cfg.Retryer = func() aws.Retryer { return promptRetryer{retry.NewStandard()} }
	if others, err = client.New(ctx, cfg); err != nil {
		return nil, nil, err
	}
	cfg.DisableClockSkewCorrection = true
	service, err = client.New(ctx, cfg, client.WithClock(clock))
	return service, others, err
}

// promptRetryer never waits, for it would by the clock of this machine.
type promptRetryer struct{ aws.RetryerV2 }

func (promptRetryer) RetryDelay(int, error) (time.Duration, error) { return 0, nil }
