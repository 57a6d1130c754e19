package forms

import "ampedit/client/wire"

// StrategyKeep is the answer that leaves conflict resolution as it is.
const StrategyKeep = ""

func conflictFields(a *Answers) []Field {
	f := Field{
		Key: KeyStrategy, Label: "Strategy", Kind: KindChoice,
		Help: "What happens when two clients change the same row of a DataStore model. Switching it on adds _version, _deleted and _lastChangedAt to every model and makes deletes soft; switching it off takes them away again. AWS advises to switch only APIs without data.",
		Options: []Option{
			{Value: StrategyKeep, Label: "As it is", Help: "Sends the strategy that was read; if none was read, the member is not sent."},
			{Value: string(wire.StrategyAutomerge), Label: "Automerge", Help: "AppSync merges fields that do not conflict and lets lists grow; for single values the server's wins. DataStore clients need no code for it."},
			{Value: string(wire.StrategyOptimisticConcurrency), Label: "Optimistic concurrency", Help: "A mutation whose _version is not the latest is refused. DataStore clients must handle the refusal."},
			{Value: string(wire.StrategyLambda), Label: "Lambda", Help: "A Lambda function decides. This API has no member for the function, so what the service does with it is not documented: it may refuse, or make a function of its own."},
			{Value: string(wire.StrategyNone), Label: "None", Help: "No conflict detection: DataStore is off. Clients that still use DataStore break at once, deletes become hard, rows deleted before come back. After switching on again, rows written meanwhile are inaccessible."},
		},
	}
	if s := a.Conflict.Text(KeyStrategy); !wire.ResolutionStrategy(s).Known() && s != StrategyKeep {
		f.Options = append(f.Options, Option{Value: s, Label: s, Help: "The service returned this strategy, but its model does not list it. It is sent back as it was read."})
	}
	return []Field{f}
}
