package web

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// flashCookie carries a message to the next page that is shown: keeping it in the session would cost every change a second write.
const flashCookie = "tiendo_flash"

const (
	flashAge = 60  // seconds until a message that no page has shown is forgotten
	maxFlash = 500 // octets of a message; a longer one goes by the session, where browsers have no say
)

// flash is a message as a key of words with its arguments: it comes in the language of the page that shows it.
type flash struct {
	Key  string `json:"k"`
	Args []any  `json:"a,omitempty"`
}

// setFlash leaves a message for the next page: in the browser of somebody signed in, else in the session.
func (s *Server) setFlash(c *gin.Context, actor tasks.Person, key string, args []any) {
	if value, ok := s.sealFlash(c, flash{key, args}); ok {
		s.flashCookie(c, value, flashAge)
		return
	}
	s.sessions.Put(c.Request.Context(), keyFlash, s.words(actor).T(key, args...))
}

// takeFlash answers the message for this page and forgets it.
func (s *Server) takeFlash(c *gin.Context, actor tasks.Person) string {
	cookie, err := c.Request.Cookie(s.cookieName(flashCookie))
	if err != nil {
		return s.sessions.PopString(c.Request.Context(), keyFlash)
	}
	s.flashCookie(c, "", -1)
	if f, ok := s.openFlash(c, cookie.Value); ok {
		return s.words(actor).T(f.Key, f.Args...)
	}
	return s.sessions.PopString(c.Request.Context(), keyFlash)
}

func (s *Server) flashCookie(c *gin.Context, value string, age int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name: s.cookieName(flashCookie), Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// sealFlash writes a message as the value of a cookie. ok is false when it has to go another way: nobody is signed in, it is too long,
// or an argument would come back as something else.
func (s *Server) sealFlash(c *gin.Context, f flash) (value string, ok bool) {
	for _, arg := range f.Args {
		switch arg.(type) {
		case string, int, int64:
		default:
			return "", false
		}
	}
	text, err := json.Marshal(f)
	if err != nil || len(text) > maxFlash {
		return "", false
	}
	sum, ok := s.flashSum(c, text)
	return base64.RawURLEncoding.EncodeToString(text) + "." + base64.RawURLEncoding.EncodeToString(sum), ok
}

// openFlash reads what sealFlash wrote in the same session.
func (s *Server) openFlash(c *gin.Context, value string) (f flash, ok bool) {
	first, second, found := strings.Cut(value, ".")
	text, err := base64.RawURLEncoding.DecodeString(first)
	if !found || err != nil || len(text) > maxFlash {
		return flash{}, false
	}
	given, err := base64.RawURLEncoding.DecodeString(second)
	sum, signedIn := s.flashSum(c, text)
	if err != nil || !signedIn || !hmac.Equal(given, sum) {
		return flash{}, false
	}
	numbers := json.NewDecoder(strings.NewReader(string(text)))
	numbers.UseNumber()
	if err := numbers.Decode(&f); err != nil {
		return flash{}, false
	}
	for i, arg := range f.Args {
		if n, is := arg.(json.Number); is {
			if f.Args[i], err = n.Int64(); err != nil {
				return flash{}, false
			}
		}
	}
	return f, true
}

// flashSum authenticates a message by the secret of the session: whoever can plant a cookie in a browser cannot put words on its
// pages, nor carry one person's over to another. ok is false when nobody is signed in.
func (s *Server) flashSum(c *gin.Context, text []byte) (sum []byte, ok bool) {
	ctx := c.Request.Context()
	token := s.sessions.Token(ctx)
	if token == "" || s.sessions.GetInt64(ctx, keyPerson) == 0 {
		return nil, false
	}
	mac := hmac.New(sha256.New, []byte(token))
	mac.Write([]byte("message for the next page\x00"))
	mac.Write(text)
	return mac.Sum(nil), true
}
