package web

import (
	"errors"
	"math"
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"tiendo/tasks"
)

// deviceCookie shows that somebody has signed in with this browser before; it signs nobody in.
const deviceCookie = "tiendo_device"

// maxDevices is how many people one browser is known for.
const maxDevices = 5

// visitor is who asks, before it is known who he is.
func (s *Server) visitor(c *gin.Context) tasks.Visitor {
	if len(s.TrustedProxies) == 0 && c.GetHeader("X-Forwarded-For") != "" {
		s.warned.Do(func() {
			s.Log.WarnContext(c.Request.Context(), "X-Forwarded-For is not believed, so everybody behind the proxy counts as one visitor: see trusted_proxies",
				"from", c.RemoteIP())
		})
	}
	// No address, as on a socket without one, is a network of its own.
	address, _ := netip.ParseAddr(c.ClientIP())
	return tasks.Visitor{Address: address, Devices: s.devices(c)}
}

func (s *Server) devices(c *gin.Context) []string {
	cookie, err := c.Request.Cookie(s.cookieName(deviceCookie))
	if err != nil || cookie.Value == "" {
		return nil
	}
	secrets := strings.Split(cookie.Value, ".")
	return secrets[:min(len(secrets), maxDevices)]
}

// rememberDevice keeps the secret in the browser, the newest first. "" changes nothing.
func (s *Server) rememberDevice(c *gin.Context, secret string) {
	if secret == "" {
		return
	}
	secrets := slices.Insert(s.devices(c), 0, secret)
	http.SetCookie(c.Writer, &http.Cookie{
		Name: s.cookieName(deviceCookie), Value: strings.Join(secrets[:min(len(secrets), maxDevices)], "."), Path: "/",
		MaxAge: int(tasks.DeviceLife.Seconds()), HttpOnly: true, Secure: s.secure(), SameSite: http.SameSiteLaxMode,
	})
}

// retryAfter tells machines how long to wait (RFC 9110, section 10.2.3), when waiting helps.
func retryAfter(c *gin.Context, err error) {
	if e := new(tasks.Error); errors.As(err, &e) && e.RetryAfter > 0 {
		c.Header("Retry-After", strconv.Itoa(int(math.Ceil(e.RetryAfter.Seconds()))))
	}
}
