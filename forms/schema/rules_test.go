package schema_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"ampedit/forms/schema"
)

func TestEachRuleFindsItsMistakeAndNothingInTheCorrection(t *testing.T) {
	for _, rule := range schema.Rules() {
		t.Run(rule.Code, func(t *testing.T) {
			fails, passes := rule.Fails, rule.Passes
			if rule.Code == "D009" { // too large to print
				passes = "type Note @model { id: ID! }\n"
				fails = passes + strings.Repeat("# filling\n", 40_000)
			}
			if rule.Code == "D012" {
				passes = "type Note @model { id: ID! }\n"
				fails = "type Note {" + strings.Repeat(" x: Int", 1001) + " }"
			}
			if p := findRule(check(t, "fails", fails, rule.Config), rule.Code); p == nil {
				t.Errorf("the failing example has no %s: %v", rule.Code, check(t, "fails", fails, rule.Config))
			} else if p.Severity != rule.Severity {
				t.Errorf("severity %v, want %v", p.Severity, rule.Severity)
			}
			problems := check(t, "passes", passes, rule.Config)
			if findRule(problems, rule.Code) != nil || schema.Errors(problems) > 0 {
				t.Errorf("the passing example has %v", problems)
			}
			if rule.Title == "" || rule.Explanation == "" || strings.Contains(rule.Explanation, "```") {
				t.Errorf("incomplete: %+v", rule)
			}
		})
	}
}

func findRule(problems []schema.Problem, code string) *schema.Problem {
	for i := range problems {
		if problems[i].Rule == code {
			return &problems[i]
		}
	}
	return nil
}

// TestRulesAndCodeAgree finds codes that are reported but not explained, and
// the reverse.
func TestRulesAndCodeAgree(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	used := make(map[string]bool)
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`"([A-Z]\d{3})"`).FindAllStringSubmatch(string(text), -1) {
			used[m[1]] = true
		}
	}
	for _, rule := range schema.Rules() {
		if !used[rule.Code] {
			t.Errorf("%s is explained but never reported", rule.Code)
		}
		delete(used, rule.Code)
	}
	for code := range used {
		t.Errorf("%s is reported but not explained", code)
	}
}

func TestFindRuleTakesSmallLetters(t *testing.T) {
	if r, ok := schema.FindRule(" a010 "); !ok || r.Code != "A010" {
		t.Errorf("FindRule = %+v, %v", r, ok)
	}
	if _, ok := schema.FindRule("Z999"); ok {
		t.Error("there is no Z999")
	}
}
