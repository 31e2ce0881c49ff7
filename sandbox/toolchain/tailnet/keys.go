package main

import (
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// oauthClient is what lets a program in, with all that it may do.
type oauthClient struct {
	ID          string   `json:"id"`
	Description string   `json:"description"`
	Scopes      []string `json:"scopes"`
	Tags        []string `json:"tags"`
	secret      string
}

// keyRequest asks for an OAuth client, or for a key that lets one device in.
type keyRequest struct {
	KeyType      string   `json:"keyType"`
	Description  string   `json:"description"`
	Scopes       []string `json:"scopes"`
	Tags         []string `json:"tags"`
	Capabilities struct {
		Devices struct {
			Create struct {
				Tags []string `json:"tags"`
			} `json:"create"`
		} `json:"devices"`
	} `json:"capabilities"`
}

// createToken changes the secret of a client for an access token.
func (t *tailnet) createToken(w http.ResponseWriter, r *http.Request) {
	_, secret, isBasic := r.BasicAuth()
	if !isBasic {
		secret = r.PostFormValue("client_secret")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, client := range t.clients {
		if client.secret == secret {
			token := "tskey-api-" + rand.Text()
			t.tokens[token] = id
			answer(w, map[string]any{
				"access_token": token, "token_type": "Bearer", "expires_in": 3600,
				"scope": strings.Join(client.Scopes, " "),
			})
			return
		}
	}
	refuse(w, http.StatusUnauthorized, "API token invalid")
}

// createOwnKey makes the key that a client asks for with its access token.
func (t *tailnet) createOwnKey(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	client, isKnown := t.clients[t.tokens[token]]
	if !isKnown {
		refuse(w, http.StatusUnauthorized, "API token invalid")
		return
	}
	var request keyRequest
	if !read(w, r, &request) {
		return
	}
	tags := request.Capabilities.Devices.Create.Tags
	isOther := func(tag string) bool { return !slices.Contains(client.Tags, tag) }
	if !slices.Contains(client.Scopes, "auth_keys") {
		refuse(w, http.StatusForbidden, "calling actor does not have enough permissions to perform this function")
		return
	}
	if len(tags) == 0 || slices.ContainsFunc(tags, isOther) {
		refuse(w, http.StatusBadRequest, "requested tags are invalid or not permitted")
		return
	}
	answer(w, map[string]any{"id": newID(), "key": t.control.RequireAuthKey})
}

// createKey makes what an administrator asks for.
func (t *tailnet) createKey(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var request keyRequest
	if !read(w, r, &request) {
		return
	}
	tags := slices.Concat(request.Tags, request.Capabilities.Devices.Create.Tags)
	if tag := t.policy.undefinedTag(tags); tag != "" {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("requested tags are invalid or not permitted: %s", tag))
		return
	}
	if request.KeyType != "client" {
		answer(w, map[string]any{"id": newID(), "key": t.control.RequireAuthKey})
		return
	}
	id := newID()
	client := oauthClient{
		ID: id, Description: request.Description, Scopes: request.Scopes, Tags: request.Tags,
		secret: fmt.Sprintf("tskey-client-%s-%s", id, rand.Text()),
	}
	t.clients[id] = client
	answer(w, struct {
		oauthClient
		Key string `json:"key"`
	}{client, client.secret})
}

// deleteKey ends a client: its secret and its tokens are worth nothing from then on.
func (t *tailnet) deleteKey(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	id := r.PathValue("id")
	if _, isKnown := t.clients[id]; !isKnown {
		refuse(w, http.StatusNotFound, "key not found")
		return
	}
	delete(t.clients, id)
	answer(w, struct{}{})
}

func newID() string {
	return "k" + rand.Text()[:12] + "CNTRL"
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
