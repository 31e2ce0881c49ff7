package main

import (
	"io"
	"maps"
	"net/http"
	"net/netip"
	"slices"
	"time"
)

// publicHandler serves devices: the control server, and of the API what lets a device in.
func (t *tailnet) publicHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v2/oauth/token", t.createToken)
	mux.HandleFunc("POST /api/v2/tailnet/-/keys", t.createOwnKey)
	for _, path := range []string{"/key", "/ts2021", "/generate_204"} {
		mux.Handle(path, t.control)
	}
	return mux
}

// adminHandler serves whoever may do anything: Tailscale's API, and below /sandbox what the admin
// console and time do. The paths and fields are those of Tailscale's API, version 2.
func (t *tailnet) adminHandler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /api/v2/tailnet/-/keys", t.createKey)
	mux.HandleFunc("DELETE /api/v2/tailnet/-/keys/{id}", t.deleteKey)
	mux.HandleFunc("GET /api/v2/tailnet/-/devices", t.listDevices)
	mux.HandleFunc("DELETE /api/v2/device/{id}", t.onDevice(t.removeDevice))
	mux.HandleFunc("POST /api/v2/device/{id}/routes", t.onDevice(t.setRoutes))
	mux.HandleFunc("POST /api/v2/device/{id}/expire", t.onDevice(t.expireDevice))
	mux.HandleFunc("GET /api/v2/tailnet/-/acl", t.getPolicy)
	mux.HandleFunc("POST /api/v2/tailnet/-/acl", t.setPolicy)
	mux.HandleFunc("GET /api/v2/tailnet/-/dns/split-dns", t.getSplitDNS)
	mux.HandleFunc("PATCH /api/v2/tailnet/-/dns/split-dns", t.changeSplitDNS)
	mux.HandleFunc("PUT /sandbox/device/{id}/cut", t.onDevice(t.cutDevice(true)))
	mux.HandleFunc("DELETE /sandbox/device/{id}/cut", t.onDevice(t.cutDevice(false)))
	mux.HandleFunc("GET /sandbox/ready", func(w http.ResponseWriter, _ *http.Request) { answer(w, struct{}{}) })
	return mux
}

// deviceAnswer is a device as the API shows it; isOnline is the sandbox's own.
type deviceAnswer struct {
	NodeID           string         `json:"nodeId"`
	Hostname         string         `json:"hostname"`
	Name             string         `json:"name"`
	Addresses        []string       `json:"addresses"`
	Tags             []string       `json:"tags"`
	Created          time.Time      `json:"created"`
	AdvertisedRoutes []netip.Prefix `json:"advertisedRoutes"`
	EnabledRoutes    []netip.Prefix `json:"enabledRoutes"`
	IsOnline         bool           `json:"isOnline"`
}

func (t *tailnet) listDevices(w http.ResponseWriter, _ *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	devices := []deviceAnswer{}
	for _, d := range t.devices {
		node := t.control.Node(d.key)
		if node == nil || d.removed {
			continue
		}
		shown := deviceAnswer{
			NodeID: string(d.id), Hostname: hostname(node), Name: node.Name, Tags: node.Tags,
			Created: d.created, AdvertisedRoutes: node.Hostinfo.RoutableIPs().AsSlice(),
			EnabledRoutes: d.routes, IsOnline: d.polls > 0,
		}
		for _, address := range node.Addresses {
			shown.Addresses = append(shown.Addresses, address.Addr().String())
		}
		devices = append(devices, shown)
	}
	slices.SortFunc(devices, func(a, b deviceAnswer) int { return a.Created.Compare(b.Created) })
	answer(w, map[string]any{"devices": devices})
}

// onDevice does something to the device that the path names, and has all others hear of it.
func (t *tailnet) onDevice(change func(d *device, w http.ResponseWriter, r *http.Request) bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		defer t.mu.Unlock()
		d := t.find(r.PathValue("id"))
		if d == nil {
			refuse(w, http.StatusNotFound, "no such device")
			return
		}
		if change(d, w, r) {
			t.tell()
			answer(w, struct{}{})
		}
	}
}

func (t *tailnet) removeDevice(d *device, _ http.ResponseWriter, _ *http.Request) bool {
	d.removed = true
	return true
}

func (t *tailnet) expireDevice(d *device, _ http.ResponseWriter, _ *http.Request) bool {
	node := t.control.Node(d.key)
	node.KeyExpiry = time.Now().Add(-time.Minute)
	t.control.UpdateNode(node)
	return true
}

func (t *tailnet) cutDevice(cut bool) func(*device, http.ResponseWriter, *http.Request) bool {
	return func(d *device, _ http.ResponseWriter, _ *http.Request) bool {
		d.cut = cut
		return true
	}
}

func (t *tailnet) setRoutes(d *device, w http.ResponseWriter, r *http.Request) bool {
	var request struct {
		Routes []netip.Prefix `json:"routes"`
	}
	if !read(w, r, &request) {
		return false
	}
	d.routes = request.Routes
	return true
}

func (t *tailnet) getPolicy(w http.ResponseWriter, _ *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	w.Header().Set("Content-Type", "application/hujson")
	_, _ = io.WriteString(w, t.policy.text)
}

func (t *tailnet) setPolicy(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	policy, err := parsePolicy(text)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	t.policy = policy
	_, _ = io.WriteString(w, policy.text)
}

func (t *tailnet) getSplitDNS(w http.ResponseWriter, _ *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	answer(w, t.split)
}

// changeSplitDNS sets the name servers of domains; those without any are asked for no more.
func (t *tailnet) changeSplitDNS(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var request map[string][]string
	if !read(w, r, &request) {
		return
	}
	for _, server := range slices.Concat(slices.Collect(maps.Values(request))...) {
		if _, err := netip.ParseAddr(server); err != nil {
			refuse(w, http.StatusBadRequest, err.Error())
			return
		}
	}
	maps.Copy(t.split, request)
	maps.DeleteFunc(t.split, func(_ string, servers []string) bool { return len(servers) == 0 })
	t.tell()
	answer(w, t.split)
}
