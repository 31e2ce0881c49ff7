import { existsSync } from "node:fs";
import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest, type RequestOptions } from "node:https";

import {
  AuthorizationV1Api,
  AutoscalingV2Api,
  BatchV1Api,
  CoreV1Api,
  createConfiguration,
  CustomObjectsApi,
  DiscoveryV1Api,
  KubeConfig,
  NetworkingV1Api,
  ServerConfiguration,
  VersionApi,
  type Configuration,
  type RequestContext,
} from "@kubernetes/client-node";

import { messageOf } from "../../host/errors";
import { UserError } from "../../host/userError";

/** How long the API server may take for one answer, in milliseconds. */
const ANSWER_MS = 5000;

/** Which cluster is meant. */
export interface ClusterChoice {
  /** Path of a kubeconfig. @default the variable KUBECONFIG, else ~/.kube/config */
  kubeconfig?: string;
  /** @default the kubeconfig's current context */
  context?: string;
}

/** The cluster under test, as the kubeconfig's user sees it. */
export class Cluster {
  readonly core: CoreV1Api;
  readonly autoscaling: AutoscalingV2Api;
  readonly batch: BatchV1Api;
  readonly discovery: DiscoveryV1Api;
  readonly networking: NetworkingV1Api;
  readonly authorization: AuthorizationV1Api;
  readonly version: VersionApi;
  /** For kinds that Kubernetes does not have by itself. */
  readonly custom: CustomObjectsApi;

  private constructor(
    private readonly config: KubeConfig,
    /** URL of the API server. */
    readonly server: string,
  ) {
    const configuration = configurationOf(config, server);
    this.core = new CoreV1Api(configuration);
    this.autoscaling = new AutoscalingV2Api(configuration);
    this.batch = new BatchV1Api(configuration);
    this.discovery = new DiscoveryV1Api(configuration);
    this.networking = new NetworkingV1Api(configuration);
    this.authorization = new AuthorizationV1Api(configuration);
    this.version = new VersionApi(configuration);
    this.custom = new CustomObjectsApi(configuration);
  }

  /** @throws UserError where the kubeconfig cannot be read, or has no such context. */
  static of({ kubeconfig, context }: ClusterChoice): Cluster {
    const config = new KubeConfig();
    const from = kubeconfig ?? "the kubeconfig";
    if (kubeconfig !== undefined && !existsSync(kubeconfig)) {
      throw new UserError(
        `There is no kubeconfig at ${kubeconfig}. Give its path to --kubeconfig.`,
      );
    }
    try {
      if (kubeconfig === undefined) config.loadFromDefault();
      else config.loadFromFile(kubeconfig);
    } catch (error) {
      throw new UserError(`${from} cannot be read as a kubeconfig: ${messageOf(error)}.`);
    }
    const wanted = context ?? config.getCurrentContext();
    if (config.getContextObject(wanted) === null) {
      const known = config.getContexts().map(({ name }) => `"${name}"`);
      const has = known.length === 0 ? "none" : known.join(", ");
      throw new UserError(
        `There is no context "${wanted}" in ${from}: it has ${has}. Give one of these to --context.`,
      );
    }
    config.setCurrentContext(wanted);
    const cluster = config.getCurrentCluster();
    if (cluster === null) {
      throw new UserError(`Context "${wanted}" of ${from} names a cluster that is not in it.`);
    }
    return new Cluster(config, cluster.server.replace(/\/+$/, ""));
  }

  /**
   * Opens a GET of a path, whatever is answered: for what the typed APIs do not have, and for what
   * comes bit by bit. The answer may take its time; that there is one may not.
   */
  async open(path: string, signal: AbortSignal): Promise<IncomingMessage> {
    const options: RequestOptions = {};
    await this.config.applyToHTTPSOptions(options);
    const url = new URL(this.server + path);
    const start = url.protocol === "http:" ? httpRequest : httpsRequest;
    return new Promise((resolve, reject) => {
      const request = start(url, { ...options, signal }, (response) => {
        clearTimeout(late);
        resolve(response);
      });
      const late = setTimeout(() => request.destroy(new Error("no answer in time")), ANSWER_MS);
      request.once("error", (error) => {
        clearTimeout(late);
        reject(error);
      });
      request.end();
    });
  }
}

function configurationOf(config: KubeConfig, server: string): Configuration {
  let agent: ReturnType<RequestContext["getAgent"]>;
  return createConfiguration({
    baseServer: new ServerConfiguration(server, {}),
    authMethods: { default: config },
    promiseMiddleware: [
      {
        pre: (context) => {
          // The client makes an agent for each call, and with it a new TLS connection.
          agent ??= context.getAgent();
          if (agent instanceof HttpAgent) {
            Object.assign(agent, { keepAlive: true });
            context.setAgent(agent);
          }
          context.setSignal(AbortSignal.timeout(ANSWER_MS));
          return Promise.resolve(context);
        },
        post: (context) => Promise.resolve(context),
      },
    ],
  });
}
