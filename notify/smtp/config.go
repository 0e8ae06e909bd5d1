package smtp

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Encryption is how the connection to the server is protected.
type Encryption string

const (
	// STARTTLS connects in the clear and insists on STARTTLS (RFC 3207)
	// before anything else is said. It is the default.
	STARTTLS Encryption = "starttls"
	// TLS speaks TLS from the first byte (RFC 8314).
	TLS Encryption = "tls"
	// None sends in the clear; only to this machine, unless Config.AllowPlain.
	None Encryption = "none"
)

// Config says how to reach the server.
type Config struct {
	Host string
	// Port 0 means the usual port: 587 for STARTTLS, 465 for TLS, 25 for None.
	Port int
	// Encryption empty means STARTTLS.
	Encryption Encryption
	// AllowPlain lets Encryption None go to another machine. It never lets a
	// password go there.
	AllowPlain bool
	// Username and Password sign in by AUTH PLAIN or LOGIN; no sign-in when
	// Username is empty.
	Username, Password string
	// Hello is the name given to EHLO: this machine's full host name. Empty
	// means the address literal of the connection (RFC 5321, section 4.1.4).
	Hello string
	// Timeout bounds one message from connecting to the last answer; 0 means
	// one minute.
	Timeout time.Duration
	// Idle is how long an unused connection is trusted; 0 means 30 seconds.
	Idle time.Duration
	// TLSConfig may name root certificates; nil means the system's.
	TLSConfig *tls.Config
}

const (
	defaultTimeout = time.Minute
	defaultIdle    = 30 * time.Second
)

// complete fills in the defaults and refuses settings that cannot work or
// would show mails or a password to the network.
func (c Config) complete() (Config, error) {
	if c.Host == "" {
		return c, errors.New("smtp: host is missing")
	}
	if c.Encryption == "" {
		c.Encryption = STARTTLS
	}
	usual, ok := map[Encryption]int{STARTTLS: 587, TLS: 465, None: 25}[c.Encryption]
	if !ok {
		return c, fmt.Errorf("smtp: encryption %q: use starttls, tls or none", c.Encryption)
	}
	if c.Port == 0 {
		c.Port = usual
	}
	if c.Port < 1 || c.Port > 65535 {
		return c, fmt.Errorf("smtp: port %d is not between 1 and 65535", c.Port)
	}
	if c.Encryption == None && !loopbackHost(c.Host) {
		if c.Username != "" {
			return c, fmt.Errorf("smtp: a password may not be sent to %s without encryption", c.Host)
		}
		if !c.AllowPlain {
			return c, fmt.Errorf("smtp: mails may not be sent to %s without encryption unless plain sending is allowed", c.Host)
		}
	}
	if strings.ContainsAny(c.Hello, " \t\r\n") {
		return c, fmt.Errorf("smtp: hello name %q may not hold spaces", c.Hello)
	}
	if c.Timeout < 0 || c.Idle < 0 {
		return c, errors.New("smtp: timeout and idle may not be negative")
	}
	if c.Timeout == 0 {
		c.Timeout = defaultTimeout
	}
	if c.Idle == 0 {
		c.Idle = defaultIdle
	}
	return c, nil
}

func (c Config) address() string {
	return net.JoinHostPort(c.Host, strconv.Itoa(c.Port))
}

func (c Config) tls() *tls.Config {
	config := &tls.Config{}
	if c.TLSConfig != nil {
		config = c.TLSConfig.Clone()
	}
	if config.ServerName == "" {
		config.ServerName = c.Host
	}
	if config.MinVersion == 0 {
		config.MinVersion = tls.VersionTLS12
	}
	return config
}

func loopbackHost(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	addr, err := netip.ParseAddr(host)
	return err == nil && addr.Unmap().IsLoopback()
}

// loopbackConn looks at where the connection really went: a resolver may have
// pointed "localhost" elsewhere.
func loopbackConn(conn net.Conn) bool {
	addr, ok := conn.RemoteAddr().(*net.TCPAddr)
	return ok && addr.IP.IsLoopback()
}

// helloName is the name given to EHLO on this connection.
func (c Config) helloName(conn net.Conn) string {
	if c.Hello != "" {
		return c.Hello
	}
	addr, ok := conn.LocalAddr().(*net.TCPAddr)
	if !ok {
		return "localhost"
	}
	ip := addr.AddrPort().Addr().Unmap().WithZone("")
	if ip.Is6() {
		return "[IPv6:" + ip.String() + "]"
	}
	return "[" + ip.String() + "]"
}
