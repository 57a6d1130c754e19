package client_test

import (
	"context"
	"testing"
	"time"

	"ampedit/client"
	"ampedit/client/emulator"
	"ampedit/client/wire"
)

// emulate starts an emulator and makes a client of it, by nothing but what the
// environment says to any AWS tool.
func emulate(t *testing.T, scenario emulator.Scenario) (*emulator.Emulator, *client.Client) {
	t.Helper()
	isolate(t)
	e, err := emulator.Start(emulator.Options{Scenario: scenario, JobDuration: time.Nanosecond})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Setenv("AWS_ACCESS_KEY_ID", e.Credentials().AccessKeyID)
	t.Setenv("AWS_SECRET_ACCESS_KEY", e.Credentials().SecretAccessKey)
	t.Setenv("AWS_REGION", e.Region())
	t.Setenv("AWS_ENDPOINT_URL", e.URL())
	return e, newClient(t, client.Options{})
}

// change reads the sample API and asks for another description of its key.
func change(t *testing.T, c *client.Client) *wire.UpdateBackendAPIInput {
	t.Helper()
	read, err := c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{
		AppID: emulator.SampleAppID, BackendEnvironmentName: emulator.SampleDev, ResourceName: emulator.SampleResource,
	})
	if err != nil {
		t.Fatal(err)
	}
	wanted := read.ResourceConfig.Clone()
	wanted.DefaultAuthType.Settings.Description = ptr("changed")
	return &wire.UpdateBackendAPIInput{
		AppID: emulator.SampleAppID, BackendEnvironmentName: emulator.SampleDev, ResourceName: emulator.SampleResource,
		ResourceConfig: wanted,
	}
}

func TestEmulatedUpdateToItsEnd(t *testing.T) {
	e, c := emulate(t, emulator.Happy)
	in := change(t, c)
	out, err := c.UpdateBackendAPI(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	job, err := c.GetBackendJob(t.Context(), &wire.GetBackendJobInput{AppID: in.AppID, BackendEnvironmentName: in.BackendEnvironmentName, JobID: *out.JobID})
	if err != nil || *job.Status != "COMPLETED" {
		t.Fatalf("got %+v, %v", job, err)
	}
	list, err := client.ListJobs(t.Context(), c, in.AppID, in.BackendEnvironmentName)
	if err != nil || len(list.Jobs) != len(e.Jobs(in.AppID, in.BackendEnvironmentName)) || list.Date.IsZero() {
		t.Errorf("%d jobs at %v, %v", len(list.Jobs), list.Date, err)
	}
	after, err := c.GetBackendAPI(t.Context(), &wire.GetBackendAPIInput{AppID: in.AppID, BackendEnvironmentName: in.BackendEnvironmentName, ResourceName: in.ResourceName})
	if err != nil || !after.ResourceConfig.Equal(in.ResourceConfig) {
		t.Errorf("read back %+v, %v", after, err)
	}
	if _, err := c.GetBackend(t.Context(), &wire.GetBackendInput{AppID: in.AppID}); err != nil {
		t.Error(err)
	}
}

func TestEmulatedNeighbours(t *testing.T) {
	_, c := emulate(t, emulator.Happy)
	if who, err := c.CallerIdentity(t.Context()); err != nil || who.Account != emulator.SampleAccount || who.ARN != emulator.SampleCaller {
		t.Errorf("%+v, %v", who, err)
	}
	if apps, complete, err := c.ListApps(t.Context(), 5); err != nil || !complete || apps[0].ID != emulator.SampleAppID {
		t.Errorf("%+v, %t, %v", apps, complete, err)
	}
	if pools, complete, err := c.ListUserPools(t.Context(), 5); err != nil || !complete || pools[0].ID != emulator.SampleUserPool {
		t.Errorf("%+v, %t, %v", pools, complete, err)
	}
}

func TestEmulatedFaults(t *testing.T) {
	for scenario, want := range map[emulator.Scenario]struct {
		posts, jobs int
		effect      client.Effect
		class       client.Class
	}{
		emulator.Throttled: {1, 0, client.MayRepeat, client.ClassThrottled},
		emulator.Timeout:   {1, 1, client.MayHaveActed, client.ClassTimeout},
		emulator.Lost:      {1, 0, client.MayHaveActed, client.ClassTimeout},
		emulator.Reset:     {1, 1, client.MayHaveActed, client.ClassNetwork},
		emulator.Denied:    {1, 0, client.DidNotAct, client.ClassDenied},
		emulator.Pending:   {1, 0, client.DidNotAct, client.ClassPendingJob},
	} {
		t.Run(string(scenario), func(t *testing.T) {
			e, c := emulate(t, scenario)
			in := change(t, c)
			before := len(e.Jobs(in.AppID, in.BackendEnvironmentName))
			out, err := c.UpdateBackendAPI(t.Context(), in)
			failed(t, out, err, want.effect, want.class)
			if posts := e.Count("UpdateBackendAPI"); posts != want.posts {
				t.Errorf("%d posts", posts)
			}
			if jobs := len(e.Jobs(in.AppID, in.BackendEnvironmentName)) - before; jobs != want.jobs {
				t.Errorf("%d jobs", jobs)
			}
		})
	}
}

func TestEmulatedWrongSecret(t *testing.T) {
	e, _ := emulate(t, emulator.Happy)
	t.Setenv("AWS_SECRET_ACCESS_KEY", "wrong")
	_, err := newClient(t, client.Options{}).ListBackendJobs(context.Background(), &wire.ListBackendJobsInput{
		AppID: emulator.SampleAppID, BackendEnvironmentName: emulator.SampleDev,
	})
	if client.Classify(err) != client.ClassCredentials {
		t.Errorf("class %q: %v (%s)", client.Classify(err), err, e.URL())
	}
}
