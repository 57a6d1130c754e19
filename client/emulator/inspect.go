package emulator

// Jobs returns the jobs of an environment, oldest first, without a request: for
// tests that count what a client has caused. It returns nil when there is no
// such environment.
func (e *Emulator) Jobs(appID, environmentName string) []Job {
	e.mu.Lock()
	defer e.mu.Unlock()
	env, err := e.look(appID, environmentName)
	if err != nil {
		return nil
	}
	jobs := make([]Job, len(env.jobs))
	for i, j := range env.jobs {
		jobs[i] = j.Job
	}
	return jobs
}

// Deployed returns the configuration of a resource that is in effect now, as
// JSON with sorted members, without a request. It returns "" when there is no
// such resource.
func (e *Emulator) Deployed(appID, environmentName, resourceName string) string {
	e.mu.Lock()
	defer e.mu.Unlock()
	env, err := e.look(appID, environmentName)
	if err != nil {
		return ""
	}
	r, err := env.resource(resourceName)
	if err != nil {
		return ""
	}
	return string(marshal(r.config))
}

// look finds an environment as it is now. The mutex is held.
func (e *Emulator) look(appID, environmentName string) (*environment, error) {
	now := e.clock.Now()
	if err := e.backend.happen(now); err != nil {
		return nil, err
	}
	return e.backend.environment(appID, environmentName, now)
}
