package ui_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	tea "github.com/charmbracelet/bubbletea"

	"ampedit/client/emulator"
	"ampedit/ui/uitest"
)

// bigSchema returns a valid schema of about n bytes.
func bigSchema(n int) string {
	var b strings.Builder
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "type Type%d @model @auth(rules: [{ allow: owner }]) {\n  id: ID!\n", i)
		for f := range 20 {
			fmt.Fprintf(&b, "  field%d: String\n", f)
		}
		b.WriteString("}\n\n")
	}
	return b.String()
}

// quote writes a text as it stands in JSON.
func quote(text string) string {
	data, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(data)
}

// BenchmarkKeyToView measures what a key costs until the screen is drawn, on each
// page with a schema of 1 MB that replaces another of 1 MB.
func BenchmarkKeyToView(b *testing.B) {
	deployed := bigSchema(1 << 20)
	apps := emulator.SampleApps(begin)
	for i := range apps[0].Environments {
		e := &apps[0].Environments[i]
		config := e.APIs[emulator.SampleResource]
		e.APIs = map[string]string{emulator.SampleResource: strings.Replace(config, quote(emulator.SampleSchema), quote(deployed), 1)}
	}
	disk := fstest.MapFS{"schema.graphql": {Data: []byte(strings.Replace(deployed, "field7", "renamed", 40))}}
	for _, place := range []struct {
		name  string
		keys  []string
		reach func(p *program)
	}{
		{"default", []string{"x", "backspace"}, func(p *program) { p.into("2"); p.Press("tab") }},
		{"more", []string{"down", "up"}, func(p *program) { p.into("3") }},
		{"path", []string{"x", "backspace"}, func(p *program) { p.into("5"); p.Press("tab") }},
		{"pager", []string{"pgdown", "down"}, func(p *program) { p.to("5"); p.Press("shift+tab", "left", "enter") }},
		{"plan", []string{"down", "up"}, func(p *program) { p.into("6") }},
		{"diff", []string{"pgdown", "down"}, func(p *program) { p.into("6"); p.Press("right") }},
		{"request", []string{"pgdown", "down"}, func(p *program) { p.into("6"); p.Press("right", "right") }},
	} {
		b.Run(place.name, func(b *testing.B) {
			p := start(b, setup{w: 120, h: 40, disk: disk, emulator: emulator.Options{Apps: apps}})
			p.into("5")
			p.Press("right", "tab")
			p.Paste("schema.graphql")
			p.Want("1 warning; ")
			place.reach(p)
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				p.app.Update(uitest.Key(place.keys[i%len(place.keys)]))
				p.app.View()
			}
		})
	}
}

// BenchmarkResize measures a change of the screen's size until it is drawn.
func BenchmarkResize(b *testing.B) {
	p := start(b, setup{w: 120, h: 40})
	p.into("2")
	b.ReportAllocs()
	b.ResetTimer()
	for i := range b.N {
		p.app.Update(tea.WindowSizeMsg{Width: 100 + i%20, Height: 40})
		p.app.View()
	}
}
