import { strict as assert } from "node:assert";

import { selfSigned } from "../../support/certificates";
import { base64 } from "../../support/kubeconfig";
import { eksKubeconfig } from "../../../components/live/eksKubeconfig";
import { inspectKubeconfig } from "../../../settings/kubeconfig";

describe("eksKubeconfig", () => {
  let certificate = "";
  let text = "";
  before(async () => {
    ({ certificate } = await selfSigned());
    text = eksKubeconfig({
      clusterName: "live",
      region: "eu-central-1",
      endpoint: "https://0123456789abcdef.example.com",
      certificateAuthority: base64(certificate),
    });
  });

  it("is a kubeconfig for the endpoint, which trusts the cluster's own CA", async () => {
    const { problems, cluster } = await inspectKubeconfig(text);
    assert.deepEqual(problems, []);
    assert.equal(cluster?.server.hostname, "0123456789abcdef.example.com");
    assert.equal(cluster.ca, certificate);
  });

  it("is of the version that clients read", () => {
    const { apiVersion, kind } = JSON.parse(text) as Record<string, unknown>;
    assert.deepEqual([apiVersion, kind], ["v1", "Config"]);
  });

  it("asks the aws CLI for a token each time, and holds none", () => {
    const { users } = JSON.parse(text) as { users: unknown };
    assert.deepEqual(users, [
      {
        name: "live",
        user: {
          exec: {
            apiVersion: "client.authentication.k8s.io/v1",
            command: "aws",
            args: [
              ...["eks", "get-token", "--cluster-name", "live"],
              ...["--region", "eu-central-1", "--output", "json"],
            ],
            interactiveMode: "Never",
          },
        },
      },
    ]);
  });

  it("takes a role for it where one is named", () => {
    const withRole = eksKubeconfig({
      clusterName: "live",
      region: "eu-central-1",
      endpoint: "https://0123456789abcdef.example.com",
      certificateAuthority: base64(certificate),
      roleArn: "arn:aws:iam::123456789012:role/admin",
    });
    const { users } = JSON.parse(withRole) as { users: { user: { exec: { args: string[] } } }[] };
    assert.deepEqual(users[0]?.user.exec.args.slice(-2), [
      "--role-arn",
      "arn:aws:iam::123456789012:role/admin",
    ]);
  });
});
