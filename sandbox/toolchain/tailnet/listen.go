package main

import (
	"context"
	"net"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
)

// How soon a device is missed whose connection is never closed, such as that of a machine without
// power: after silence of probeAfter it is asked whether it is there, and after goneAfter without an
// answer it counts as offline. Tailscale's own server leads a route to the next subnet router "up to
// ~15 seconds" after the first one is gone (its documentation, "Set up high availability"); how it
// misses one is not said there.
const (
	probeAfter = 5 * time.Second
	goneAfter  = 10 * time.Second
)

// listen listens for connections that end by themselves once the other side is gone.
func listen(address string) (net.Listener, error) {
	config := net.ListenConfig{
		KeepAliveConfig: net.KeepAliveConfig{
			Enable: true, Idle: probeAfter, Interval: probeAfter, Count: int(goneAfter / probeAfter),
		},
		// Keep-alives only go out while nothing else waits to be answered. What is accepted inherits this.
		Control: func(_, _ string, connection syscall.RawConn) error {
			var failed error
			err := connection.Control(func(fd uintptr) {
				failed = unix.SetsockoptInt(int(fd), unix.IPPROTO_TCP, unix.TCP_USER_TIMEOUT, int(goneAfter.Milliseconds()))
			})
			if err != nil {
				return err
			}
			return failed
		},
	}
	return config.Listen(context.Background(), "tcp4", address)
}
