import { strict as assert } from "node:assert";

import { appOf } from "../../load/stackNames";

describe("appOf", () => {
  const outputs = {
    url: "https://httpbin.example.com",
    namespace: "tools",
    serviceName: "httpbin",
    autoscalerName: "httpbin-hpa",
  };

  it("takes the names of the app from the stack's outputs", () => {
    assert.deepEqual(appOf("home", outputs), {
      namespace: "tools",
      service: "httpbin",
      autoscaler: "httpbin-hpa",
      publicUrl: "https://httpbin.example.com",
    });
  });

  it("names every output that is missing, and how to get them", () => {
    assert.throws(
      () => appOf("home", { url: outputs.url, namespace: 3 }),
      /^UserError: The stack home has no output namespace, serviceName, autoscalerName\. Bring it up: pulumi up --stack home$/,
    );
  });
});
