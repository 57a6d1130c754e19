package schema

import "testing"

// The expected plurals are those of the npm package pluralize 8.0.0.
func TestPluralize(t *testing.T) {
	for word, want := range map[string]string{
		"": "", "Todo": "Todos", "Post": "Posts", "Posts": "Posts", "Category": "Categories", "Key": "Keys", "Money": "Monies", "Honey": "Honeys",
		"Person": "People", "SalesPerson": "SalesPeople", "Child": "Children", "Children": "Children", "Mouse": "Mice", "BlogMouse": "BlogMouses",
		"Status": "Statuses", "Bus": "Buses", "Box": "Boxes", "Quiz": "Quizzes", "BlogQuiz": "BlogQuizs", "Knife": "Knives", "Leaf": "Leaves", "Roof": "Roofs",
		"Criterion": "Criteria", "Datum": "Data", "Media": "Media", "News": "News", "Sheep": "Sheep", "Series": "Series", "Index": "Indices",
		"Analysis": "Analyses", "Hero": "Heroes", "Photo": "Photos", "Schema": "Schemata", "BlogSchema": "BlogSchemas", "Human": "Humans", "Woman": "Women",
		"Alias": "Aliases", "Bias": "Bias", "Virus": "Viri", "Radius": "Radii", "Japanese": "Japanese", "A": "AS", "API": "APIS", "Model1": "Model1s",
		"my_": "my_s", "thou": "you", "axis": "axes", "Menu": "Menus", "Cactus": "Cacti", "Alumna": "Alumnae", "Seraph": "Seraphim", "X1Ias": "X1Ias",
	} {
		if got := pluralize(word); got != want {
			t.Errorf("pluralize(%q) = %q, want %q", word, got, want)
		}
	}
}
