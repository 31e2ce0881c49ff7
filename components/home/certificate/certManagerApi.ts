import { Agent } from "node:http";

import {
  ApiException,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  KubeConfig,
  PatchStrategy,
  ServerConfiguration,
  setHeaderOptions,
  type Configuration,
  type RequestContext,
} from "@kubernetes/client-node";
import * as z from "zod";

import { ApiTrouble, type CertificateApi, type Touchable } from "./api";
import type { CertificatePlace } from "./causes";
import {
  certificateSchema,
  challengeSchema,
  eventSchema,
  issuerSchema,
  orderSchema,
  requestSchema,
  type CertificateObjects,
} from "./objects";

/** Where the objects are, and by which kubeconfig they are read. */
export interface CertManagerApiArgs {
  /** Contents of a kubeconfig, or the path of one. */
  kubeconfig: string;
  /** @default the kubeconfig's current context */
  context?: string | undefined;
  place: CertificatePlace;
  /** Longest that the API may take for one answer. In seconds. @default 10 */
  answerSeconds?: number;
}

const CERT_MANAGER = { group: "cert-manager.io", version: "v1" };
const ACME = { group: "acme.cert-manager.io", version: "v1" };

/**
 * Reads what tells how far a certificate is. This module loads the client of the Kubernetes API, so
 * it is itself loaded only where something is waited for.
 */
export class CertManagerApi implements CertificateApi {
  private readonly place: CertificatePlace;
  private readonly custom: CustomObjectsApi;
  private readonly core: CoreV1Api;

  /** @throws Error where the kubeconfig cannot be read. */
  constructor({ kubeconfig, context, place, answerSeconds = 10 }: CertManagerApiArgs) {
    const configuration = configurationOf(loadKubeconfig(kubeconfig, context), answerSeconds);
    this.place = place;
    this.custom = new CustomObjectsApi(configuration);
    this.core = new CoreV1Api(configuration);
  }

  async read(): Promise<CertificateObjects> {
    const { namespace, certificateName, issuerName } = this.place;
    const hidden: string[] = [];
    // The Certificate itself must be seen; what is beside it only tells more.
    const [certificate] = await this.list(certificateSchema, "certificates", () =>
      this.custom.listNamespacedCustomObject({
        ...CERT_MANAGER,
        namespace,
        plural: "certificates",
        fieldSelector: `metadata.name=${certificateName}`,
      }),
    );
    const seen = async <T>(
      schema: z.ZodType<T>,
      plural: string,
      ask: () => Promise<unknown>,
    ): Promise<T[]> => {
      try {
        return await this.list(schema, plural, ask);
      } catch (error) {
        if (!(error instanceof ApiTrouble && error.kind === "forbidden")) throw error;
        hidden.push(plural);
        return [];
      }
    };
    const inNamespace = <T>(schema: z.ZodType<T>, api: typeof ACME, plural: string): Promise<T[]> =>
      seen(schema, plural, () =>
        this.custom.listNamespacedCustomObject({ ...api, namespace, plural }),
      );
    const [issuers, requests, orders, challenges, events] = await Promise.all([
      seen(issuerSchema, "clusterissuers", () =>
        this.custom.listClusterCustomObject({
          ...CERT_MANAGER,
          plural: "clusterissuers",
          fieldSelector: `metadata.name=${issuerName}`,
        }),
      ),
      inNamespace(requestSchema, CERT_MANAGER, "certificaterequests"),
      inNamespace(orderSchema, ACME, "orders"),
      inNamespace(challengeSchema, ACME, "challenges"),
      seen(eventSchema, "events", () =>
        this.core.listNamespacedEvent({ namespace, fieldSelector: "type=Warning" }),
      ),
    ]);
    return { certificate, issuer: issuers[0], requests, orders, challenges, events, hidden };
  }

  async forgetFailure(): Promise<void> {
    const { namespace, certificateName: name } = this.place;
    await this.asked("certificates/status", () =>
      this.custom.patchNamespacedCustomObjectStatus(
        {
          ...CERT_MANAGER,
          namespace,
          plural: "certificates",
          name,
          body: { status: { lastFailureTime: null, failedIssuanceAttempts: null } },
        },
        setHeaderOptions("Content-Type", PatchStrategy.MergePatch),
      ),
    );
  }

  async touch(plural: Touchable, name: string): Promise<void> {
    await this.patch(plural, name, {
      annotations: { "k8s-test/tried-again": new Date().toISOString() },
    });
  }

  async releaseChallenge(name: string): Promise<void> {
    await this.patch("challenges", name, { finalizers: null });
  }

  private async patch(plural: Touchable, name: string, metadata: object): Promise<void> {
    const { namespace } = this.place;
    const what = { plural, name, body: { metadata } };
    const options = setHeaderOptions("Content-Type", PatchStrategy.MergePatch);
    await this.asked(plural, () =>
      plural === "clusterissuers"
        ? this.custom.patchClusterCustomObject({ ...CERT_MANAGER, ...what }, options)
        : this.custom.patchNamespacedCustomObject({ ...ACME, namespace, ...what }, options),
    );
  }

  private async list<T>(
    schema: z.ZodType<T>,
    plural: string,
    ask: () => Promise<unknown>,
  ): Promise<T[]> {
    const answer = z.object({ items: z.array(schema) }).safeParse(await this.asked(plural, ask));
    if (answer.success) return answer.data.items;
    const places = answer.error.issues.map(({ path }) => path.join("."));
    throw new ApiTrouble("away", `its ${plural} are not as cert-manager's are (${String(places)})`);
  }

  /** What the API answers, or why it does not. */
  private async asked(plural: string, ask: () => Promise<unknown>): Promise<unknown> {
    try {
      return await ask();
    } catch (error) {
      throw troubleWith(plural, error);
    }
  }
}

function loadKubeconfig(kubeconfig: string, context: string | undefined): KubeConfig {
  const config = new KubeConfig();
  // One line without a colon and a space is no YAML map: it can only be meant as a path.
  if (/[\n{]|: /.test(kubeconfig)) config.loadFromString(kubeconfig);
  else config.loadFromFile(kubeconfig);
  if (context !== undefined) config.setCurrentContext(context);
  return config;
}

function configurationOf(config: KubeConfig, answerSeconds: number): Configuration {
  const server = config.getCurrentCluster()?.server.replace(/\/+$/, "") ?? "";
  let agent: ReturnType<RequestContext["getAgent"]>;
  return createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        pre: (context) => {
          // The client makes an agent for each call, and with it a new TLS connection.
          agent ??= context.getAgent();
          if (agent instanceof Agent) {
            Object.assign(agent, { keepAlive: true });
            context.setAgent(agent);
          }
          context.setSignal(AbortSignal.timeout(answerSeconds * 1000));
          return Promise.resolve(context);
        },
        post: (context) => Promise.resolve(context),
      },
    ],
  });
}

function troubleWith(plural: string, error: unknown): ApiTrouble {
  if (error instanceof ApiException) {
    const code = error.code;
    if (code === 403) return new ApiTrouble("forbidden", `it may not do so with ${plural}`);
    if (code === 404) return new ApiTrouble("missing", `the cluster has no ${plural}`);
    if (code === 401) return new ApiTrouble("away", "it does not know the kubeconfig's user");
    return new ApiTrouble("away", `it answers with status ${String(code)}`);
  }
  if (error instanceof Error && ["AbortError", "TimeoutError"].includes(error.name)) {
    return new ApiTrouble("away", "no answer in time");
  }
  const { cause } = error instanceof Error ? error : {};
  return new ApiTrouble("away", codeOf(cause) ?? codeOf(error) ?? String(error));
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "code" in error ? String(error.code) : undefined;
}
