// Package keys holds every key binding of the program. Help texts are made from
// these bindings and from nothing else.
package keys

import "github.com/charmbracelet/bubbles/key"

// all are the bindings below, in their order.
var all []key.Binding

func bind(help, does string, names ...string) key.Binding {
	b := key.NewBinding(key.WithKeys(names...), key.WithHelp(help, does))
	all = append(all, b)
	return b
}

// All returns every binding of the program.
func All() []key.Binding { return all }

// Everywhere.
var (
	Help      = bind("? F1", "all keys", "?", "f1")
	HelpCtrl  = bind("ctrl+g", "all keys", "ctrl+g", "f1")
	Leave     = bind("ctrl+c", "leave", "ctrl+c")
	Quit      = bind("q", "leave", "q")
	Suspend   = bind("ctrl+z", "suspend", "ctrl+z")
	Back      = bind("esc", "back", "esc")
	NextStop  = bind("tab", "next", "tab")
	PrevStop  = bind("shift+tab", "previous", "shift+tab")
	NextStep  = bind("ctrl+n", "next step", "ctrl+n")
	PrevStep  = bind("ctrl+p", "previous step", "ctrl+p")
	Digit     = bind("1-7", "go to step", "1", "2", "3", "4", "5", "6", "7")
	Continue  = bind("ctrl+s", "continue", "ctrl+s")
	TakeFix   = bind("ctrl+t", "take the fix", "ctrl+t", "f2")
	Restore   = bind("ctrl+r", "deployed value", "ctrl+r", "f4")
	ReadAgain = bind("R", "read deployed again", "R")
	History   = bind("H", "history", "H")
	Login     = bind("F5", "log in", "f5")
	Drift     = bind("D", "checkout against deployed", "D")
	Origins   = bind("i", "where from", "i")
	Notes     = bind("N", "notes on the file", "N")
	Editor    = bind("ctrl+o", "open in editor", "ctrl+o")
)

// On the stepper.
var (
	Steps     = bind("←→ 1-7", "steps", "left", "right", "1", "2", "3", "4", "5", "6", "7")
	StepLeft  = bind("←", "step before", "left")
	StepRight = bind("→", "step after", "right")
	StepOpen  = bind("enter", "into the page", "enter", "down")
)

// In fields.
var (
	Enter        = bind("enter", "next field", "enter")
	Choose       = bind("←→", "choose", "left", "right", "up", "down")
	ChoosePrev   = bind("←", "choice before", "left", "up")
	ChooseNext   = bind("→", "choice after", "right", "down")
	SuggestUp    = bind("↑", "suggestion before", "up")
	SuggestDown  = bind("↓", "suggestion after", "down")
	Suggest      = bind("↑↓", "choose", "up", "down")
	Accept       = bind("→", "accept suggestion", "right")
	OpenList     = bind("→", "list", "right")
	PressButton  = bind("enter", "press", "enter", " ")
	OpenSchema   = bind("v", "view the schema", "v")
	CheckIssuer  = bind("F3", "check the issuer", "f3")
	ButtonsLeft  = bind("←", "button before", "left")
	ButtonsRight = bind("→", "button after", "right")
)

// In lists.
var (
	UpDown   = bind("↑↓", "select", "up", "down", "k", "j")
	Up       = bind("↑", "up", "up", "k")
	Down     = bind("↓", "down", "down", "j")
	Open     = bind("enter", "open", "enter")
	Add      = bind("a", "add", "a")
	Edit     = bind("e", "edit", "e", "enter")
	Delete   = bind("d", "delete", "d")
	Undo     = bind("u", "undo delete", "u")
	MoveUp   = bind("K", "move up", "K", "shift+up")
	MoveDown = bind("J", "move down", "J", "shift+down")
)

// On Review, Job and in the pager.
var (
	Tabs       = bind("←→", "tabs", "left", "right", "h", "l")
	NextTab    = bind("→", "next tab", "right", "l")
	PrevTab    = bind("←", "tab before", "left", "h")
	GoTo       = bind("enter", "go to the field", "enter")
	WatchOther = bind("o", "watch the running job", "o")
	PassOver   = bind("x", "pass over the running job…", "x")
	SaveFile   = bind("S", "save the file", "S")
	ViewLine   = bind("enter", "view at the line", "enter")
	Copy       = bind("y", "copy", "y")
	Write      = bind("w", "write to a file", "w")
	Approve    = bind("ctrl+s", "approve…", "ctrl+s")
	PageUp     = bind("pgup", "page up", "pgup", "b")
	PageDown   = bind("pgdn", "page down", "pgdown", " ", "f")
	Top        = bind("g", "top", "g", "home")
	Bottom     = bind("G", "bottom", "G", "end")
	Search     = bind("/", "search", "/")
	SearchNext = bind("n", "next match", "n")
	SearchPrev = bind("N", "match before", "N")
	NextFault  = bind("n", "next problem", "n")
	PrevFault  = bind("N", "problem before", "N")
	Close      = bind("esc", "close", "esc", "q")
)

// In dialogs.
var (
	Yes          = bind("y", "yes", "y")
	No           = bind("n esc", "no", "n", "esc")
	DialogPress  = bind("enter", "press the button", "enter")
	DialogMove   = bind("←→", "other button", "right", "tab", "left", "shift+tab")
	DialogBefore = bind("←", "button before", "left", "shift+tab")
	DialogNo     = bind("esc", "do not send", "esc")
	DialogSend   = bind("enter", "send", "enter")
	CodeGive     = bind("enter", "give the code", "enter")
	CodeNone     = bind("esc", "no code", "esc")
)

// In the history.
var (
	PutBack = bind("p", "put back", "p")
	Compare = bind("c", "compare with the one below", "c")
)

// On the job page.
var (
	SelectJob    = bind("↑↓", "jobs", "up", "down", "k", "j")
	FollowJob    = bind("enter", "show this job", "enter")
	LookAgain    = bind("l", "look again", "l")
	BackToReview = bind("enter", "back to the review", "enter")
	QuitJob      = bind("q", "leave, the job goes on", "q")
)

// On the page of what the checkout has otherwise than the service.
var (
	TakeLocal    = bind("l enter", "take the checkout's", "l", "enter")
	TakeDeployed = bind("d", "take the deployed", "d")
)
