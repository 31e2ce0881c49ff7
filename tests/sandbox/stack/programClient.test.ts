import { strict as assert } from "node:assert";

import { parse } from "jsonc-parser";

import type { StackConfig } from "../../../sandbox/stack/overlay";
import { OPERATORS_POLICY, programClient } from "../../../sandbox/stack/programClient";
import type { ClientWish, Control } from "../../../sandbox/tailnet/control";

const SECRET = { "k8s-test:tailscaleOauthSecret": { secure: "v1:abc" } };
const named = (oauthClientId: string): StackConfig => ({
  "k8s-test:live": { tailnet: { oauthClientId } },
});

describe("programClient", () => {
  let wishes: ClientWish[];
  const control = {
    findKey: (id: string) => Promise.resolve(id === "kKnown" ? { id } : undefined),
    createClientOf: (wish: ClientWish) => {
      wishes.push(wish);
      return Promise.resolve({ id: "kNew", key: "tskey-client-kNew-x" });
    },
  } as unknown as Control;

  beforeEach(() => {
    wishes = [];
  });

  it("is the one of the config where the tailnet has it and its secret is kept", async () => {
    assert.deepEqual(await programClient(control, { ...named("kKnown"), ...SECRET }), {
      id: "kKnown",
    });
    assert.deepEqual(wishes, []);
  });

  it("is a new one where there is none, its secret is lost, or the tailnet is another", async () => {
    for (const config of [{}, named("kKnown"), { ...named("sandbox"), ...SECRET }]) {
      const client = { id: "kNew", secret: "tskey-client-kNew-x" };
      assert.deepEqual(await programClient(control, config), client);
    }
    assert.equal(wishes.length, 3);
  });

  it("may do what docs/live-cluster.md says for these settings, by a tag that the policy has", async () => {
    await programClient(control, {});
    assert.deepEqual(wishes[0]?.scopes, ["oauth_keys", "auth_keys", "policy_file", "dns"]);
    const policy = parse(OPERATORS_POLICY) as { tagOwners: object; autoApprovers?: object };
    assert.deepEqual(Object.keys(policy.tagOwners), wishes[0].tags);
    assert.equal(policy.autoApprovers, undefined);
  });
});
