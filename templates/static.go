package templates

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// StaticPath is where StaticHandler expects to be mounted.
const StaticPath = "/static/"

// contentTypes are the only kinds of static files there are; the machine's own
// table of types is not asked, since it differs from machine to machine.
var contentTypes = map[string]string{
	".css": "text/css; charset=utf-8",
	".js":  "text/javascript; charset=utf-8",
	".svg": "image/svg+xml",
}

type assets struct {
	byName map[string]string // app.css → app.0123456789.css
	files  map[string]asset  // by hashed name
}

type asset struct {
	contentType string
	content     []byte
}

// loadAssets joins static/css/*.css into app.css and static/js/*.js into app.js,
// in the order of their names, and takes the files of static/ as they are.
func loadAssets(files fs.FS) (*assets, error) {
	a := &assets{byName: map[string]string{}, files: map[string]asset{}}
	for name, pattern := range map[string]string{"app.css": "static/css/*.css", "app.js": "static/js/*.js"} {
		parts, err := fs.Glob(files, pattern)
		if err != nil {
			return nil, err
		}
		var all bytes.Buffer
		for _, part := range parts {
			content, err := fs.ReadFile(files, part)
			if err != nil {
				return nil, err
			}
			all.Write(content)
			all.WriteByte('\n')
		}
		a.add(name, contentTypes[path.Ext(name)], all.Bytes())
	}
	entries, err := fs.ReadDir(files, "static")
	if err != nil {
		return nil, err
	}
	for _, entry := range entries {
		if entry.IsDir() {
			continue
		}
		kind, ok := contentTypes[path.Ext(entry.Name())]
		if !ok {
			return nil, fmt.Errorf("static/%s: no content type is known for it", entry.Name())
		}
		content, err := fs.ReadFile(files, "static/"+entry.Name())
		if err != nil {
			return nil, err
		}
		a.add(entry.Name(), kind, content)
	}
	return a, nil
}

func (a *assets) add(name, contentType string, content []byte) {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	hashed := strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:5]) + ext
	a.byName[name] = hashed
	a.files[hashed] = asset{contentType: contentType, content: content}
}

// Asset returns the address of a static file, with a hash of its content in the
// name: /static/app.0123456789.css. An unknown name is an error.
func (s *Set) Asset(name string) (string, error) {
	hashed, ok := s.assets.byName[name]
	if !ok {
		return "", fmt.Errorf("no static file %q", name)
	}
	return StaticPath + hashed, nil
}

// StaticHandler serves the static files under the addresses Asset gives, to be
// kept for a year: a changed file has another name. Anything else is 404; there
// are no directory listings.
func (s *Set) StaticHandler() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			w.Header().Set("Allow", "GET, HEAD")
			http.Error(w, http.StatusText(http.StatusMethodNotAllowed), http.StatusMethodNotAllowed)
			return
		}
		file, ok := s.assets.files[strings.TrimPrefix(r.URL.Path, StaticPath)]
		if !ok {
			http.NotFound(w, r)
			return
		}
		h := w.Header()
		h.Set("Content-Type", file.contentType)
		h.Set("Content-Length", strconv.Itoa(len(file.content)))
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		h.Set("X-Content-Type-Options", "nosniff")
		if r.Method == http.MethodGet {
			// The reader has gone if this fails; there is nobody to tell.
			_, _ = w.Write(file.content)
		}
	})
}
