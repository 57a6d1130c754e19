package forms

import (
	"fmt"
	"strings"

	"ampedit/client/wire"
)

// strategy compares the conflict resolution strategies.
func (d *differ) strategy() {
	d.unlistedMembers("conflictResolution.", unlistedOf(d.base), unlistedOf(d.wanted), At(StepConflicts, KeyStrategy))
	old, wanted := strategyOf(d.base), strategyOf(d.wanted)
	if samePointee(old, wanted) {
		return
	}
	change := Change{
		Symbol: symbolOf(old != nil, wanted != nil), Path: "conflictResolution.resolutionStrategy",
		Old: quoted((*string)(old)), New: quoted((*string)(wanted)), Ref: At(StepConflicts, KeyStrategy),
	}
	var before, after wire.ResolutionStrategy
	if old != nil {
		before = *old
	}
	if wanted != nil {
		after = *wanted
	}
	change.Risk, change.Why = strategyRisk(before, after)
	d.add(change)
}

func strategyOf(config *wire.ResourceConfig) *wire.ResolutionStrategy {
	if config.ConflictResolution == nil {
		return nil
	}
	return config.ConflictResolution.ResolutionStrategy
}

// unlistedOf are the members of the conflict resolution that the service model does
// not know.
func unlistedOf(config *wire.ResourceConfig) wire.Members {
	if config.ConflictResolution == nil {
		return nil
	}
	return config.ConflictResolution.Unknown
}

const notSent = "The member is no longer there. What the service does then is not documented: it may keep what it has."

// strategyRisk tells what a switch does to DataStore's clients and rows. A
// strategy that was not read may be any.
func strategyRisk(old, wanted wire.ResolutionStrategy) (Risk, string) {
	const switchedOn = "Every model gains _version, _deleted and _lastChangedAt, and deletes become soft. Rows that were written without these members are inaccessible until they are filled; AWS advises to switch only APIs without data."
	switch {
	case wanted == "":
		return Caution, notSent
	case wanted == wire.StrategyNone:
		return Destructive, "DataStore is switched off: clients that use it break at once, _version, _deleted and _lastChangedAt vanish, deletes become hard, and rows deleted before come back. After switching on again, rows written meanwhile are inaccessible."
	case old == wire.StrategyNone:
		return Destructive, "DataStore is switched on. " + switchedOn
	case old == "":
		return Destructive, "Whether DataStore is on was not read. If this switches it on: " + strings.ToLower(switchedOn[:1]) + switchedOn[1:]
	case old == wire.StrategyLambda:
		return Destructive, "The Lambda function that resolves conflicts now is dropped; this API has no member to bring it back."
	case !old.Known():
		return Destructive, fmt.Sprintf("The service model does not list the strategy %q: once dropped it cannot be brought back from here.", printable(string(old)))
	case wanted == wire.StrategyLambda:
		return Breaking, "This API has no member for the Lambda function, so what the service does with LAMBDA is not documented: it may refuse, or make a function of its own."
	case wanted == wire.StrategyOptimisticConcurrency:
		return Caution, "A mutation with an old _version is refused from now on: DataStore clients must handle the refusal. Strategies of single models, which this API cannot say, may be lost."
	}
	return Caution, "Conflicting mutations are merged from now on, no longer refused. Strategies of single models, which this API cannot say, may be lost."
}

// schema compares the schema texts by lines.
func (d *differ) schema() {
	old, wanted := d.base.TransformSchema, d.wanted.TransformSchema
	if samePointee(old, wanted) {
		return
	}
	change := Change{
		Symbol: symbolOf(old != nil, wanted != nil), Path: "transformSchema", Old: lineCount(old), New: lineCount(wanted),
		Risk: Caution, Ref: At(StepSchema, KeySchemaPath),
		Why: "The schema is replaced as a whole. A model that is missing from the new text loses its table and its data.",
	}
	switch {
	case wanted == nil:
		change.Why = notSent
	case old == nil:
		change.Why = d.unread("schema") + " A model that is missing from the text loses its table and its data."
	}
	d.add(change)
}

func lineCount(text *string) string {
	if text == nil {
		return ""
	}
	n := strings.Count(strings.TrimSuffix(*text, "\n"), "\n") + 1
	switch {
	case *text == "":
		return "empty"
	case n == 1:
		return "1 line"
	}
	return fmt.Sprintf("%d lines", n)
}

func lines(text string) int {
	n := strings.Count(text, "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		n++
	}
	return n
}
