package main

import (
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/netip"
	"slices"

	"github.com/tailscale/hujson"
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
	mux.HandleFunc("GET /api/v2/tailnet/-/keys/{id}", t.onKey(t.showKey))
	mux.HandleFunc("PUT /api/v2/tailnet/-/keys/{id}", t.onKey(t.changeClient))
	mux.HandleFunc("DELETE /api/v2/tailnet/-/keys/{id}", t.onKey(t.deleteKey))
	mux.HandleFunc("GET /api/v2/tailnet/-/devices", t.listDevices)
	mux.HandleFunc("GET /api/v2/device/{id}/routes", t.onDevice(t.showRoutes))
	mux.HandleFunc("POST /api/v2/device/{id}/routes", t.onDevice(t.setRoutes))
	mux.HandleFunc("POST /api/v2/device/{id}/expire", t.onDevice(t.expireDevice))
	mux.HandleFunc("GET /api/v2/tailnet/-/acl", t.getPolicy)
	mux.HandleFunc("POST /api/v2/tailnet/-/acl", t.setPolicy)
	mux.HandleFunc("GET /api/v2/tailnet/-/dns/split-dns", t.getSplitDNS)
	mux.HandleFunc("PATCH /api/v2/tailnet/-/dns/split-dns", t.changeSplitDNS)
	mux.HandleFunc("PUT /sandbox/device/{id}/cut", t.onDevice(t.cutDevice(true)))
	mux.HandleFunc("DELETE /sandbox/device/{id}/cut", t.onDevice(t.cutDevice(false)))
	return mux
}

// getPolicy tells the policy file, as JSON where that is asked for.
func (t *tailnet) getPolicy(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if r.Header.Get("Accept") != "application/json" {
		t.answerPolicy(w)
		return
	}
	standard, err := hujson.Minimize([]byte(t.policy.text))
	if err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	answer(w, json.RawMessage(standard))
}

func (t *tailnet) answerPolicy(w http.ResponseWriter) {
	w.Header().Set("Content-Type", "application/hujson")
	_, _ = io.WriteString(w, t.policy.text)
}

// setPolicy takes a policy file; one that is only to take the place of a new tailnet's is refused
// where that has been changed.
func (t *tailnet) setPolicy(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		return
	}
	if r.Header.Get("If-Match") == `"ts-default"` && t.policy.text != defaultPolicy {
		refuse(w, http.StatusPreconditionFailed, "precondition failed, invalid old hash")
		return
	}
	policy, err := parsePolicy(text)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	t.policy = policy
	t.answerPolicy(w)
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

func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return false
	}
	return true
}

func answer(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(what)
}

func refuse(w http.ResponseWriter, status int, why string) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(map[string]string{"message": why})
}
