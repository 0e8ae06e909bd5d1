package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"
)

// connections is how many clients ask at the same time, each over one connection that it keeps.
const connections = 8

// load is what came of asking for a time.
type load struct {
	took    time.Duration
	times   []time.Duration // one a request, sorted
	octets  int64           // of all bodies
	refused int             // answered with another status than wanted
	status  int             // the last such
}

func (l load) sort() { slices.Sort(l.times) }

func (l load) perSecond() float64 { return float64(len(l.times)-l.refused) / l.took.Seconds() }

func (l load) percentile(p int) time.Duration {
	if len(l.times) == 0 {
		return 0
	}
	return l.times[min(len(l.times)-1, len(l.times)*p/100)]
}

func (l load) report(b *testing.B) {
	b.ReportMetric(0, "ns/op")
	b.ReportMetric(l.perSecond(), "req/s")
	b.ReportMetric(float64(l.percentile(50))/1e6, "p50-ms")
	b.ReportMetric(float64(l.percentile(99))/1e6, "p99-ms")
	b.ReportMetric(float64(l.octets)/float64(max(1, len(l.times))), "octets")
}

// put sends requests for the time over the connections. next answers the n-th request of a connection as it goes over the wire. The
// client speaks HTTP itself: what net/http does for a client would cost the machine as much as the server.
func put(b *testing.B, address string, forTime time.Duration, want int, next func(connection, n int) []byte) load {
	var (
		mu   sync.Mutex
		wg   sync.WaitGroup
		sum  load
		errs []error
	)
	begun := time.Now()
	for c := range connections {
		wg.Go(func() {
			l, err := ask(address, begun.Add(forTime), want, func(n int) []byte { return next(c, n) })
			mu.Lock()
			defer mu.Unlock()
			sum.times = append(sum.times, l.times...)
			sum.octets += l.octets
			sum.refused += l.refused
			sum.status = max(sum.status, l.status)
			if err != nil {
				errs = append(errs, err)
			}
		})
	}
	wg.Wait()
	if len(errs) > 0 {
		b.Fatal(errs)
	}
	sum.took = time.Since(begun)
	sum.sort()
	return sum
}

func ask(address string, until time.Time, want int, next func(n int) []byte) (l load, err error) {
	conn, err := net.Dial("tcp", address)
	if err != nil {
		return l, err
	}
	defer conn.Close()
	in := bufio.NewReaderSize(conn, 64<<10)
	for n := 0; time.Now().Before(until); n++ {
		request := next(n)
		if request == nil {
			return l, nil
		}
		begun := time.Now()
		if _, err := conn.Write(request); err != nil {
			return l, err
		}
		answer, err := http.ReadResponse(in, nil)
		if err != nil {
			return l, err
		}
		octets, err := io.Copy(io.Discard, answer.Body)
		if err != nil {
			return l, err
		}
		if answer.StatusCode != want {
			l.refused++
			l.status = answer.StatusCode
		}
		l.times = append(l.times, time.Since(begun))
		l.octets += octets
	}
	return l, nil
}

// get is a request for a page as it goes over the wire.
func get(host, path, cookie string) []byte {
	return fmt.Appendf(nil, "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\nAccept: text/html\r\n\r\n", path, host, cookie)
}
