import { strict as assert } from "node:assert";

import type { Attempt } from "../../../components/live/askApi";
import { CAUSES, type CauseName } from "../../../components/live/causes";
import { diagnose, explain } from "../../../components/live/diagnosis";
import type { Observations } from "../../../components/live/observe";
import type { TailscaleStatus } from "../../../components/live/tailscaleStatus";

const HOST = "0123456789abcdef.gr7.eu-central-1.eks.amazonaws.com";
const LAN = "192.168.1.5";
const TAILNET = "100.101.102.103";

const SILENT: Attempt = { reached: "nothing", code: "ETIMEDOUT", isUntrusted: false };
const REFUSED: Attempt = { reached: "nothing", code: "ECONNREFUSED", isUntrusted: false };
const BROKEN: Attempt = { reached: "tcp", code: "ECONNRESET", isUntrusted: false };
const UNTRUSTED: Attempt = {
  reached: "tcp",
  code: "DEPTH_ZERO_SELF_SIGNED_CERT",
  isUntrusted: true,
};

function tailscale(changes: Partial<TailscaleStatus> = {}, isOnline = true): TailscaleStatus {
  const router = { hostname: "live-router-0a1b", isOnline, routes: ["10.80.0.0/16"] };
  return { state: "Running", hasInterface: true, routers: [router], ...changes };
}

/** A machine on the tailnet from which nothing is wrong, but that nothing comes back. */
function seen(changes: Partial<Observations> = {}): Observations {
  return {
    host: HOST,
    vpcCidr: "10.80.0.0/16",
    attempt: SILENT,
    localAddresses: ["127.0.0.1", LAN, TAILNET],
    addresses: ["10.80.1.4", "10.80.3.9"],
    publicAddresses: [],
    sourceAddress: TAILNET,
    tailscale: tailscale(),
    ...changes,
  };
}

/** The same without a Tailscale client that tells. */
const untold = (changes: Partial<Observations> = {}): Observations =>
  seen({ tailscale: undefined, ...changes });

const OFF = { localAddresses: ["127.0.0.1", LAN], sourceAddress: LAN };
const INSIDE = { localAddresses: ["127.0.0.1", "10.80.5.6"], sourceAddress: "10.80.5.6" };
const FILTERED = { addresses: [], publicAddresses: ["10.80.1.4"] };
const NAMELESS = { addresses: [], publicAddresses: [], sourceAddress: undefined };

describe("diagnose", () => {
  const cases: [string, Observations, CauseName][] = [
    ["no address of Tailscale's", untold(OFF), "notOnTailnet"],
    [
      "none, as Tailscale is stopped",
      seen({ ...OFF, tailscale: tailscale({ state: "Stopped" }) }),
      "notOnTailnet",
    ],
    [
      "none, and a server of its own network in the API's place",
      untold({ ...OFF, attempt: UNTRUSTED }),
      "notOnTailnet",
    ],
    ["none, and its own network refuses", untold({ ...OFF, attempt: REFUSED }), "notOnTailnet"],
    ["none, and no name", untold({ ...OFF, ...NAMELESS }), "notOnTailnet"],
    [
      "none, as Tailscale has no interface",
      seen({ ...OFF, tailscale: tailscale({ hasInterface: false }) }),
      "noInterface",
    ],
    [
      "an IPv6 address of Tailscale's alone",
      untold({ localAddresses: ["fd7a:115c:a1e0::1"], sourceAddress: "fd7a:115c:a1e0::1" }),
      "policyForbids",
    ],

    ["no name anywhere", untold(NAMELESS), "nameUnknown"],
    ["no name here, but elsewhere", untold(FILTERED), "nameFiltered"],
    ["no name here, but elsewhere, and a router that is online", seen(FILTERED), "nameFiltered"],
    ["a name that leads out of the VPC", seen({ addresses: ["203.0.113.7"] }), "nameElsewhere"],
    [
      "a name that a filter leads to this machine",
      seen({ addresses: ["127.0.0.1"], attempt: REFUSED }),
      "nameElsewhere",
    ],
    [
      "a name that leads in and out",
      seen({ addresses: ["203.0.113.7", "10.80.1.4"] }),
      "policyForbids",
    ],

    ["another way out, and Tailscale not telling", untold({ sourceAddress: LAN }), "noRoute"],
    ["no way at all, and Tailscale not telling", untold({ sourceAddress: undefined }), "noRoute"],
    [
      "another way out, though there is a router",
      seen({ sourceAddress: LAN }),
      "routesNotAccepted",
    ],
    [
      "another way out, on which another server is",
      seen({ sourceAddress: LAN, attempt: UNTRUSTED }),
      "routesNotAccepted",
    ],
    [
      "another way out for split DNS as well",
      seen({ ...FILTERED, sourceAddress: LAN }),
      "routesNotAccepted",
    ],
    [
      "no router",
      seen({ sourceAddress: LAN, tailscale: tailscale({ routers: [] }) }),
      "routeNotOffered",
    ],
    [
      "no router but an exit node",
      seen({
        tailscale: tailscale({
          routers: [{ hostname: "exit", isOnline: true, routes: ["0.0.0.0/0"] }],
        }),
      }),
      "routeNotOffered",
    ],
    [
      "a router for another VPC",
      seen({
        tailscale: tailscale({
          routers: [{ hostname: "other", isOnline: true, routes: ["10.90.0.0/16"] }],
        }),
      }),
      "routeNotOffered",
    ],
    ["a router that is offline", seen({ tailscale: tailscale({}, false) }), "routerOffline"],
    [
      "a router that is offline, on which split DNS relies",
      seen({ ...FILTERED, tailscale: tailscale({}, false) }),
      "routerOffline",
    ],

    ["a way, and nothing back", seen(), "policyForbids"],
    ["a way, and nothing back, Tailscale not telling", untold(), "policyForbids"],
    ["nothing back inside the VPC", untold(INSIDE), "policyForbids"],

    ["another certificate", seen({ attempt: UNTRUSTED }), "otherServer"],
    [
      "another certificate inside the VPC",
      untold({ ...INSIDE, attempt: UNTRUSTED }),
      "otherServer",
    ],

    ["a refused connection", seen({ attempt: REFUSED }), "apiDown"],
    ["a connection that breaks off", seen({ attempt: BROKEN }), "apiDown"],
    ["no answer over TLS", seen({ attempt: { ...BROKEN, reached: "tls" } }), "apiDown"],
    ["an answer that says so", seen({ attempt: { reached: "http", status: 503 } }), "apiDown"],
    [
      "the same by another way than the tailnet",
      untold({ ...OFF, attempt: { reached: "http", status: 503 } }),
      "apiDown",
    ],
    [
      "a cluster on this machine that refuses",
      untold({ ...OFF, host: "127.0.0.1", addresses: ["127.0.0.1"], attempt: REFUSED }),
      "apiDown",
    ],
    [
      "an address outside of the VPC that refuses",
      untold({ ...OFF, host: "10.200.0.2", addresses: ["10.200.0.2"], attempt: REFUSED }),
      "apiDown",
    ],
  ];
  for (const [what, observations, cause] of cases) {
    it(`says ${cause} of ${what}`, () => {
      assert.equal(diagnose(observations), cause);
    });
  }

  it("finds every cause there is", () => {
    const found = new Set(cases.map(([, , cause]) => cause));
    assert.deepEqual([...found].sort(), Object.keys(CAUSES).sort());
  });
});

describe("explain", () => {
  it("says what is wrong, what tells so, and what to do", () => {
    assert.equal(
      explain(seen({ sourceAddress: LAN })),
      [
        "  cause: this machine does not use the routes that the tailnet offers",
        `  seen:  no connection (ETIMEDOUT); ${HOST} is 10.80.1.4, 10.80.3.9 here; this machine sends from 192.168.1.5; Tailscale is Running, and the router live-router-0a1b (online)`,
        "  mend:  tailscale set --accept-routes",
      ].join("\n"),
    );
  });

  it("says only what can be known without a Tailscale client", () => {
    assert.equal(
      explain(untold({ ...OFF, ...FILTERED })).split("\n")[1],
      `  seen:  no connection (ETIMEDOUT); ${HOST} is nothing here; 10.80.1.4 elsewhere; this machine sends from 192.168.1.5; none of its addresses is in 100.64.0.0/10, fd7a:115c:a1e0::/48; no Tailscale client to ask`,
    );
  });

  it("says how far the request came", () => {
    const starts = [
      UNTRUSTED,
      { ...BROKEN, reached: "tls" as const },
      { reached: "http" as const, status: 503 },
    ].map((attempt) => explain(untold({ ...INSIDE, host: "10.80.1.4", attempt })).split("\n")[1]);
    const rest =
      "this machine sends from 10.80.5.6; it has an address in 10.80.0.0/16 itself; no Tailscale client to ask";
    assert.deepEqual(starts, [
      `  seen:  TCP but no TLS (DEPTH_ZERO_SELF_SIGNED_CERT); ${rest}`,
      `  seen:  TLS but no answer (ECONNRESET); ${rest}`,
      `  seen:  HTTP 503; ${rest}`,
    ]);
  });
});
