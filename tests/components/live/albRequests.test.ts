import { strict as assert } from "node:assert";

import * as pulumi from "@pulumi/pulumi";

import { AlbRequests } from "../../../components/live/albRequests";
import { runProgram, type Inputs } from "../../support/program";

const GROUP = "targetgroup/k8s-httpbin-httpbin-0a1b2c3d4e/0123456789abcdef";
const BALANCER =
  "arn:aws:elasticloadbalancing:eu-central-1:123456789012:loadbalancer/app/k8s-httpbin/fedcba9876543210";

/** Makes the trigger, and gives what was asked of AWS and what came of it. */
async function find(
  loadBalancerArns: string[] | undefined,
  address: () => pulumi.Output<string> = () => pulumi.output("k8s-1.elb.amazonaws.com"),
  preview = false,
): Promise<{ asked: Inputs[]; dimensions: unknown }> {
  const asked: Inputs[] = [];
  const { outputs } = await runProgram(
    () => {
      const { trigger } = new AlbRequests("httpbin-requests", {
        clusterName: "blue",
        region: "eu-central-1",
        namespace: "web",
        ingressName: "httpbin",
        address: address(),
      });
      return Promise.resolve({ dimensions: trigger.metadata["dimensionValue"] });
    },
    {
      preview,
      calls: {
        "aws:lb/getTargetGroup:getTargetGroup": (inputs) => {
          asked.push(inputs);
          if (loadBalancerArns === undefined) throw new Error("no matching target group");
          return { arnSuffix: GROUP, loadBalancerArns };
        },
      },
    },
  );
  return { asked, dimensions: outputs["dimensions"] };
}

describe("AlbRequests", () => {
  it("finds the target group by the tags of its Ingress and its cluster", async () => {
    const { asked, dimensions } = await find([BALANCER]);
    assert.deepEqual(
      asked.map(({ tags }) => tags),
      [{ "elbv2.k8s.aws/cluster": "blue", "ingress.k8s.aws/stack": "web/httpbin" }],
    );
    assert.equal(dimensions, `app/k8s-httpbin/fedcba9876543210;${GROUP}`);
  });

  it("asks only once the load balancer has an address", async () => {
    const [address, setAddress] = pulumi.deferredOutput<string>();
    let isKnown = false;
    setTimeout(() => {
      isKnown = true;
      setAddress(pulumi.output("k8s-1.elb.amazonaws.com"));
    }, 50);
    const { asked } = await find([BALANCER], () => address);
    assert.ok(isKnown);
    assert.equal(asked.length, 1);
  });

  it("asks nothing in a preview of a load balancer that is not there yet", async () => {
    const unknown = (): pulumi.Output<string> => pulumi.output(pulumi.unknown as unknown as string);
    const { asked } = await find([BALANCER], unknown, true);
    assert.deepEqual(asked, []);
  });

  it("says what is wrong where there is none, or no load balancer serves it", async () => {
    const message = (error: unknown): string => {
      assert.ok(pulumi.RunError.isInstance(error), "printed without a stack trace");
      return error.message;
    };
    await assert.rejects(find([]), (error) => {
      assert.match(
        message(error),
        /^No target group is found that serves the Ingress web\/httpbin,.*\n {2}cause: targetgroup\/.* belongs to no load balancer\n {2}looked for: .*"ingress\.k8s\.aws\/stack":"web\/httpbin"/,
      );
      return true;
    });
    await assert.rejects(find(undefined), (error) => {
      // What the mocks say never reaches the program; the engine's words do.
      assert.match(message(error), /^No target group is found .*\n {2}cause: .*\n {2}looked for: /);
      return true;
    });
  });
});
