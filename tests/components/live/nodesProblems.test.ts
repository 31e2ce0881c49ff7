import { strict as assert } from "node:assert";

import { nodesProblems } from "../../../components/live/nodesProblems";

const ARGS = {
  image: "bottlerocket",
  instanceTypes: ["t4g.medium"],
  minSize: 2,
  maxSize: 4,
  desiredSize: 3,
};

describe("nodesProblems", () => {
  it("are none of any Graviton family", () => {
    for (const type of ["t4g.small", "m7gd.large", "c8gn.xlarge", "im4gn.large", "x2gd.medium"]) {
      assert.deepEqual(nodesProblems({ ...ARGS, instanceTypes: [type] }), [], type);
    }
  });

  it("are a type of another architecture, and no type at all", () => {
    for (const instanceTypes of [["t3.medium"], ["g5.xlarge"], []]) {
      const [problem, ...others] = nodesProblems({ ...ARGS, instanceTypes });
      assert.deepEqual(others, []);
      assert.equal(problem?.key, "instanceTypes");
    }
  });

  it("are a number to begin with that is out of bounds", () => {
    for (const desiredSize of [1, 5]) {
      const [problem, ...others] = nodesProblems({ ...ARGS, desiredSize });
      assert.deepEqual(others, []);
      assert.equal(problem?.key, "desiredSize");
    }
  });
});
