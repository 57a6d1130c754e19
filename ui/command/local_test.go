package command

import (
	"os"
	"testing"
	"time"

	"ampedit/client/project"
	"ampedit/ui/edit"
)

func TestLocalProjectAsBase(t *testing.T) {
	dir := t.TempDir()
	if err := os.CopyFS(dir, sampleProject()); err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, time.November, 3, 9, 30, 0, 0, time.UTC)
	opened := 0
	local := localBase(func() (*project.Project, error) {
		opened++
		return project.Open(dir)
	}, func() time.Time { return now })
	if opened != 0 {
		t.Error("the project is read before anybody asks")
	}
	target := edit.Target{AppID: "dproject", Environment: "dev", ResourceName: "notes"}
	b := local(target)
	if b == nil || !b.Local || b.Target != target || !b.Read.Equal(now) {
		t.Fatalf("the base is %+v", b)
	}
	if b.Config.TransformSchema == nil || *b.Config.TransformSchema != "type A @model { id: ID! }" {
		t.Errorf("the schema is %v", b.Config.TransformSchema)
	}
	for name, other := range map[string]edit.Target{
		"app":         {AppID: "dother", Environment: "dev", ResourceName: "notes"},
		"environment": {AppID: "dproject", Environment: "qa", ResourceName: "notes"},
		"resource":    {AppID: "dproject", Environment: "dev", ResourceName: "todos"},
	} {
		if b := local(other); b != nil {
			t.Errorf("another %s: the base is %+v", name, b)
		}
	}
	none := localBase(func() (*project.Project, error) { return nil, project.ErrNoProject }, time.Now)
	if b := none(target); b != nil {
		t.Errorf("without a project the base is %+v", b)
	}
}
