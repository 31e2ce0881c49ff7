import { strict as assert } from "node:assert";

import { forwardReport } from "../../../sandbox/browser/forwardReport";

describe("what is said of a port that is forwarded", () => {
  const lines = (port: number): string[] =>
    forwardReport({ name: "x", host: "a.test", port, rootPath: "/state/root.pem" }).split("\n");

  it("leads the connection alone to the port, as the app redirects a URL that names one", () => {
    assert.ok(
      lines(8443).includes(
        '  chromium --host-resolver-rules="MAP a.test:443 127.0.0.1:8443" https://a.test/',
      ),
    );
    assert.doesNotMatch(lines(8443).join("\n"), /a\.test:8443|etc\/hosts/);
    assert.ok(
      lines(8443).some((line) => line.endsWith(" npm run sandbox -- forward --name x --port 443")),
    );
  });

  it("names a line of /etc/hosts where the port is that of https", () => {
    assert.ok(lines(443).some((line) => line.endsWith("/etc/hosts: 127.0.0.1 a.test")));
  });

  it("names the way from another machine, and the root", () => {
    for (const port of [443, 8443]) {
      const text = String(port);
      assert.ok(lines(port).some((line) => line.includes(`ssh -L ${text}:127.0.0.1:${text} `)));
      assert.ok(lines(port).includes("  /state/root.pem"));
    }
  });
});
