import { strict as assert } from "node:assert";
import { mock } from "node:test";

import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

import { approvalSnippet } from "../../../components/live/router/policyFile";
import { TailnetPath, type TailnetPathArgs } from "../../../components/live/tailnetPath";
import {
  only,
  ProgramError,
  runProgram,
  type Inputs,
  type ProgramResult,
} from "../../support/program";

const ROUTES = "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes";
const SPLIT_DNS = "tailscale:index/dnsSplitNameservers:DnsSplitNameservers";

const args: TailnetPathArgs = {
  approval: "manual",
  tag: "tag:router",
  vpcCidr: "10.80.0.0/16",
  hostnamePrefix: "live-eu-central-1-router-",
  size: 2,
  splitDns: false,
  endpoint: "https://0123ABCD.gr7.eu-central-1.eks.amazonaws.com",
};

const DEVICES = [
  { nodeId: "n-gone", created: "2026-01-01T10:00:00Z" },
  { nodeId: "n-first", created: "2026-01-02T10:00:00Z" },
  { nodeId: "n-second", created: "2026-01-02T10:00:01Z" },
];

interface Made {
  result: ProgramResult;
  /** What Tailscale was asked. */
  asked: Inputs[];
  /** What was logged. */
  logged: string[];
}

async function make(given: Partial<TailnetPathArgs>, preview = false): Promise<Made> {
  const asked: Inputs[] = [];
  const info = mock.method(pulumi.log, "info", () => Promise.resolve());
  const result = await runProgram(
    () => {
      const router = new aws.ec2.Eip("router");
      const path = new TailnetPath("path", { ...args, ...given }, { dependsOn: router });
      const { policySnippet, ready } = path;
      return Promise.resolve({ policySnippet, ready: pulumi.all(ready.map(({ urn }) => urn)) });
    },
    {
      preview,
      calls: {
        "tailscale:index/getDevices:getDevices": (inputs) => {
          asked.push(inputs);
          return { devices: DEVICES, id: "devices" };
        },
      },
    },
  );
  return { result, asked, logged: info.mock.calls.map(({ arguments: [text] }) => String(text)) };
}

function ofTailscale({ resources }: ProgramResult): string[] {
  return resources.map(({ type }) => type).filter((type) => type.startsWith("tailscale:"));
}

describe("TailnetPath", () => {
  afterEach(() => {
    mock.restoreAll();
  });

  for (const approval of ["manual", "policy"]) {
    it(`touches no device where the approval is ${approval}: the policy file has it`, async () => {
      const { result, asked } = await make({ approval });
      assert.deepEqual(ofTailscale(result), []);
      assert.deepEqual(asked, []);
      assert.deepEqual(result.outputs["ready"], []);
    });
  }

  it("gives what the policy file needs to say, to be written in by hand", async () => {
    const { result } = await make({});
    const snippet = approvalSnippet({ tag: "tag:router", route: "10.80.0.0/16" });
    assert.equal(result.outputs["policySnippet"], snippet);
    assert.deepEqual(only(result, "k8s-test:live:TailnetPath").outputs, { policySnippet: snippet });
  });

  it("shows that in a preview, when there is time to write it in, and not in an update", async () => {
    const { logged } = await make({}, true);
    const [text = ""] = logged;
    assert.ok(text.includes(approvalSnippet({ tag: "tag:router", route: "10.80.0.0/16" })));
    assert.equal(logged.length, 1);
    assert.deepEqual((await make({})).logged, []);
    assert.deepEqual((await make({ approval: "policy" }, true)).logged, []);
  });

  it("approves the VPC's range on the devices that joined last, where it is by device", async () => {
    const { result, asked } = await make({ approval: "device" });
    const routes = result.resources.filter(({ type }) => type === ROUTES);
    assert.deepEqual(
      routes.map(({ name, inputs }) => [name, inputs]),
      [
        ["path-0", { deviceId: "n-second", routes: ["10.80.0.0/16"] }],
        ["path-1", { deviceId: "n-first", routes: ["10.80.0.0/16"] }],
      ],
    );
    assert.deepEqual(asked, [
      {
        namePrefix: "live-eu-central-1-router-",
        filters: [{ name: "tags", values: ["tag:router"] }],
      },
    ]);
    assert.deepEqual(
      result.outputs["ready"],
      routes.map(({ urn }) => urn),
    );
  });

  it("does so after the router, and does not look back at devices that are gone", async () => {
    const { result } = await make({ approval: "device" });
    const router = only(result, "aws:ec2/eip:Eip").urn;
    for (const route of result.resources.filter(({ type }) => type === ROUTES)) {
      assert.ok(route.dependencies.includes(router));
      assert.equal(route.parent, only(result, "k8s-test:live:TailnetPath").urn);
      assert.equal(route.retainOnDelete, true);
    }
  });

  it("asks the VPC's resolver for the API's whole name and for no other, where wanted", async () => {
    const { result } = await make({ splitDns: true });
    assert.deepEqual(only(result, SPLIT_DNS).inputs, {
      domain: "0123abcd.gr7.eu-central-1.eks.amazonaws.com",
      nameservers: ["10.80.0.2"],
    });
    assert.deepEqual(result.outputs["ready"], [only(result, SPLIT_DNS).urn]);
    assert.ok(only(result, SPLIT_DNS).dependencies.includes(only(result, "aws:ec2/eip:Eip").urn));
  });

  it("refuses an approval that it does not know, before it makes anything", async () => {
    await assert.rejects(make({ approval: "auto" }), (error) => {
      assert.ok(error instanceof ProgramError);
      assert.match(error.message, /approval: auto; one of manual, policy, device/);
      return error.resources.every(({ type }) => !type.includes("TailnetPath"));
    });
  });
});
