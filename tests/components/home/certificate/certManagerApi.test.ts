import { strict as assert } from "node:assert";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { ApiTrouble } from "../../../../components/home/certificate/api";
import {
  CertManagerApi,
  type CertManagerApiArgs,
} from "../../../../components/home/certificate/certManagerApi";
import {
  challenge,
  NAMES,
  objectsOf,
  ON_ITS_WAY,
  PLACE,
  warning,
  type Cluster,
} from "../../../support/certManager";
import { selfSigned } from "../../../support/certificates";
import { base64, kubeconfig } from "../../../support/kubeconfig";
import {
  answersOf,
  kubernetesStandIn,
  refusal,
  type ApiAnswer,
  type ApiCall,
  type KubernetesStandIn,
} from "../../../support/kubernetesStandIn";

const CLUSTER: Cluster = {
  ...ON_ITS_WAY,
  challenges: [challenge({ reason: "no" })],
  events: [warning("order", "Solver", "no solver")],
};

describe("CertManagerApi", () => {
  let server: KubernetesStandIn;
  let answer: (call: ApiCall) => ApiAnswer;
  let folder: string;

  before(async () => {
    server = await kubernetesStandIn((call) => answer(call));
    folder = await mkdtemp(join(tmpdir(), "cert-manager-api-"));
  });
  after(async () => {
    await server.close();
    await rm(folder, { recursive: true });
  });
  beforeEach(() => {
    answer = answersOf(CLUSTER);
    server.calls.splice(0);
  });

  const config = (userFields?: object): string =>
    kubeconfig({ server: server.endpoint, ca: server.ca, ...(userFields && { userFields }) });
  const open = (args: Partial<CertManagerApiArgs> = {}): CertManagerApi =>
    new CertManagerApi({ kubeconfig: config(), place: PLACE, ...args });
  const rejectsWith = (kind: ApiTrouble["kind"], message: RegExp) => (error: unknown) => {
    assert.ok(error instanceof ApiTrouble);
    assert.equal(error.kind, kind);
    assert.match(error.message, message);
    return true;
  };

  it("reads all that tells how far a certificate is", async () => {
    const { events, ...objects } = await open().read();
    const { events: inCluster, ...rest } = objectsOf(CLUSTER);
    assert.deepEqual(objects, rest);
    assert.deepEqual(
      events.map(({ message, lastTimestamp }) => [message, Date.parse(lastTimestamp ?? "")]),
      inCluster.map(({ message, lastTimestamp }) => [message, Date.parse(lastTimestamp ?? "")]),
    );
    const group = "/apis/cert-manager.io/v1";
    const acme = "/apis/acme.cert-manager.io/v1/namespaces/web";
    assert.deepEqual(server.calls.map(({ method, url }) => `${method} ${url}`).sort(), [
      `GET /api/v1/namespaces/web/events?fieldSelector=type=Warning`,
      `GET ${acme}/challenges`,
      `GET ${acme}/orders`,
      `GET ${group}/clusterissuers?fieldSelector=metadata.name=letsencrypt-staging`,
      `GET ${group}/namespaces/web/certificaterequests`,
      `GET ${group}/namespaces/web/certificates?fieldSelector=metadata.name=httpbin-tls`,
    ]);
  });

  it("is known by a token", async () => {
    await open().read();
    assert.equal(server.calls[0]?.headers.authorization, "Bearer hunter2");
  });

  it("is known by a client certificate", async () => {
    const { certificate, key } = await selfSigned();
    const userFields = {
      "client-certificate-data": base64(certificate),
      "client-key-data": base64(key),
    };
    await open({ kubeconfig: config(userFields) }).read();
    assert.equal(server.calls[0]?.client, "localhost");
    assert.equal(server.calls[0].headers.authorization, undefined);
  });

  it("is known by what a command of the kubeconfig's prints", async () => {
    const credential = {
      apiVersion: "client.authentication.k8s.io/v1",
      kind: "ExecCredential",
      status: { token: "of-a-command" },
    };
    const exec = {
      apiVersion: "client.authentication.k8s.io/v1",
      command: process.execPath,
      args: ["-p", JSON.stringify(JSON.stringify(credential))],
      interactiveMode: "Never",
    };
    await open({ kubeconfig: config({ exec }) }).read();
    assert.equal(server.calls[0]?.headers.authorization, "Bearer of-a-command");
  });

  it("takes the path of a kubeconfig, and a context that is not the current one", async () => {
    const path = join(folder, "config");
    const other = kubeconfig({
      server: server.endpoint,
      ca: server.ca,
      currentContext: "other",
      unusedEntries: { contexts: [{ name: "other", context: { cluster: "none", user: "none" } }] },
    });
    await writeFile(path, other);
    await open({ kubeconfig: path, context: "home" }).read();
    assert.equal(server.calls.length, 6);
  });

  it("trusts the kubeconfig's CA alone", async () => {
    const { certificate } = await selfSigned();
    const api = open({ kubeconfig: kubeconfig({ server: server.endpoint, ca: certificate }) });
    await assert.rejects(
      api.read(),
      rejectsWith("away", /SELF_SIGNED|UNABLE_TO_VERIFY|certificate/),
    );
    assert.equal(server.calls.length, 0);
  });

  it("sees no Certificate and no issuer where there is none", async () => {
    answer = answersOf({});
    assert.deepEqual(await open().read(), objectsOf({}));
  });

  it("goes on without what it may not see, and says what that is", async () => {
    const hidden = ["clusterissuers", "orders", "events"];
    answer = answersOf({ ...CLUSTER, hidden });
    const seen = await open().read();
    assert.deepEqual(seen.hidden.sort(), [...hidden].sort());
    assert.deepEqual([seen.issuer, seen.orders, seen.events], [undefined, [], []]);
    assert.equal(seen.certificate?.metadata.name, NAMES.certificate);
    assert.equal(seen.challenges.length, 1);
  });

  it("needs to see Certificates", async () => {
    answer = answersOf({ ...CLUSTER, hidden: ["certificates"] });
    await assert.rejects(open().read(), rejectsWith("forbidden", /certificates/));
  });

  it("tells a cluster without cert-manager's kinds", async () => {
    answer = () => refusal(404, "NotFound");
    await assert.rejects(open().read(), rejectsWith("missing", /has no certificates$/));
  });

  it("says why the API does not tell", async () => {
    answer = () => refusal(401, "Unauthorized");
    await assert.rejects(open().read(), rejectsWith("away", /kubeconfig's user/));
    answer = () => refusal(503, "ServiceUnavailable");
    await assert.rejects(open().read(), rejectsWith("away", /status 503/));
    answer = () => ({ status: 200, body: { items: [{ metadata: {} }] } });
    await assert.rejects(open().read(), rejectsWith("away", /items\.0\.metadata\.name/));
    answer = () => undefined;
    await assert.rejects(open({ answerSeconds: 0.1 }).read(), rejectsWith("away", /in time/));
    const nowhere = kubeconfig({ server: "https://localhost:1", ca: server.ca });
    await assert.rejects(open({ kubeconfig: nowhere }).read(), rejectsWith("away", /ECONNREFUSED/));
  });

  it("forgets a Certificate's failure, in its status and nothing else of it", async () => {
    await open().forgetFailure();
    const [call] = server.calls;
    assert.equal(
      `${call?.method ?? ""} ${call?.url ?? ""}`,
      "PATCH /apis/cert-manager.io/v1/namespaces/web/certificates/httpbin-tls/status",
    );
    assert.equal(call?.headers["content-type"], "application/merge-patch+json");
    assert.deepEqual(JSON.parse(call.body), {
      status: { lastFailureTime: null, failedIssuanceAttempts: null },
    });
  });

  it("touches orders and issuers, each where it is", async () => {
    await open().touch("orders", NAMES.order);
    await open().touch("clusterissuers", "letsencrypt-staging");
    assert.deepEqual(
      server.calls.map(({ method, url }) => `${method} ${url}`),
      [
        `PATCH /apis/acme.cert-manager.io/v1/namespaces/web/orders/${NAMES.order}`,
        "PATCH /apis/cert-manager.io/v1/clusterissuers/letsencrypt-staging",
      ],
    );
  });

  it("touches a challenge by an annotation, which changes nothing of what it asks", async () => {
    await open().touch("challenges", NAMES.challenge);
    const [call] = server.calls;
    assert.equal(
      `${call?.method ?? ""} ${call?.url ?? ""}`,
      `PATCH /apis/acme.cert-manager.io/v1/namespaces/web/challenges/${NAMES.challenge}`,
    );
    assert.equal(call?.headers["content-type"], "application/merge-patch+json");
    assert.match(
      call.body,
      /^\{"metadata":\{"annotations":\{"k8s-test\/tried-again":"[\d:.TZ-]+"\}\}\}$/,
    );
  });

  it("lets a challenge go", async () => {
    await open().releaseChallenge(NAMES.challenge);
    const [call] = server.calls;
    assert.match(call?.url ?? "", /\/challenges\/httpbin-tls-1-3316527148-1021443205$/);
    assert.equal(call?.body, '{"metadata":{"finalizers":null}}');
  });

  it("says what it may not do", async () => {
    answer = () => refusal(403, "Forbidden");
    await assert.rejects(open().forgetFailure(), rejectsWith("forbidden", /certificates\/status/));
  });
});
