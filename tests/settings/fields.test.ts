import { strict as assert } from "node:assert";

import type * as z from "zod";

import {
  cpu,
  dnsLabel,
  dnsName,
  filePath,
  hostPort,
  image,
  integer,
  line,
  list,
  memory,
  numberAmong,
  objectName,
  resolver,
} from "../../settings/fields";

/** Of some values, those that a field takes. */
function taken(field: z.ZodType, values: unknown[]): unknown[] {
  return values.filter((value) => field.safeParse(value).success);
}

describe("dnsName", () => {
  it("takes fully qualified names in lower case", () => {
    const good = ["a.b", "httpbin.example.com", "xn--bcher-kva.example", "1.example.com"];
    assert.deepEqual(taken(dnsName("", ""), good), good);
  });

  it("takes no single label, address, port, path, wildcard or name that is too long", () => {
    const bad = [
      "localhost",
      "10.0.0.1",
      "a.b:80",
      "a.b/c",
      "*.a.b",
      "A.b",
      "a..b",
      ".a.b",
      "a.b.",
    ];
    assert.deepEqual(taken(dnsName("", ""), [...bad, `${"a.".repeat(126)}bc`, 1, null]), []);
  });
});

describe("image", () => {
  const digest = `@sha256:${"0".repeat(64)}`;

  it("takes a tag, a digest, or both, with or without a host", () => {
    const good = [
      "httpbin:1.2.3",
      `httpbin${digest}`,
      `example.com:5000/team/http_bin:1${digest}`,
      "localhost/a/b-c:v1_2",
    ];
    assert.deepEqual(taken(image("", ""), good), good);
  });

  it("takes no latest, no version at all, and nothing that is no reference", () => {
    const bad = [
      "httpbin",
      "httpbin:latest",
      `httpbin:latest${digest}`,
      "httpbin@sha256:0",
      "Http/Bin:1",
      "https://example.com/httpbin:1",
      "a b:1",
      "a:1 ",
      "",
    ];
    assert.deepEqual(taken(image("", ""), bad), []);
  });

  it("takes a tag that only begins like latest", () => {
    assert.deepEqual(taken(image("", ""), ["httpbin:latest-1"]), ["httpbin:latest-1"]);
  });
});

describe("cpu and memory", () => {
  it("take a plain number as the text that it is", () => {
    assert.equal(cpu("", "1").parse(2), "2");
    assert.equal(cpu("", "1").parse(0.25), "0.25");
    assert.equal(cpu("", "1").parse("250m"), "250m");
    assert.equal(memory("", "128Mi").parse(134_217_728), "134217728");
  });

  it("take no quantity of each other, and no list of one", () => {
    assert.deepEqual(taken(cpu("", "1"), ["1Gi", "64Mi", "1k", ["100m"], true, null, {}]), []);
    assert.deepEqual(taken(memory("", "1"), ["100m", "500", "3Mi", ["64Mi"], 128, true]), []);
  });
});

describe("hostPort and resolver", () => {
  const good = ["192.0.2.53:53", "ns1.example.com:5353", "localhost:1", "[2001:db8::53]:65535"];

  it("take a name or an address with a port, an IPv6 address in brackets", () => {
    assert.deepEqual(taken(hostPort("", ""), good), good);
    assert.deepEqual(taken(resolver("", ""), good), good);
  });

  it("take no bare IPv6 address, and no port that there is not", () => {
    const bad = [
      "2606:4700:4700::1111",
      "2606:4700:4700::1111:53",
      "[192.0.2.53]:53",
      "[2001:db8::g]:53",
      "192.0.2.53",
      "192.0.2.53:0",
      "192.0.2.53:65536",
      "192.0.2.53:99999",
      "192.0.2.530:53",
      "a b:53",
      ":53",
      "http://a:53",
    ];
    assert.deepEqual(taken(hostPort("", ""), bad), []);
    assert.deepEqual(taken(resolver("", ""), bad), []);
  });

  it("differ in that a resolver may be an https URL", () => {
    const urls = ["https://1.1.1.1/dns-query", "https://[2606:4700:4700::1111]/dns-query"];
    assert.deepEqual(taken(resolver("", ""), [...urls, "https://a:99999/", "https://"]), urls);
    assert.deepEqual(taken(hostPort("", ""), urls), []);
  });
});

describe("filePath", () => {
  it("takes paths, and nothing that may be the contents of a file", () => {
    const good = ["~/.kube/config", "/etc/rancher/k3s/k3s.yaml", "my kubeconfig", "a"];
    const bad = ['{"kind":"Config"}', "apiVersion: v1\nkind: Config", "a".repeat(256), " a", "a "];
    assert.deepEqual(taken(filePath("", ""), [...good, ...bad, "", 1]), good);
  });
});

describe("integer", () => {
  it("takes whole numbers within its bounds, and no text", () => {
    assert.deepEqual(taken(integer("", 1, 3, 1), [0, 1, 3, 4, 1.5, "2"]), [1, 3]);
  });
});

describe("objectName and line", () => {
  it("take names with dots, and text without ends of space", () => {
    assert.deepEqual(taken(objectName("", ""), ["a.b-c", "A", "a_b"]), ["a.b-c"]);
    assert.deepEqual(taken(line("", ""), ["a b", " a", "a ", "", "a\nb"]), ["a b"]);
  });

  it("take what has become a number for the text that it was, as labels do", () => {
    assert.equal(dnsLabel("", "").parse(123), "123");
    assert.equal(objectName("", "").parse(1.5), "1.5");
    assert.equal(line("", "").parse(1), "1");
    assert.deepEqual(taken(dnsLabel("", ""), [-1, ["a"], true, null]), []);
  });
});

describe("numberAmong", () => {
  it("takes a few numbers, and tells which", () => {
    const field = numberAmong("", [1, 7], 7);
    assert.deepEqual(taken(field, [1, 7, 2, "7"]), [1, 7]);
    assert.equal(field.meta()?.allowed, "one of: 1, 7");
  });
});

describe("list", () => {
  it("takes as many as it must of what its element takes, and has its example", () => {
    const field = list(line("", "a", "text"), "Texts.", 1);
    assert.deepEqual(taken(field, [["b"], ["b", "c"], [], [" "], "b"]), [["b"], ["b", "c"]]);
    assert.deepEqual(field.meta(), {
      description: "Texts.",
      allowed: "a list, each: text; at least 1",
      example: "a",
    });
    assert.equal(list(line("", "a", "text"), "").meta()?.allowed, "a list, each: text");
  });
});
