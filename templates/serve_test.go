package templates_test

import (
	"net/http"
	"net/http/httptest"

	"tiendo/templates"
)

func serve(set *templates.Set, address string) []byte {
	w := httptest.NewRecorder()
	set.StaticHandler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, address, nil))
	return w.Body.Bytes()
}
