import { strict as assert } from "node:assert";

import { OWNER_TAG, ownTags } from "../../../components/live/ownTags";

describe("ownTags", () => {
  it("name the cluster by the tag that the deployer's rights go by", () => {
    assert.deepEqual(ownTags("blue"), {
      Cluster: "blue",
      ManagedBy: "pulumi",
      Project: "k8s-test",
    });
    assert.equal(ownTags("blue")[OWNER_TAG], "blue");
  });
});
