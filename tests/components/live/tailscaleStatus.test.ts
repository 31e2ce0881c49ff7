import { strict as assert } from "node:assert";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { parseStatus, tailscaleStatus } from "../../../components/live/tailscaleStatus";

const STATUS = JSON.stringify({
  Version: "1.98.0",
  TUN: true,
  BackendState: "Running",
  Self: { HostName: "laptop", TailscaleIPs: ["100.101.102.103"] },
  Peer: {
    "nodekey:1": {
      HostName: "live-router-0a1b",
      Online: true,
      PrimaryRoutes: ["10.80.0.0/16"],
      AllowedIPs: ["100.64.0.7/32", "10.80.0.0/16"],
    },
    "nodekey:2": { HostName: "phone", Online: false, AllowedIPs: ["100.64.0.8/32"] },
    "nodekey:3": { HostName: "old-router", Online: false, PrimaryRoutes: ["10.90.0.0/16"] },
  },
});

describe("parseStatus", () => {
  it("finds the state, and those of the tailnet that carry traffic for a range", () => {
    assert.deepEqual(parseStatus(STATUS), {
      state: "Running",
      hasInterface: true,
      routers: [
        { hostname: "live-router-0a1b", isOnline: true, routes: ["10.80.0.0/16"] },
        { hostname: "old-router", isOnline: false, routes: ["10.90.0.0/16"] },
      ],
    });
  });

  it("takes a client that is stopped, and so knows of nobody", () => {
    const text = JSON.stringify({ BackendState: "Stopped", TUN: false, Peer: null });
    assert.deepEqual(parseStatus(text), { state: "Stopped", hasInterface: false, routers: [] });
  });

  it("refuses what is no status", () => {
    assert.throws(() => parseStatus("Tailscale is stopped."), SyntaxError);
    assert.throws(() => parseStatus("{}"), { name: "ZodError" });
  });
});

describe("tailscaleStatus", () => {
  const TIMEOUT_MS = 30_000;
  let folder = "";
  before(async () => (folder = await mkdtemp(join(tmpdir(), "tailscale-"))));
  after(() => rm(folder, { recursive: true }));

  async function command(script: string): Promise<string> {
    const path = join(folder, "tailscale");
    await writeFile(path, `#!/bin/sh\n${script}\n`);
    await chmod(path, 0o755);
    return path;
  }

  it("asks the first client that is there for its status", async () => {
    const client = await command(`[ "$*" = "status --json" ] && printf '%s' '${STATUS}'`);
    const status = await tailscaleStatus(TIMEOUT_MS, [join(folder, "none"), client]);
    assert.deepEqual(status, parseStatus(STATUS));
  });

  it("gives the client nothing of the program's config, and all else that it may need", async () => {
    process.env["PULUMI_CONFIG"] = "with a secret";
    try {
      const client = await command(`[ -z "$PULUMI_CONFIG" ] && [ -n "$PATH" ] && echo '${STATUS}'`);
      assert.deepEqual(await tailscaleStatus(TIMEOUT_MS, [client]), parseStatus(STATUS));
    } finally {
      delete process.env["PULUMI_CONFIG"];
    }
  });

  it("knows nothing where no client is, or none that tells", async () => {
    assert.equal(await tailscaleStatus(TIMEOUT_MS, [join(folder, "none")]), undefined);
    const client = await command("echo failed to connect to local tailscaled >&2; exit 1");
    assert.equal(await tailscaleStatus(TIMEOUT_MS, [client]), undefined);
  });
});
