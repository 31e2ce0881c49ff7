import { strict as assert } from "node:assert";

import fc from "fast-check";

import { DNS_LABEL } from "../../../../components/dnsLabel";
import { hostnamePrefix } from "../../../../components/live/router/hostnamePrefix";

const INSTANCE = "i-0123456789abcdef0";

describe("hostnamePrefix", () => {
  it("names the cluster and its region", () => {
    assert.equal(hostnamePrefix("live", "eu-central-1"), "live-eu-central-1-router-");
  });

  it("makes of what no host name can have what it can", () => {
    assert.equal(hostnamePrefix("My_Cluster", "us-east-1"), "my-cluster-us-east-1-router-");
  });

  it("leaves room for the instance's id in one label, whatever the cluster's name", () => {
    const clusterName = fc.stringMatching(/^[0-9A-Za-z][A-Za-z0-9_-]{0,99}$/);
    const region = fc.constantFrom("us-east-1", "ap-southeast-1", "us-gov-west-1");
    fc.assert(
      fc.property(clusterName, region, (name, where) => {
        assert.match(`${hostnamePrefix(name, where)}${INSTANCE}`, DNS_LABEL);
      }),
    );
  });
});
