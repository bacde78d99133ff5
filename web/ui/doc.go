// Package ui holds the components every page is built from. It knows no domain:
// a component takes finished values and writes HTML that is accessible, works
// without script and carries no inline style. Class names with app- are ours
// (web/static/css, one file per component), those with kern- belong to KERN UX
// and stay as they are.
//
// A page is the layout with content as its children:
//
//	@ui.Layout(p) {
//		@ui.ErrorSummary(v.Errors)
//		<form class="app-panel kern-level-2 app-form" method="post" action={ v.Action } novalidate>
//			@ui.TextField(v.Name)
//			@ui.DateField(v.Due)
//			<div class="app-btnbar">
//				@ui.Submit(ui.ButtonProps{Text: "Hürde melden"})
//				<a href={ v.Back }>Abbrechen</a>
//			</div>
//		</form>
//	}
//
// # The page
//
//	Layout(Page)                 skeleton: header, nav, breadcrumbs, h1, flash, footer; children
//	  Page                       Title Heading Meta State Actions Crumbs Narrow Wall
//	                             and what the frame adds: ErrorPrefix Flash Product Claim Home Banner Official
//	                             Styles Favicon Nav User SignOut FooterNote
//	Panel(PanelProps)            white box with h2; children
//	Disclosure(DisclosureProps)  details that open on request; children
//
// Layout writes the only h1; panels carry h2, lists inside them h3. With Heading
// empty the page writes its own h1 (the presentation view does, with Wall).
//
// # Saying things
//
//	Status(StatusProps)          icon + text + colour; Kind is Done InProgress Open Waiting Overdue
//	                             Blocked Locked Conditional; shows nothing without text
//	Tag(text)                    a category, never a status
//	Icon(name)                   one of the Icon constants, decoration only
//	Alert(AlertProps)            Tone Info Success Warning Danger; Heading, Text, Links, Body
//	ErrorSummary([]FieldError)   above a form that came back; takes the focus
//	Empty(EmptyProps)            no rows: nothing there yet (Action) or no match (ResetURL)
//	Conflict(ConflictProps)      body of the page after an edit conflict
//
// # Forms
//
// One struct, Field, feeds all of them; each reads what concerns it. Fields are
// needed unless Optional. FieldError.Field is the ID of the field, which is its
// Name unless you set ID. Groups give this ID to their first option.
//
//	TextField TextArea DateField MoneyField FileField Select   (Field)
//	RadioGroup Checkboxes Checkbox                             (Field; Options)
//	RadioCards                   (Field) a decision with a sentence per option; an Option that
//	                             Reveals "a" shows the elements of class app-reveal--a
//	Hidden(name, value)
//	Submit SubmitSecondary SubmitSmall SubmitPlain             (ButtonProps; Name, Value)
//	ButtonLink ButtonLinkSecondary ButtonLinkSmall             (ButtonProps; URL)
//	Summary(SummaryProps)        check answers, with links "Ändern"
//
// # Lists and figures
//
//	FilterBar(FilterProps)       GET form of selects, active filters as removable links
//	SortHeader(SortHeaderProps)  th with a link and aria-sort
//	Pagination(PaginationProps)  nothing when there is one page
//	Rows([]Row)                  title, meta line, status at the right
//	LinkList([]Link)             links with a muted second line
//	Facts(FactsProps)            terms and values; an empty value shows a dash
//	TaskPhase(TaskPhaseProps)    one group of a task list, h3
//	Log(LogProps)                history with old and new values
//	StepLine(StepLineProps)      steps of a procedure
//	Switch(SwitchProps)          links that switch the view
//	Progress(ProgressProps)      label and bar
//	KPIStrip(KPIProps)           figures, each a link
//	Pillars([]Pillar)            the four pillars
//
// # Words and numbers
//
//	Date LongDate Clock DateTime MachineTime DaysSince    (times in Berlin; "–" for zero)
//	Number Euro EuroExact Percent Share Count OrDash SoftHyphens
//	ParseDate ParseMoney ParseNumber   the error is an InputError, a sentence to show
//
// # Plain markup
//
// Tables are markup. The caption says what the table shows; numbers have class
// num on th and td; a wide table scrolls inside a named region:
//
//	<div class="app-scroll" role="region" tabindex="0" aria-label="Kostenvergleich, waagerecht verschiebbar">
//		<table class="app-table"> <caption>…</caption> <thead> <th scope="col"> … <th scope="row"> …
//
// A table of up to four columns becomes a list on phones. It needs the roles,
// because the style takes them away: table app-table--stack role="table", thead
// and tbody role="rowgroup", tr role="row", th role="columnheader" or
// "rowheader", td role="cell". app-table--pad gives cells side padding for
// marked columns (is-best).
//
// Places: app-stack (gaps between panels), app-grid app-grid--2 (two columns),
// app-grid app-grid--main (content and a side column of two app-stack; a panel
// with First comes first on phones and top right on desktops), app-btnbar,
// app-narrow, app-panel__head. Text: app-h2 app-h3 app-small app-muted
// app-nowrap kern-sr-only. Gaps: app-mt app-mt-s app-mb app-mb-s. Forms:
// app-form on the form; a fieldset of several fields is fieldset.app-optgroup
// with legend.app-h3, a grey block in it app-cond kern-level-1 > app-cond__grid.
// Phones: app-wide-only hides what makes no sense there.
//
// For the Lagebild: app-tiles, app-tile app-col-N app-row-N, app-q0 … app-q5, app-legend,
// app-swatch, app-chart, app-matrix, hm-0 … hm-4 hm-b hm-p hm-x, app-cost, app-cats,
// app-wallhead, app-wallgrid. Their markup is in shared/mocks.
package ui
