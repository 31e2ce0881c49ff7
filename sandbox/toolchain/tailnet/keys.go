package main

import (
	"crypto/rand"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"
)

// Kinds of keys: an OAuth client lets a program in, an auth key a device.
const (
	clientKey = "client"
	authKey   = "auth"
)

// authKeyLife is how long an auth key lasts that is asked for without an expiry.
const authKeyLife = 90 * 24 * time.Hour

// capabilities are what an auth key lets a device do.
type capabilities struct {
	Devices struct {
		Create struct {
			Reusable      bool     `json:"reusable"`
			Ephemeral     bool     `json:"ephemeral"`
			Preauthorized bool     `json:"preauthorized"`
			Tags          []string `json:"tags"`
		} `json:"create"`
	} `json:"devices"`
}

// accessKey is a key as the API shows it. Its secret is told once, when it is made.
type accessKey struct {
	ID           string       `json:"id"`
	KeyType      string       `json:"keyType"`
	Description  string       `json:"description"`
	Created      time.Time    `json:"created"`
	Updated      time.Time    `json:"updated"`
	Expires      time.Time    `json:"expires,omitzero"`
	Invalid      bool         `json:"invalid"`
	Scopes       []string     `json:"scopes"`
	Tags         []string     `json:"tags"`
	Capabilities capabilities `json:"capabilities"`
	UserID       string       `json:"userId"`
	secret       string
}

// keyRequest asks for a key, or changes an OAuth client.
type keyRequest struct {
	KeyType       string       `json:"keyType"`
	Description   string       `json:"description"`
	ExpirySeconds int64        `json:"expirySeconds"`
	Scopes        []string     `json:"scopes"`
	Tags          []string     `json:"tags"`
	Capabilities  capabilities `json:"capabilities"`
}

// createToken changes the secret of a client for an access token.
func (t *tailnet) createToken(w http.ResponseWriter, r *http.Request) {
	_, secret, isBasic := r.BasicAuth()
	if !isBasic {
		secret = r.PostFormValue("client_secret")
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	for id, key := range t.keys {
		if key.KeyType == clientKey && key.secret == secret {
			token := "tskey-api-" + rand.Text()
			t.tokens[token] = id
			answer(w, map[string]any{
				"access_token": token, "token_type": "Bearer", "expires_in": 3600,
				"scope": strings.Join(key.Scopes, " "),
			})
			return
		}
	}
	refuse(w, http.StatusUnauthorized, "API token invalid")
}

// createOwnKey makes the auth key that a client asks for with its access token.
func (t *tailnet) createOwnKey(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	client, isKnown := t.keys[t.tokens[token]]
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
	request.KeyType = authKey
	t.answerNewKey(w, request)
}

// createKey makes what an administrator asks for.
func (t *tailnet) createKey(w http.ResponseWriter, r *http.Request) {
	t.mu.Lock()
	defer t.mu.Unlock()
	var request keyRequest
	if read(w, r, &request) && t.knowsTags(w, request) {
		t.answerNewKey(w, request)
	}
}

// knowsTags refuses what asks for a tag that the policy file does not define.
func (t *tailnet) knowsTags(w http.ResponseWriter, request keyRequest) bool {
	tag := t.policy.undefinedTag(slices.Concat(request.Tags, request.Capabilities.Devices.Create.Tags))
	if tag != "" {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("requested tags are invalid or not permitted: %s", tag))
	}
	return tag == ""
}

// answerNewKey makes a key, and tells its secret.
func (t *tailnet) answerNewKey(w http.ResponseWriter, request keyRequest) {
	now := time.Now().UTC()
	key := accessKey{
		ID: "k" + rand.Text()[:12] + "CNTRL", KeyType: authKey, Description: request.Description,
		Created: now, Updated: now, Scopes: request.Scopes, Tags: request.Tags, Capabilities: request.Capabilities,
	}
	if request.KeyType == clientKey {
		key.KeyType = clientKey
		key.secret = fmt.Sprintf("tskey-client-%s-%s", key.ID, rand.Text())
	} else {
		life := authKeyLife
		if request.ExpirySeconds > 0 {
			life = time.Duration(request.ExpirySeconds) * time.Second
		}
		key.Expires = now.Add(life)
		key.secret = t.control.RequireAuthKey
	}
	t.keys[key.ID] = key
	answer(w, struct {
		accessKey
		Key string `json:"key"`
	}{key, key.secret})
}

// onKey does something about the key that the path names.
func (t *tailnet) onKey(do func(key accessKey, w http.ResponseWriter, r *http.Request)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		t.mu.Lock()
		defer t.mu.Unlock()
		key, isKnown := t.keys[r.PathValue("id")]
		if !isKnown {
			refuse(w, http.StatusNotFound, "key not found")
			return
		}
		key.Invalid = !key.Expires.IsZero() && key.Expires.Before(time.Now())
		do(key, w, r)
	}
}

func (t *tailnet) showKey(key accessKey, w http.ResponseWriter, _ *http.Request) {
	answer(w, key)
}

// changeClient sets all of an OAuth client but its secret. An auth key cannot be changed.
func (t *tailnet) changeClient(key accessKey, w http.ResponseWriter, r *http.Request) {
	if key.KeyType != clientKey {
		refuse(w, http.StatusBadRequest, "only OAuth clients can be changed")
		return
	}
	var request keyRequest
	if !read(w, r, &request) || !t.knowsTags(w, request) {
		return
	}
	key.Description, key.Scopes, key.Tags = request.Description, request.Scopes, request.Tags
	key.Updated = time.Now().UTC()
	t.keys[key.ID] = key
	answer(w, key)
}

// deleteKey ends a key. The secret and the tokens of a client are worth nothing from then on. Auth keys
// are only forgotten: the control server has one secret for all, which stays good.
func (t *tailnet) deleteKey(key accessKey, w http.ResponseWriter, _ *http.Request) {
	delete(t.keys, key.ID)
	answer(w, struct{}{})
}
