package project

import (
	"cmp"
	"strings"

	"ampedit/client/wire"
)

// conflictStrategy returns the project-wide conflict resolution strategy and
// reports those parts of the setting that a request cannot carry, and two files
// that say different things. Amplify takes what cli-inputs.json states, and what
// transform.conf.json holds only where that states nothing.
func (s sources) conflictStrategy() Fact[string] {
	resolver := s.api.transform.node(s.report).at("ResolverConfig")
	setting := s.stated().at("conflictResolution")
	s.perModel(setting, resolver)
	if s.api.inputs.state == damaged {
		return Fact[string]{} // which may state another than transform.conf.json
	}
	strategy := s.compiledStrategy(resolver)
	if statesConflicts(setting) {
		compiled := strategy
		strategy = s.statedStrategy(setting)
		if strategy.Known() && s.api.transform.state == intact && strategy.Value != compiled.Value {
			s.addAt(StrategyDiffers, strategy.Place, "The file states the conflict strategy %s, and this is what Amplify takes. %s says %s, which does not count.",
				strategy.Value, s.api.transform.file, compiled.Value)
		}
		if models := resolver.at("models"); len(models.keys()) > 0 && !setting.at("perModelResolutionStrategy").exists() {
			models.say(StrategyDiffers, "The file has conflict strategies for single models, which do not count: Amplify takes what %s states, and that has none.", s.api.inputs.file)
		}
	} else if setting.exists() && strategy.Known() && strategy.Value != string(wire.StrategyNone) {
		s.addAt(StrategyDiffers, setting.place(), "The setting states no conflict strategy, so Amplify takes %s from %s.", strategy.Value, s.api.transform.file)
	}
	switch known := wire.ResolutionStrategy(strategy.Value); {
	case !strategy.Known():
	case known == wire.StrategyLambda:
		s.addAt(LambdaResolver, strategy.Place, "Conflicts are resolved by a Lambda function. A request can say LAMBDA but not which function.")
	case !known.Known():
		s.addAt(UnknownStrategy, strategy.Place, "The conflict strategy %q is not one that a request can carry.", strategy.Value)
	}
	return strategy
}

// statesConflicts reports whether the setting of cli-inputs.json decides. Left out,
// or without any of the two members that Amplify reads, it does not.
func statesConflicts(setting node) bool {
	members, _ := setting.object()
	return members["defaultResolutionStrategy"] != nil || members["perModelResolutionStrategy"] != nil
}

// statedStrategy returns the strategy in a setting of cli-inputs.json that decides.
// With strategies of single models alone, conflict detection is off for the others.
func (s sources) statedStrategy(setting node) Fact[string] {
	strategy := setting.at("defaultResolutionStrategy")
	if !strategy.exists() {
		return Fact[string]{string(wire.StrategyNone), setting.place()}
	}
	name := strategy.at("type").name()
	if !name.Known() {
		strategy.say(strategy.misfit(), "%q has no type, so the conflict strategy is not known.", strategy.path)
	}
	return name
}

// compiledStrategy returns what transform.conf.json says; NONE if the files that
// would hold a strategy were read and none does. A file that could not be read may
// hold one.
func (s sources) compiledStrategy(resolver node) Fact[string] {
	const none = string(wire.StrategyNone)
	switch s.api.transform.state {
	case intact:
		return resolver.at("project", "ConflictHandler").name().or(Fact[string]{none, Place{File: s.api.transform.file}})
	case missing:
		if stated := s.stated(); stated.exists() {
			return Fact[string]{none, stated.place()}
		}
	}
	return Fact[string]{}
}

// perModel reports strategies of single models.
func (s sources) perModel(setting, resolver node) {
	var models []string
	list := setting.at("perModelResolutionStrategy")
	overrides, _ := list.list()
	for _, override := range overrides {
		models = append(models, clean(cmp.Or(override.at("entityName").text().Value, "(no name)")))
	}
	if len(models) == 0 && !statesConflicts(setting) {
		list = resolver.at("models")
		models = list.keys()
	}
	if len(models) > 0 {
		list.say(PerModelStrategy, "Single models have a conflict strategy of their own: %s. A request cannot say so: sending one may remove this.",
			strings.Join(models, ", "))
	}
}
