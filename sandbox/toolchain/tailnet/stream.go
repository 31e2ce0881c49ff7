package main

import (
	"context"
	"log"
	"slices"
	"time"

	"tailscale.com/tailcfg"
	"tailscale.com/tstest/integration/testcontrol"
	"tailscale.com/types/dnstype"
	"tailscale.com/types/key"
)

// keepAlive is how often a device hears something; it gives a silent connection up after two minutes.
const keepAlive = 20 * time.Second

// serveMap tells a device of the tailnet, and again whenever something has changed.
func (t *tailnet) serveMap(ctx context.Context, w testcontrol.MapStreamWriter, req *tailcfg.MapRequest) {
	if !req.Stream {
		t.update(req)
		send(w, &tailcfg.MapResponse{})
		return
	}
	if !t.come(req.NodeKey) {
		return
	}
	defer t.leave(req.NodeKey)
	for {
		response, changed := t.describe(req)
		if response == nil || !send(w, response) {
			return
		}
		for isQuiet := true; isQuiet; {
			select {
			case <-ctx.Done():
				return
			case <-changed:
				isQuiet = false
			case <-time.After(keepAlive):
				if !send(w, &tailcfg.MapResponse{KeepAlive: true}) {
					return
				}
			}
		}
	}
}

func send(w testcontrol.MapStreamWriter, response *tailcfg.MapResponse) bool {
	if err := w.SendMapMessage(response); err != nil {
		log.Printf("A device is not told: %v", err)
		return false
	}
	return true
}

// update takes what a device says of itself.
func (t *tailnet) update(req *tailcfg.MapRequest) {
	t.mu.Lock()
	defer t.mu.Unlock()
	node := t.control.Node(req.NodeKey)
	if node == nil || req.ReadOnly {
		return
	}
	node.Endpoints = req.Endpoints
	node.DiscoKey = req.DiscoKey
	node.Cap = req.Version
	if req.Hostinfo != nil {
		node.Hostinfo = req.Hostinfo.View()
		if info := req.Hostinfo.NetInfo; info != nil && info.PreferredDERP != 0 {
			node.HomeDERP = info.PreferredDERP
		}
	}
	t.control.UpdateNode(node)
	t.seen(node)
	t.tell()
}

func (t *tailnet) come(nodeKey key.NodePublic) bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	node := t.control.Node(nodeKey)
	if node == nil {
		return false
	}
	t.seen(node).polls++
	t.tell()
	return true
}

func (t *tailnet) leave(nodeKey key.NodePublic) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if node := t.control.Node(nodeKey); node != nil {
		d := t.devices[node.StableID]
		d.polls--
		d.lastSeen = time.Now().UTC()
		t.tell()
	}
}

// describe gives what a device is to know now, and what is closed once that is no longer so.
func (t *tailnet) describe(req *tailcfg.MapRequest) (*tailcfg.MapResponse, <-chan struct{}) {
	t.mu.Lock()
	defer t.mu.Unlock()
	response, err := t.control.MapResponse(req)
	if err != nil || response == nil {
		return nil, nil
	}
	self := t.devices[response.Node.StableID]
	if self == nil {
		return nil, nil
	}
	routes := t.leads(self)
	response.Node.PrimaryRoutes = routes
	response.Node.AllowedIPs = append(slices.Clone(response.Node.Addresses), routes...)
	others := response.Peers
	response.Peers = nil
	for _, peer := range others {
		if t.describePeer(self, peer) {
			response.Peers = append(response.Peers, peer)
		}
	}
	if len(response.Peers) == 0 {
		// An empty list would mean that nothing has changed.
		for _, peer := range others {
			response.PeersRemoved = append(response.PeersRemoved, peer.ID)
		}
	}
	response.DNSConfig = t.dnsConfig()
	now := time.Now()
	response.ControlTime = &now
	return response, t.changed
}

// describePeer completes what one device is told of another; false where it is told nothing: the
// policy lets the two of them not connect.
func (t *tailnet) describePeer(self *device, peer *tailcfg.Node) bool {
	d := t.devices[peer.StableID]
	if d == nil || d.key != peer.Key || d.cut || self.cut {
		return false
	}
	isOnline := d.polls > 0
	peer.Online = &isOnline
	peer.PrimaryRoutes = t.leads(d)
	peer.AllowedIPs = append(slices.Clone(peer.Addresses), peer.PrimaryRoutes...)
	peer.Expired = isExpired(peer)
	return true
}

func (t *tailnet) dnsConfig() *tailcfg.DNSConfig {
	routes := map[string][]*dnstype.Resolver{}
	for domain, servers := range t.split {
		for _, server := range servers {
			routes[domain] = append(routes[domain], &dnstype.Resolver{Addr: server})
		}
	}
	return &tailcfg.DNSConfig{Proxied: true, Domains: []string{t.control.MagicDNSDomain}, Routes: routes}
}
