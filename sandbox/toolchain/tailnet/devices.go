package main

import (
	"net/http"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"tailscale.com/tailcfg"
)

// deviceAnswer is a device as the API shows it, with all fields; isOnline is the sandbox's own.
type deviceAnswer struct {
	ID                        string         `json:"id"`
	NodeID                    string         `json:"nodeId"`
	Hostname                  string         `json:"hostname"`
	Name                      string         `json:"name"`
	User                      string         `json:"user"`
	Addresses                 []string       `json:"addresses"`
	Tags                      []string       `json:"tags"`
	Authorized                bool           `json:"authorized"`
	BlocksIncomingConnections bool           `json:"blocksIncomingConnections"`
	ClientVersion             string         `json:"clientVersion"`
	Created                   time.Time      `json:"created"`
	Expires                   time.Time      `json:"expires"`
	IsExternal                bool           `json:"isExternal"`
	KeyExpiryDisabled         bool           `json:"keyExpiryDisabled"`
	LastSeen                  *time.Time     `json:"lastSeen,omitempty"` // only of one that is offline
	MachineKey                string         `json:"machineKey"`
	NodeKey                   string         `json:"nodeKey"`
	OS                        string         `json:"os"`
	TailnetLockError          string         `json:"tailnetLockError"`
	TailnetLockKey            string         `json:"tailnetLockKey"`
	UpdateAvailable           bool           `json:"updateAvailable"`
	AdvertisedRoutes          []netip.Prefix `json:"advertisedRoutes"`
	EnabledRoutes             []netip.Prefix `json:"enabledRoutes"`
	IsOnline                  bool           `json:"isOnline"`
}

// routesAnswer is what a device says that it leads to, and what of it is approved.
type routesAnswer struct {
	AdvertisedRoutes []netip.Prefix `json:"advertisedRoutes"`
	EnabledRoutes    []netip.Prefix `json:"enabledRoutes"`
}

func (t *tailnet) describeDevice(d *device, node *tailcfg.Node) deviceAnswer {
	shown := deviceAnswer{
		ID: strconv.FormatInt(int64(node.ID), 10), NodeID: string(d.id),
		Hostname: hostname(node), Name: strings.TrimSuffix(node.Name, "."), User: "tagged-devices",
		Tags: node.Tags, Authorized: node.MachineAuthorized,
		BlocksIncomingConnections: node.Hostinfo.ShieldsUp(),
		ClientVersion:             node.Hostinfo.IPNVersion(), OS: node.Hostinfo.OS(),
		Created: d.created, Expires: node.KeyExpiry, KeyExpiryDisabled: len(node.Tags) > 0,
		MachineKey: node.Machine.String(), NodeKey: node.Key.String(),
		AdvertisedRoutes: node.Hostinfo.RoutableIPs().AsSlice(), EnabledRoutes: d.routes,
		IsOnline: d.polls > 0,
	}
	if len(node.Tags) == 0 {
		// All people are one to this control server.
		shown.User = "somebody@example.com"
	}
	if !shown.IsOnline {
		shown.LastSeen = &d.lastSeen
	}
	for _, address := range node.Addresses {
		shown.Addresses = append(shown.Addresses, address.Addr().String())
	}
	return shown
}

func (t *tailnet) listDevices(w http.ResponseWriter, _ *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	devices := []deviceAnswer{}
	for _, d := range t.devices {
		if node := t.control.Node(d.key); node != nil {
			devices = append(devices, t.describeDevice(d, node))
		}
	}
	slices.SortFunc(devices, func(a, b deviceAnswer) int { return a.Created.Compare(b.Created) })
	answer(w, map[string]any{"devices": devices})
}

// onDevice does something about the device that the path names.
func (t *tailnet) onDevice(do func(d *device, node *tailcfg.Node, w http.ResponseWriter, r *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if d := t.find(r.PathValue("id")); d != nil {
			if node := t.control.Node(d.key); node != nil {
				do(d, node, w, r)
				return
			}
		}
		refuse(w, http.StatusNotFound, "no such device")
	}
}

func (t *tailnet) expireDevice(_ *device, node *tailcfg.Node, w http.ResponseWriter, _ *http.Request) {
	node.KeyExpiry = time.Now().Add(-time.Minute)
	t.control.UpdateNode(node)
	t.tell()
	answer(w, struct{}{})
}

func (t *tailnet) cutDevice(cut bool) func(*device, *tailcfg.Node, http.ResponseWriter, *http.Request) {
	return func(d *device, _ *tailcfg.Node, w http.ResponseWriter, _ *http.Request) {
		d.cut = cut
		t.tell()
		answer(w, struct{}{})
	}
}

func (t *tailnet) showRoutes(d *device, node *tailcfg.Node, w http.ResponseWriter, _ *http.Request) {
	answer(w, routesAnswer{node.Hostinfo.RoutableIPs().AsSlice(), d.routes})
}

// setRoutes approves routes of a device, and no others; it need not advertise them yet.
func (t *tailnet) setRoutes(d *device, node *tailcfg.Node, w http.ResponseWriter, r *http.Request) {
	var request struct {
		Routes []netip.Prefix `json:"routes"`
	}
	if read(w, r, &request) {
		d.routes = request.Routes
		t.tell()
		t.showRoutes(d, node, w, r)
	}
}
