import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { zoneNames } from "../../../components/live/zones";
import { runProgram, type Inputs, type ProgramResult } from "../../support/program";

/** What a network of a region is told, and what it asked. */
async function ask(
  names: string[],
  count: number,
): Promise<{ result: ProgramResult; asked: Inputs[] }> {
  const asked: Inputs[] = [];
  const result = await runProgram(
    () => {
      const parent = new pulumi.ComponentResource("test:Parent", "parent");
      return Promise.resolve({ zones: zoneNames('Network "net"', count, { parent }) });
    },
    {
      calls: {
        "aws:index/getAvailabilityZones:getAvailabilityZones": (inputs) => {
          asked.push(inputs);
          return { names };
        },
      },
    },
  );
  return { result, asked };
}

describe("zoneNames", () => {
  it("are those that every account has, and EKS too: no local ones, and not the three without", async () => {
    const { asked } = await ask(["b", "a"], 2);
    assert.deepEqual(asked, [
      {
        state: "available",
        excludeZoneIds: ["use1-az3", "usw1-az2", "cac1-az3"],
        filters: [{ name: "opt-in-status", values: ["opt-in-not-required"] }],
      },
    ]);
  });

  it("are the first by name, in whichever order AWS tells of them", async () => {
    const { result } = await ask(["us-east-1c", "us-east-1a", "us-east-1d", "us-east-1b"], 2);
    assert.deepEqual(result.outputs["zones"], ["us-east-1a", "us-east-1b"]);
  });

  it("are not too few: a region with two zones takes no network of three", async () => {
    await assert.rejects(ask(["us-west-1c", "us-west-1a"], 3), {
      message:
        'Network "net" cannot be made of these arguments:\n' +
        "  zones: 3; at most 2, as EKS can be had in us-west-1a, us-west-1c",
    });
  });
});
