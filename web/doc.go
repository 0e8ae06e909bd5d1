// Package web is what people see: gin routes, sessions, forms and the data of pages. It decides nothing: each handler turns a form
// into a call of a service of tasks or notify and its answer into a page. Words come from templates.
package web
