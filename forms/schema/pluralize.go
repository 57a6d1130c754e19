package schema

import (
	"strings"
	"sync"
)

// The transformer names list and search queries by the plural of the model,
// made by the npm package pluralize (version 8). Two models whose names differ
// may share a plural, so the same English has to be spoken here.

// irregular holds the words that follow no rule.
var irregular = map[string]string{
	"i": "we", "me": "us", "he": "they", "she": "they", "them": "them", "myself": "ourselves",
	"yourself": "yourselves", "itself": "themselves", "herself": "themselves", "himself": "themselves",
	"themself": "themselves", "is": "are", "was": "were", "has": "have", "this": "these", "that": "those",
	"echo": "echoes", "dingo": "dingoes", "volcano": "volcanoes", "tornado": "tornadoes", "torpedo": "torpedoes",
	"genus": "genera", "viscus": "viscera", "stigma": "stigmata", "stoma": "stomata", "dogma": "dogmata",
	"lemma": "lemmata", "schema": "schemata", "anathema": "anathemata", "ox": "oxen", "axe": "axes", "die": "dice",
	"yes": "yeses", "foot": "feet", "eave": "eaves", "goose": "geese", "tooth": "teeth", "quiz": "quizzes",
	"human": "humans", "proof": "proofs", "carve": "carves", "valve": "valves", "looey": "looies", "thief": "thieves",
	"groove": "grooves", "pickaxe": "pickaxes", "passerby": "passersby",
	"thou": "you", "mouse": "mice", "louse": "lice", "titmouse": "titmice",
}

// alreadyPlural holds the plurals of the irregular words, and those words that
// have no other plural.
var alreadyPlural = func() map[string]bool {
	set := make(map[string]bool)
	for singular, plural := range irregular {
		if singular != "thou" {
			set[plural] = true
		}
	}
	for _, word := range strings.Fields(`adulthood advice agenda aid aircraft alcohol ammo analytics anime athletics audio bison
		blood bream buffalo butter carp cash chassis chess clothing cod commerce cooperation corps debris diabetes digestion elk
		energy equipment excretion expertise firmware flounder fun gallows garbage graffiti hardware headquarters health herpes
		highjinks homework housework information jeans justice kudos labour literature machinery mackerel mail media mews moose
		music mud manga news only personnel pike plankton pliers police pollution premises rain research rice salmon scissors
		series sewage shambles shrimp software species staff swine tennis traffic transportation trout tuna wealth welfare
		whiting wildebeest wildlife you`) {
		set[word] = true
	}
	return set
}()

// unchangedEndings are endings of words whose plural is the word itself.
var unchangedEndings = []string{"sheep", "pox", "ois", "ous", "measles", "fish", "deer", "pokemon"}

// ending is one rule: a word that ends in one of the stems followed by one of
// the tails gets the tail replaced.
type ending struct {
	stems, tails []string
	plural       string
}

// endings are tried in order; the first that matches decides.
var endings = []ending{
	{words(""), words("man men"), "men"},
	{words("eaux"), nil, ""},
	{words("child"), []string{"ren", ""}, "ren"},
	{words("pe"), words("rson ople"), "ople"},
	{words("matr cod mur sil vert ind append"), words("ix ex"), "ices"},
	{words("x ch ss sh zz"), nil, "es"},
	{monkeyStems, words("ey"), "ies"},
	{append(words("qu"), consonants("aeiouy")...), words("y"), "ies"},
	{words("kni wi li"), words("fe"), "ves"},
	{words("ar l ea eo oa hoo"), words("f"), "ves"},
	{words(""), words("sis"), "ses"},
	{words("apheli hyperbat periheli asyndet noumen phenomen criteri organ prolegomen hedr automat"), words("a on"), "a"},
	{words("agend addend millenni dat extrem bacteri desiderat strat candelabr errat ov symposi curricul automat quor"), words("a um"), "a"},
	{words("her at gr"), words("o"), "oes"},
	{words("seraph cherub"), []string{"im", ""}, "im"},
	{words("alumn alg vertebr"), words("a ae"), "ae"},
	{words("alumn syllab vir radi nucle fung cact stimul termin bacill foc uter loc strat"), words("us i"), "i"},
	{append(consonantsBefore("l", "ias"), words("alas elas ilas olas ulas eas jas zas ras iam uam")...), nil, ""},
	{words("emu enu"), []string{"s", ""}, "s"},
	{append(consonantsBefore("aou", "us"), words("alias tlas tmas gas ris")...), nil, "es"},
	{words("ax test"), words("is"), "es"},
	{consonantsBefore("aeiou", "ese"), nil, ""},
}

// endingsByLetter holds for each last letter the endings that a word with it
// can have, since most words have none.
var endingsByLetter = sync.OnceValue(func() *[256][]ending {
	var out [256][]ending
	for _, e := range endings {
		seen := make(map[byte]bool)
		for _, tail := range e.allTails() {
			for _, stem := range e.stems {
				whole := stem + tail
				if last := whole[len(whole)-1]; !seen[last] {
					seen[last] = true
					out[last] = append(out[last], e)
				}
			}
		}
	}
	return &out
})

// allTails are the tails of a rule; a rule without any only adds to the stem.
func (e ending) allTails() []string {
	if e.tails == nil {
		return noTail
	}
	return e.tails
}

var noTail = []string{""}

// monkeyStems are three letters before "ey" as in money, but not in honey.
var monkeyStems = func() []string {
	var out []string
	for _, first := range consonants("ch") {
		for _, vowel := range "ieo" {
			out = append(out, first+string(vowel)+"l", first+string(vowel)+"n")
		}
	}
	return out
}()

func words(s string) []string {
	if s == "" {
		return []string{""}
	}
	return strings.Fields(s)
}

// consonants are all characters of a name but those given.
func consonants(except string) []string {
	var out []string
	for _, c := range "abcdefghijklmnopqrstuvwxyz0123456789_" {
		if !strings.ContainsRune(except, c) {
			out = append(out, string(c))
		}
	}
	return out
}

func consonantsBefore(except, tail string) []string {
	out := consonants(except)
	for i := range out {
		out[i] += tail
	}
	return out
}

// pluralize is the plural of a GraphQL name.
func pluralize(word string) string {
	lower := strings.ToLower(word)
	if plural, ok := irregular[lower]; ok && !alreadyPlural[lower] {
		return matchCase(word, plural)
	}
	if word == "" || alreadyPlural[lower] {
		return word
	}
	for _, e := range unchangedEndings {
		if strings.HasSuffix(lower, e) {
			return word
		}
	}
	for _, e := range endingsByLetter()[lower[len(lower)-1]] {
		if begin, plural, ok := e.match(lower); ok {
			if e.plural == "" {
				return word
			}
			return word[:begin] + matchCase(word[begin:], plural)
		}
	}
	if last := word[len(word)-1:]; lower[len(lower)-1] != 's' {
		return word + matchCase(last, "s")
	}
	return word
}

// match reports where the rule's part of the word begins and what it becomes.
func (e ending) match(word string) (begin int, plural string, ok bool) {
	for _, tail := range e.allTails() {
		if !strings.HasSuffix(word, tail) {
			continue
		}
		rest := word[:len(word)-len(tail)]
		for _, stem := range e.stems {
			if strings.HasSuffix(rest, stem) {
				return len(rest) - len(stem), stem + e.plural, true
			}
		}
	}
	return 0, "", false
}

// matchCase writes the plural in the manner of the word: lower case, upper
// case or with a capital.
func matchCase(word, plural string) string {
	switch {
	case word == plural:
		return plural
	case word == strings.ToLower(word):
		return strings.ToLower(plural)
	case word == strings.ToUpper(word):
		return strings.ToUpper(plural)
	case word[:1] == strings.ToUpper(word[:1]):
		return strings.ToUpper(plural[:1]) + strings.ToLower(plural[1:])
	}
	return strings.ToLower(plural)
}
