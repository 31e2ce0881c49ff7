import { strict as assert } from "node:assert";

import { principalArn } from "../../settings/awsFields";
import { choice, dnsName, flag, integer, line } from "../../settings/fields";
import { meantBy } from "../../settings/meant";

describe("meantBy", () => {
  it("is the number, or the yes or no, that a text says", () => {
    assert.equal(meantBy("8", integer("", 1, 10, 4)), 8);
    assert.equal(meantBy("false", flag("")), false);
    assert.equal(meantBy(" True", flag("")), true);
  });

  it("is the host in what else a browser would take", () => {
    const host = dnsName("", "");
    assert.equal(meantBy("Httpbin.Example.com", host), "httpbin.example.com");
    assert.equal(meantBy("https://httpbin.example.com/", host), "httpbin.example.com");
    assert.equal(meantBy("httpbin.example.com:8443/get", host), "httpbin.example.com");
    assert.equal(meantBy("httpbin.example.com.", host), "httpbin.example.com");
    assert.equal(meantBy("bücher.example", host), "xn--bcher-kva.example");
  });

  it("is the word or line without the case or the space around it", () => {
    assert.equal(meantBy("Cloudflare", choice("", ["route53", "cloudflare"])), "cloudflare");
    assert.equal(meantBy(" home ", line("", "")), "home");
  });

  it("is the word of a choice that is misspelt, and none that is another word", () => {
    const places = choice("", ["off", "install", "existing"]);
    assert.equal(meantBy("instal", places), "install");
    assert.equal(meantBy("Exsiting", places), "existing");
    assert.equal(meantBy("on", places), undefined);
    assert.equal(meantBy("instal", line("", "")), "instal");
  });

  it("is the role that a session is of, unless that has a path, which the session does not tell", () => {
    const principal = principalArn("", "role/admin");
    const session = (role: string): string => `arn:aws:sts::123456789012:assumed-role/${role}/anna`;
    assert.equal(
      meantBy(session("deployer"), principal),
      "arn:aws:iam::123456789012:role/deployer",
    );
    assert.equal(meantBy(session("AWSReservedSSO_Admin_0123456789abcdef"), principal), undefined);
  });

  it("is nothing where nothing fits", () => {
    assert.equal(meantBy("20", integer("", 1, 10, 4)), undefined);
    assert.equal(meantBy("", integer("", 0, 10, 4)), undefined);
    assert.equal(meantBy("maybe", flag("")), undefined);
    assert.equal(meantBy("my httpbin", dnsName("", "")), undefined);
    assert.equal(meantBy(["8"], integer("", 1, 10, 4)), undefined);
  });
});
