package project

import (
	"strings"

	"ampedit/client/wire"
)

// conflictStrategy returns the project-wide conflict resolution strategy and
// reports those parts of the setting that a request cannot carry.
func (s sources) conflictStrategy() Fact[string] {
	resolver := s.api.transform.node(s.report).at("ResolverConfig")
	s.perModel(s.stated().at("conflictResolution"), resolver)

	stated := s.statedStrategy()
	compiled := resolver.at("project", "ConflictHandler").name()
	if stated.Known() && s.api.transform.state == intact && stated.Value != or(compiled.Value, string(wire.StrategyNone)) {
		s.add(StrategyDiffers, stated.File, "The file states the conflict strategy %s, and %s states %s; the latter is what Amplify compiles.",
			stated.Value, s.api.transform.file, or(compiled.Value, string(wire.StrategyNone)))
	}
	strategy := stated.or(compiled).or(s.noStrategy())
	switch known := wire.ResolutionStrategy(strategy.Value); {
	case !strategy.Known():
	case known == wire.StrategyLambda:
		s.add(LambdaResolver, strategy.File, "Conflicts are resolved by a Lambda function. A request can say LAMBDA but not which function.")
	case !known.Known():
		s.add(UnknownStrategy, strategy.File, "The conflict strategy %q is not one that a request can carry.", strategy.Value)
	}
	return strategy
}

// statedStrategy returns the strategy in cli-inputs.json. There, a setting
// without a strategy for the whole project switches conflict detection off.
func (s sources) statedStrategy() Fact[string] {
	setting := s.stated().at("conflictResolution")
	if _, ok := setting.object(); !ok {
		return Fact[string]{}
	}
	if strategy := setting.at("defaultResolutionStrategy"); strategy.exists() {
		return strategy.at("type").name()
	}
	return Fact[string]{string(wire.StrategyNone), setting.file}
}

// noStrategy returns NONE when the files that would hold a strategy were read.
// A file that could not be read may hold one.
func (s sources) noStrategy() Fact[string] {
	none := string(wire.StrategyNone)
	switch s.api.transform.state {
	case intact:
		return Fact[string]{none, s.api.transform.file}
	case missing:
		if stated := s.stated(); stated.exists() {
			return Fact[string]{none, stated.file}
		}
	}
	return Fact[string]{}
}

// perModel reports strategies of single models.
func (s sources) perModel(setting, resolver node) {
	var models []string
	overrides, _ := setting.at("perModelResolutionStrategy").list()
	for _, override := range overrides {
		models = append(models, clean(or(override.at("entityName").text().Value, "(no name)")))
	}
	file := setting.file
	if len(models) == 0 {
		models, file = resolver.at("models").keys(), resolver.file
	}
	if len(models) > 0 {
		s.add(PerModelStrategy, file, "Single models have a conflict strategy of their own: %s. A request cannot say so: sending one may remove this.",
			strings.Join(models, ", "))
	}
}

// or returns text, or other when text is empty.
func or(text, other string) string {
	if text != "" {
		return text
	}
	return other
}
