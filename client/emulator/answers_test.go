package emulator

import (
	"encoding/json"
	"os/exec"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// What the emulator answers has the members of its table, and no other.
func TestAnswersFitTheTable(t *testing.T) {
	for _, op := range operations {
		out := map[string]bool{}
		op.answer.each(AnswerMember{}, func(m AnswerMember) bool { out[m.Path] = true; return true })
		if len(out) == 0 {
			t.Errorf("%s has no members", op.name)
		}
	}
	for name, answer := range performAll(t) {
		op := operations[slices.IndexFunc(operations, func(op *operation) bool { return op.name == name })]
		if _, err := decode(answer, op.answer); err != nil {
			t.Errorf("%s: %v in %s", name, err, answer)
		}
	}
}

// performAll carries every operation of AmplifyBackend out.
func performAll(t *testing.T) map[string][]byte {
	t.Helper()
	now := sampleCreated.AddDate(1, 0, 0)
	b, err := Options{}.backend(now)
	if err != nil {
		t.Fatal(err)
	}
	answers := map[string][]byte{}
	job := ""
	for _, op := range operations {
		if op.service != amplifyBackend {
			continue
		}
		c := call{now: now, update: new(update), input: object{"resourceName": SampleResource}, labels: map[string]string{"appId": SampleAppID, "backendEnvironmentName": SampleProd, "jobId": job}}
		if op.name == "GetBackend" {
			c.input["backendEnvironmentName"] = SampleProd
		}
		out, err := op.run(b, c)
		if err != nil {
			t.Fatalf("%s: %v", op.name, err)
		}
		if op.name == updateOperation {
			job = out["jobId"].(string)
		}
		answers[op.name] = marshal(out)
	}
	return answers
}

func TestEditedMembers(t *testing.T) {
	given := object{"jobs": []object{{"jobId": "a", "other": 1.0}, {"jobId": "b"}}}
	got := listJobsAnswer.edited(AnswerMember{Operation: "x"}, given, func(m AnswerMember, value any) any {
		switch {
		case m.Path == "jobs[].jobId":
			return value.(string) + "!"
		case m == AnswerMember{Operation: "x", Path: "nextToken"}:
			return "more"
		}
		return value
	})
	want := object{"jobs": []any{object{"jobId": "a!", "other": 1.0}, object{"jobId": "b!"}}, "nextToken": "more"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(object{"jobs": []object{{"jobId": "a", "other": 1.0}, {"jobId": "b"}}}, given); diff != "" {
		t.Errorf("what was given changed: %s", diff)
	}
}

// model lists the members of AmplifyBackend's answers as the AWS CLI's own copy of the
// service model has them.
const model = `
import botocore.session, json
m = botocore.session.get_session().get_service_model('amplifybackend')
out = []
def walk(shape, path, op, code):
    if shape.type_name == 'structure':
        for name, member in shape.members.items():
            walk(member, (path + '.' if path else '') + member.serialization.get('name', name), op, code)
    elif shape.type_name == 'list':
        walk(shape.member, path + '[]', op, code)
    else:
        out.append({'Operation': op, 'Code': code, 'Path': path})
for op in ['UpdateBackendAPI', 'GetBackendAPI', 'GetBackendJob', 'ListBackendJobs', 'GetBackend']:
    walk(m.operation_model(op).output_shape, '', op, '')
    for error in m.operation_model(op).error_shapes:
        walk(error, '', op, error.name)
print(json.dumps(out))
`

func TestTheTableIsTheServiceModels(t *testing.T) {
	data, err := exec.Command("python3", "-c", model).Output()
	if err != nil {
		t.Skipf("needs python3 with botocore: %v", err)
	}
	var want []AnswerMember
	if err := json.Unmarshal(data, &want); err != nil {
		t.Fatal(err)
	}
	ours := map[AnswerMember]bool{}
	for m := range AnswerMembers() {
		if i := slices.IndexFunc(operations, func(op *operation) bool { return op.name == m.Operation }); operations[i].service == amplifyBackend {
			ours[m] = true
		}
	}
	theirs := map[AnswerMember]bool{}
	for _, m := range want {
		theirs[m] = true
	}
	if diff := cmp.Diff(theirs, ours); diff != "" {
		t.Error(diff)
	}
}
