package forms_test

import (
	"testing"
	"time"

	"ampedit/forms"
)

func TestExplain(t *testing.T) {
	for _, test := range []struct {
		name string
		scenario
		ref  func(*forms.Answers) forms.Ref
		want string
	}{
		{"days", edits(set(primary(forms.KeyExpiration), "30")), at(primary(forms.KeyExpiration)), "30 days: ends Tue 22 Dec 2026 12:00 UTC (13:00 CET)"},
		{"one day", edits(set(primary(forms.KeyExpiration), "1")), at(primary(forms.KeyExpiration)), "1 day: ends Mon 23 Nov 2026 12:00 UTC (13:00 CET)"},
		{"days after the end", edits(all(keyEnds(2*oneDay), set(primary(forms.KeyExpiration), "+28"))), at(primary(forms.KeyExpiration)), "30 days: ends Tue 22 Dec 2026 12:00 UTC (13:00 CET)"},
		{"a date after the end of life", edits(set(primary(forms.KeyExpiration), "2027-05-02")), at(primary(forms.KeyExpiration)),
			"162 days: ends Mon 3 May 2027 12:00 UTC (13:00 CET), after Gen 1's end of life on 1 May 2027"},
		{"no days", edits(set(primary(forms.KeyExpiration), "")), at(primary(forms.KeyExpiration)), "not sent: AppSync's own default, 7 days: ends Sun 29 Nov 2026 12:00 UTC (13:00 CET)"},
		{"zero days as read", scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":0}}}`, edit: all()}, at(primary(forms.KeyExpiration)),
			"0 stands for AppSync's own default, 7 days: ends Sun 29 Nov 2026 12:00 UTC (13:00 CET)"},
		{"half a day as read", scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":1.5}}}`, edit: all()}, at(primary(forms.KeyExpiration)), "1.5 days: ends Tue 24 Nov 2026 00:00 UTC (01:00 CET)"},
		{"days without a meaning", edits(set(primary(forms.KeyExpiration), "soon")), at(primary(forms.KeyExpiration)), ""},
		{"too many days", edits(set(primary(forms.KeyExpiration), "400")), at(primary(forms.KeyExpiration)), ""},
		{"lifetime in words", edits(setMore(1, forms.KeyAuthTTL, "1h")), atMore(1, forms.KeyAuthTTL), "sent as 3600000 (1 h)"},
		{"lifetime in words, as read", edits(setMore(1, forms.KeyIatTTL, "60m")), atMore(1, forms.KeyIatTTL), "sent as 3600000 (1 h)"},
		{"lifetime in milliseconds", edits(setMore(1, forms.KeyIatTTL, "93784005")), atMore(1, forms.KeyIatTTL), "1 d 2 h 3 m 4 s 5 ms"},
		{"no lifetime", edits(all()), atMore(1, forms.KeyAuthTTL), ""},
		{"lifetime without a meaning", edits(setMore(1, forms.KeyAuthTTL, "soon")), atMore(1, forms.KeyAuthTTL), ""},
		{"strategy as it is", edits(all()), at(strategy), "as it is: AUTOMERGE"},
		{"strategy as it is, none read", scenario{base: cognito, edit: all()}, at(strategy), "not sent: none was read"},
		{"strategy chosen", edits(set(strategy, "NONE")), at(strategy), ""},
		{"schema as it is", edits(all()), at(source), "as it is: 3 lines"},
		{"schema as it is, none read", scenario{edit: all()}, at(source), "not sent: none was read"},
		{"schema from a file", file("type A { a: Int }"), at(path), "1 line to send"},
		{"schema from a file, source", file("type A { a: Int }"), at(source), ""},
		{"schema not loaded", edits(set(source, forms.SourceFile)), at(path), ""},
		{"no pool", edits(setMore(0, forms.KeyUserPool, "")), atMore(0, forms.KeyUserPool), "not sent: Amplify uses the project's user pool"},
		{"no pool in a removed entry", edits(all(setMore(0, forms.KeyUserPool, ""), remove(0))), atMore(0, forms.KeyUserPool), ""},
		{"pool", edits(all()), atMore(0, forms.KeyUserPool), ""},
		{"white space around", edits(setMore(0, forms.KeyUserPool, " eu-west-1_A ")), atMore(0, forms.KeyUserPool), "sent without the white space around it: eu-west-1_A"},
		{"white space in a description", edits(set(primary(forms.KeyDescription), " a ")), at(primary(forms.KeyDescription)), ""},
		{"description emptied", edits(set(primary(forms.KeyDescription), "")), at(primary(forms.KeyDescription)), "sent as an empty text"},
		{"app id", edits(set(target(forms.KeyAppID), " d1 ")), at(target(forms.KeyAppID)), "sent without the white space around it: d1"},
		{"region", edits(set(target(forms.KeyRegion), " eu-west-1 ")), at(target(forms.KeyRegion)), ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, c := test.open(t)
			if got := forms.Explain(a, c, test.ref(a)); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func TestMarksAndStates(t *testing.T) {
	type mark = forms.Mark
	for _, test := range []struct {
		name string
		scenario
		ref   func(*forms.Answers) forms.Ref
		mark  forms.Mark
		state forms.State
	}{
		{"as read", edits(all()), at(primary(forms.KeyDescription)), mark{}, forms.Sent},
		{"changed", edits(set(primary(forms.KeyDescription), "b")), at(primary(forms.KeyDescription)), mark{forms.Changed, "web"}, forms.Sent},
		{"emptied", edits(set(primary(forms.KeyDescription), "")), at(primary(forms.KeyDescription)), mark{forms.Changed, "web"}, forms.SentEmpty},
		{"taken out", edits(setMore(1, forms.KeyIatTTL, "")), atMore(1, forms.KeyIatTTL), mark{forms.Removed, "3600000"}, forms.NotSent},
		{"put in", edits(setMore(1, forms.KeyAuthTTL, "1h")), atMore(1, forms.KeyAuthTTL), mark{Symbol: forms.Added}, forms.Sent},
		{"never there", edits(all()), atMore(1, forms.KeyAuthTTL), mark{}, forms.NotSent},
		{"the same in other words", edits(setMore(1, forms.KeyIatTTL, "1h")), atMore(1, forms.KeyIatTTL), mark{}, forms.Sent},
		{"renewed", edits(all(set(primary(forms.KeyExpiration), ""), set(primary(forms.KeyExpiration), "7"))), at(primary(forms.KeyExpiration)), mark{forms.Changed, "7"}, forms.Sent},
		{"another mode", edits(setMore(0, forms.KeyMode, "OPENID_CONNECT")), atMore(0, forms.KeyMode), mark{forms.Changed, "AMAZON_COGNITO_USER_POOLS"}, forms.Sent},
		{"strategy as it is", edits(all()), at(strategy), mark{}, forms.Sent},
		{"the same strategy", edits(set(strategy, "AUTOMERGE")), at(strategy), mark{}, forms.Sent},
		{"strategy", edits(set(strategy, "NONE")), at(strategy), mark{forms.Changed, "AUTOMERGE"}, forms.Sent},
		{"strategy, none read", scenario{base: cognito, edit: all()}, at(strategy), mark{}, forms.NotSent},
		{"strategy, the first", scenario{base: cognito, edit: set(strategy, "NONE")}, at(strategy), mark{Symbol: forms.Added}, forms.Sent},
		{"schema", file("type A { a: Int }"), at(source), mark{forms.Changed, "3 lines"}, forms.Sent},
		{"the same schema", file("type Note @model {\n  id: ID!\n}\n"), at(source), mark{}, forms.Sent},
		{"the schema's path", file("type A { a: Int }"), at(path), mark{}, forms.NoMember},
		{"API name", edits(set(target(forms.KeyAPIName), "b")), at(target(forms.KeyAPIName)), mark{forms.Changed, "notes"}, forms.Sent},
		{"app id", edits(set(target(forms.KeyAppID), "d2")), at(target(forms.KeyAppID)), mark{}, forms.Sent},
		{"app id empty", edits(set(target(forms.KeyAppID), "")), at(target(forms.KeyAppID)), mark{}, forms.SentEmpty},
		{"region", edits(set(target(forms.KeyRegion), "eu-west-1")), at(target(forms.KeyRegion)), mark{}, forms.NoMember},
		{"of a removed entry", edits(remove(0)), atMore(0, forms.KeyUserPool), mark{forms.Removed, "eu-west-1_AbCdEfGhi"}, forms.NotSent},
		{"nothing read", scenario{edit: set(primary(forms.KeyMode), "API_KEY")}, at(primary(forms.KeyMode)), mark{}, forms.Sent},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, c := test.open(t)
			if got := forms.Was(a, c, test.ref(a)); got != test.mark {
				t.Errorf("marked %q %q, want %q %q", got.Symbol, got.Old, test.mark.Symbol, test.mark.Old)
			}
			if got := forms.SentState(a, c, test.ref(a)); got != test.state {
				t.Errorf("the state is %q, want %q", got, test.state)
			}
		})
	}
}

func TestEntryMarks(t *testing.T) {
	a, c := opened(t, notes)
	a.Set(more(a.More[1], forms.KeyClientID), "web|ios")
	a.More[2].Removed = true
	a.Add("API_KEY")
	a.Add("AWS_IAM").Removed = true
	want := []forms.Symbol{forms.Unchanged, forms.Changed, forms.Removed, forms.Added, forms.Unchanged}
	for i, e := range a.More {
		if got := forms.EntryMark(e, c); got != want[i] {
			t.Errorf("entry %d is marked %q, want %q", i, got, want[i])
		}
	}
}

func TestChangedFieldsAreCountedByStep(t *testing.T) {
	a, c := opened(t, notes)
	a.Set(target(forms.KeyAPIName), "memos")
	a.Set(primary(forms.KeyDescription), "b")
	a.Set(primary(forms.KeyExpiration), "30")
	a.Set(strategy, "NONE")
	fromFile(a, &c, "type A { a: Int }")
	a.Move(a.More[0].ID, 1)
	a.Add("API_KEY")
	for step, want := range map[forms.Step]int{
		forms.StepTarget: 1, forms.StepDefault: 2, forms.StepMore: 2, forms.StepConflicts: 1, forms.StepSchema: 1,
	} {
		if got := forms.ChangedFields(a, c, step); got != want {
			t.Errorf("%s: %d, want %d", step.Title(), got, want)
		}
		if got := forms.ChangedFields(a, forms.Context{Now: noon}, step); got != 0 {
			t.Errorf("%s without a configuration: %d", step.Title(), got)
		}
	}
}

func TestKeyChange(t *testing.T) {
	const iam = `{"defaultAuthType":{"mode":"AWS_IAM"}}`
	soon := keyEnds(3 * oneDay)
	for _, test := range []struct {
		name string
		scenario
		want forms.KeyPlan // without Old and New
		old  string
		new  string
	}{
		{"untouched, present end known", edits(soon), forms.KeyPlan{Days: 7, Restart: true, Extends: true}, "2026-11-25T12:00:00Z", "2026-11-29T12:00:00Z"},
		{"untouched, present end not known", edits(all()), forms.KeyPlan{Days: 7, Restart: true}, "", "2026-11-29T12:00:00Z"},
		{"untouched, but an earlier end", edits(keyEnds(20 * oneDay)), forms.KeyPlan{Days: 7, Restart: true, Shortens: true}, "2026-12-12T12:00:00Z", "2026-11-29T12:00:00Z"},
		{"more days", edits(set(primary(forms.KeyExpiration), "30")), forms.KeyPlan{Days: 30, Restart: true, Extends: true}, "", "2026-12-22T12:00:00Z"},
		{"fewer days", edits(set(primary(forms.KeyExpiration), "2")), forms.KeyPlan{Days: 2, Restart: true, Shortens: true}, "", "2026-11-24T12:00:00Z"},
		{"days not sent", edits(set(primary(forms.KeyExpiration), "")), forms.KeyPlan{Days: 7, Assumed: true, Restart: true}, "", "2026-11-29T12:00:00Z"},
		{"days not understood", edits(all(soon, set(primary(forms.KeyExpiration), "soon"))), forms.KeyPlan{Restart: true}, "2026-11-25T12:00:00Z", ""},
		{"a new key", scenario{base: iam, edit: all(soon, add("API_KEY", nil))}, forms.KeyPlan{Days: 7, Assumed: true}, "", "2026-11-29T12:00:00Z"},
		{"nothing read", scenario{edit: set(primary(forms.KeyMode), "API_KEY")}, forms.KeyPlan{Days: 7, Assumed: true, Restart: true}, "", "2026-11-29T12:00:00Z"},
		{"days out of range, as read", scenario{base: `{"defaultAuthType":{"mode":"API_KEY","settings":{"expirationTime":1e300}}}`, edit: all()}, forms.KeyPlan{Days: 1e300, Restart: true}, "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			a, c := test.open(t)
			got, ok := forms.KeyChange(a, c)
			if !ok {
				t.Fatal("no API key found")
			}
			if e, want := a.Entry(got.Ref.Entry), got.Ref.Step == forms.StepMore; (e != nil) != want || got.Ref.Key != forms.KeyExpiration {
				t.Errorf("points to %+v", got.Ref)
			}
			if o, n := moment(got.Old), moment(got.New); o != test.old || n != test.new {
				t.Errorf("ends %q, then %q; want %q, then %q", o, n, test.old, test.new)
			}
			got.Ref, got.Old, got.New = forms.Ref{}, time.Time{}, time.Time{}
			if got != test.want {
				t.Errorf("got %+v, want %+v", got, test.want)
			}
		})
	}
	a, c := opened(t, iam)
	a.Add("API_KEY").Removed = true
	if plan, ok := forms.KeyChange(a, c); ok {
		t.Errorf("an API key without one: %+v", plan)
	}
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339)
}
