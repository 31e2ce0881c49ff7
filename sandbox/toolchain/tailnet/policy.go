package main

import (
	"encoding/json"
	"fmt"
	"net/netip"
	"slices"

	"github.com/tailscale/hujson"
)

// defaultPolicy is what a new tailnet has, in short.
const defaultPolicy = "{\n\t\"grants\": [{\"src\": [\"*\"], \"dst\": [\"*\"], \"ip\": [\"*\"]}],\n}\n"

// policy is the tailnet's policy file, as far as it is acted on: tags and the approval of routes.
// Who may connect to whom is not: all may, but for devices that are cut off.
type policy struct {
	text          string
	TagOwners     map[string]json.RawMessage `json:"tagOwners"`
	AutoApprovers struct {
		Routes map[string][]string `json:"routes"`
	} `json:"autoApprovers"`
}

func parsePolicy(text []byte) (policy, error) {
	p := policy{text: string(text)}
	standard, err := hujson.Standardize(slices.Clone(text))
	if err != nil {
		return p, err
	}
	if err := json.Unmarshal(standard, &p); err != nil {
		return p, err
	}
	for route := range p.AutoApprovers.Routes {
		if _, err := netip.ParsePrefix(route); err != nil {
			return p, fmt.Errorf("autoApprovers: %w", err)
		}
	}
	return p, nil
}

// approves tells whether a route of a device with these tags needs nobody's approval.
func (p policy) approves(route netip.Prefix, tags []string) bool {
	for text, approvers := range p.AutoApprovers.Routes {
		wide, err := netip.ParsePrefix(text)
		isWithin := err == nil && wide.Bits() <= route.Bits() && wide.Contains(route.Addr())
		if isWithin && slices.ContainsFunc(tags, func(tag string) bool { return slices.Contains(approvers, tag) }) {
			return true
		}
	}
	return false
}

// undefinedTag is the first of the tags that the policy file does not know.
func (p policy) undefinedTag(tags []string) string {
	for _, tag := range tags {
		if _, isDefined := p.TagOwners[tag]; !isDefined {
			return tag
		}
	}
	return ""
}
