package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// axeVisit is a page that somebody opens, or what a form that he sends comes back as.
type axeVisit struct {
	email, path string
	form        url.Values // nil: the page is opened
	status      int
}

// axeVisits are the pages to look at. What is built as one that is among them, under a frame that is, has the same barriers and is left out.
type axeVisits struct {
	*scene
	list []axeVisit
	seen map[string]bool
}

func (v *axeVisits) add(email, path string, form url.Values, p *page) {
	if !lookable(p) {
		return
	}
	frame, main := build(p.elements("header")), build(p.elements("main"))
	if !v.seen[frame] || !v.seen[main] {
		v.list = append(v.list, axeVisit{email, path, form, p.status})
	}
	v.seen[frame], v.seen[main] = true, true
}

// refusedTo are those who send forms that are refused, each form by the first who may send it: what others see of it is built the same.
var refusedTo = []string{"", officeEmail, leaderEmail, focalEmail, headEmail, otherEmail, adminEmail}

// addRefused adds the forms that come back: what was sent was wrong, or another person was quicker. A form that is refused leaves nothing
// behind, so that it can be sent again from a browser.
func (v *axeVisits) addRefused() {
	clients := make(map[string]*client)
	for _, email := range refusedTo {
		clients[email] = v.browser(email)
	}
	send := func(email, path string, form url.Values) {
		if form == nil {
			form = make(url.Values)
		}
		if p := clients[email].post(path, form); p.status == http.StatusConflict || p.status == http.StatusUnprocessableEntity {
			v.add(email, path, form, p)
		}
	}
	for i, f := range overtakenForms() {
		o := &overtaking{rig: v.rig}
		action, form := o.fill(f, text(int64(500+i))+"/CT-UBND", clients[f.who])
		o.overtake(f)
		send(f.who, action, form)
		if len(f.typed) > 0 && !f.ended {
			wrong := clients[f.who].get(path(o.a, f.page)).form(action)
			for name := range f.typed {
				wrong.Set(name, mistaken(name))
			}
			send(f.who, action, wrong)
		}
		o.do(v.Directory.SetApproval(v.ctx(), v.person(headEmail), v.agencies["SNV"].ID, false))
	}
	for _, row := range accessTable() {
		i := slices.IndexFunc(refusedTo, func(email string) bool { return row.want[slices.Index(visitors, email)] == yes })
		if row.method == http.MethodPost && i >= 0 && row.pattern != "/logout" && !strings.HasPrefix(row.pattern, "/assignments/:id/") {
			send(refusedTo[i], v.path(row.path), row.form)
		}
	}
}

// mistaken is what people type wrongly into a field of that name.
func mistaken(name string) string {
	switch name {
	case "due":
		return "31/2/2026"
	case "percent":
		return "140"
	}
	return ""
}
