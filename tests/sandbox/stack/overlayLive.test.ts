import { strict as assert } from "node:assert";

import { overlayLive } from "../../../sandbox/stack/overlayLive";

const TARGET = { kubeconfigPath: "/state/kubeconfig" };

/** As it is committed: nothing in it names an account. */
const committed = {
  "k8s-test:platform": "live",
  "k8s-test:app": { autoscaling: { minReplicas: 2, maxReplicas: 10 } },
};

/** As an owner of an account may have it. */
const own = {
  "k8s-test:platform": "live",
  "k8s-test:app": { host: "httpbin.example.com" },
  "k8s-test:live": {
    region: "eu-west-1",
    accountId: "210987654321",
    network: { vpcId: "vpc-1", publicSubnetIds: ["subnet-1"], zones: 3 },
    access: { admins: ["arn:aws:iam::210987654321:role/admin"] },
    tailnet: { oauthClientId: "kOwn", size: 2 },
    loadBalancer: {
      scheme: "internal",
      certificateArn: "arn:aws:acm:eu-west-1:210987654321:certificate/1",
    },
  },
  "k8s-test:tailscaleOauthSecret": { secure: "v1:abc" },
};

describe("overlayLive", () => {
  it("makes up what the committed config leaves to the owner", () => {
    assert.deepEqual(overlayLive(committed, TARGET).config, {
      "k8s-test:platform": "live",
      "k8s-test:app": {
        host: "httpbin.live.test",
        autoscaling: { minReplicas: 2, maxReplicas: 10 },
      },
      "k8s-test:live": {
        region: "eu-central-1",
        accountId: "123456789012",
        tailnet: { oauthClientId: "sandbox" },
        loadBalancer: { hostedZoneId: "Z00000000SANDBOX" },
      },
    });
  });

  it("keeps what the owner says, but for what is in an account, and for the secret", () => {
    assert.deepEqual(overlayLive(own, TARGET).config, {
      "k8s-test:platform": "live",
      "k8s-test:app": { host: "httpbin.live.test" },
      "k8s-test:live": {
        region: "eu-west-1",
        accountId: "123456789012",
        network: { zones: 3 },
        tailnet: { oauthClientId: "kOwn", size: 2 },
        loadBalancer: { scheme: "internal", hostedZoneId: "Z00000000SANDBOX" },
      },
    });
  });

  it("has the program act on a tailnet of real programs by a client of that one", () => {
    const target = { ...TARGET, oauthClientId: "kReal" };
    const { tailnet, network } = overlayLive(
      { ...own, "k8s-test:live": { ...own["k8s-test:live"], network: { cidr: "10.9.0.0/16" } } },
      target,
    ).config["k8s-test:live"] as Record<string, unknown>;
    assert.deepEqual(tailnet, {
      oauthClientId: "kReal",
      size: 2,
      approval: "policy",
      splitDns: true,
    });
    assert.deepEqual(network, {}, "the API is at an address of the default range");
    const { changes } = overlayLive(committed, target);
    assert.deepEqual(
      changes.filter(({ key }) => key.startsWith("live.tailnet.")),
      [
        { key: "live.tailnet.oauthClientId", value: "kReal", because: "the tailnet is another" },
        {
          key: "live.tailnet.approval",
          value: "policy",
          because: "nobody is there to approve the route by hand",
        },
        {
          key: "live.tailnet.splitDns",
          value: true,
          because: "the laptop's own resolver holds private addresses back",
        },
      ],
    );
  });

  it("tells every key that it sets or leaves out, and no other", () => {
    const keys = (config: object): string[] =>
      overlayLive({ ...config }, { ...TARGET, image: "localhost/httpbin:1" }).changes.map(
        ({ key }) => key,
      );
    assert.deepEqual(keys(committed), [
      "app.host",
      "app.image",
      "live.accountId",
      "live.region",
      "live.tailnet.oauthClientId",
      "live.loadBalancer.hostedZoneId",
    ]);
    assert.deepEqual(keys(own), [
      "app.host",
      "app.image",
      "live.accountId",
      "live.access",
      "live.network.vpcId",
      "live.network.publicSubnetIds",
      "live.loadBalancer.certificateArn",
      "live.loadBalancer.hostedZoneId",
      "tailscaleOauthSecret",
    ]);
  });
});
