// Package main is a tailnet on one machine: Tailscale's own control server for tests with its DERP
// and STUN servers, and the part of Tailscale's API that a program and a subnet router need. Devices
// find it under Tailscale's own names, with a certificate of an authority that they are told to trust.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"flag"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"

	"tailscale.com/derp/derpserver"
	"tailscale.com/net/stunserver"
	"tailscale.com/tailcfg"
	"tailscale.com/types/key"
)

const (
	controlURL = "https://controlplane.tailscale.com"
	derpPort   = 8443
	stunPort   = 3478
)

func main() {
	log.SetFlags(log.LUTC | log.Ltime | log.Lmicroseconds)
	address := flag.String("address", "127.0.0.1", "IPv4 address at which devices find everything")
	certificate := flag.String("certificate", "", "file with the certificate of Tailscale's names and the address")
	privateKey := flag.String("key", "", "file with its key")
	admin := flag.String("admin", "", "Unix socket at which the whole API is served, without a token")
	flag.Parse()
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	if err := serve(ctx, *address, *certificate, *privateKey, *admin); err != nil {
		log.Fatal(err)
	}
}

// serve runs all servers until one of them fails or the context ends.
func serve(ctx context.Context, address, certificate, privateKey, admin string) error {
	pair, err := tls.LoadX509KeyPair(certificate, privateKey)
	if err != nil {
		return err
	}
	tailnet := newTailnet(derpMap(address))
	failed := make(chan error, 6)
	start := func(listener net.Listener, handler http.Handler) {
		go func() { failed <- (&http.Server{Handler: handler}).Serve(listener) }()
	}
	serveAt := func(port string, handler http.Handler, isSecure bool) error {
		listener, err := listen(net.JoinHostPort(address, port))
		if err != nil {
			return err
		}
		if isSecure {
			// Without HTTP/2: connections are taken over for protocols of Tailscale's own.
			listener = tls.NewListener(listener, &tls.Config{Certificates: []tls.Certificate{pair}})
		}
		start(listener, handler)
		return nil
	}
	derp := derpserver.New(key.NewNode(), log.Printf)
	defer derp.Close()
	stun := stunserver.New(ctx)
	public := tailnet.publicHandler()
	if err := errors.Join(
		serveAt("80", public, false),
		serveAt("443", public, true),
		serveAt("8443", derpserver.Handler(derp), true),
		stun.Listen(net.JoinHostPort(address, "3478")),
	); err != nil {
		return err
	}
	go func() { failed <- stun.Serve() }()
	// Last: whoever is answered here finds all the others.
	listener, err := adminListener(admin)
	if err != nil {
		return err
	}
	start(listener, tailnet.adminHandler())
	select {
	case err := <-failed:
		return err
	case <-ctx.Done():
		return listener.Close()
	}
}

// adminListener takes the place of a socket that an earlier run has left.
func adminListener(path string) (net.Listener, error) {
	if err := os.Remove(path); err != nil && !os.IsNotExist(err) {
		return nil, err
	}
	syscall.Umask(0o077)
	return net.Listen("unix", path)
}

// derpMap is one region with one relay, which devices find by its address.
func derpMap(address string) *tailcfg.DERPMap {
	node := &tailcfg.DERPNode{
		Name: "sandbox", RegionID: 1, HostName: address, IPv4: address, IPv6: "none",
		STUNPort: stunPort, DERPPort: derpPort, STUNTestIP: address,
	}
	region := &tailcfg.DERPRegion{
		RegionID: 1, RegionCode: "sandbox", RegionName: "Sandbox", Nodes: []*tailcfg.DERPNode{node},
	}
	return &tailcfg.DERPMap{OmitDefaultRegions: true, Regions: map[int]*tailcfg.DERPRegion{1: region}}
}
