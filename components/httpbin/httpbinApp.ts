import * as kubernetes from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";

import { childOptions } from "../childOptions";
import { versions } from "../../versions";
import { refuse, type Problem } from "../problem";
import { autoscaler } from "./autoscaler";
import { autoscalingProblems, type AutoscalingArgs } from "./autoscaling";
import type { IngressProfile } from "./ingressProfile";
import { nameProblems, namespaceProblems, tlsSecretName } from "./names";
import { networkPolicySpec } from "./networkPolicy";
import { RESTRICTED_NAMESPACE_LABELS } from "./podSecurity";
import type { RequestsTrigger } from "./requestsTrigger";
import { resourceProblems, withResourceDefaults, type ResourcesArgs } from "./resources";
import { requestsProblems } from "./scaledObject";
import { CONTAINER_PORT, deploymentSpec } from "./workload";

export interface HttpbinAppArgs {
  /** DNS name under which the app is reached, over https. */
  host: pulumi.Input<string>;

  /** How the cluster's ingress controller serves the app. */
  ingress: IngressProfile;

  /**
   * Container image, serving HTTP on port 8080 as any user on a read-only root.
   * @default `versions.httpbinImage`
   */
  image?: pulumi.Input<string>;

  /** Namespace of everything that the app is made of. @default the component's name */
  namespace?: string;

  /**
   * Whether the app makes its namespace, which then enforces Pod Security `restricted`. Where it
   * does not, the namespace must exist and its labels are its owner's.
   * @default true
   */
  createNamespace?: boolean;

  /** What a pod is promised and what it may take at most. @default see `ResourcesArgs` */
  resources?: ResourcesArgs;

  /** When and how far the number of pods follows the load. @default see `AutoscalingArgs` */
  autoscaling?: AutoscalingArgs;

  /**
   * Where KEDA reads how many requests the app gets; needed for `autoscaling.requestsPerSecond`, and
   * not used without. @default nowhere
   */
  requestsTrigger?: RequestsTrigger;
}

/**
 * httpbin on any cluster: workload, service, ingress with TLS, autoscaling on cpu and memory, and on
 * requests per second where that is asked for.
 *
 * Everything is named after the component, so that its Service is `http://NAME` inside the
 * namespace. Throws an `ArgumentError` before any resource is made where the arguments cannot work.
 */
export class HttpbinApp extends pulumi.ComponentResource {
  /** Where the app is reached: `https://HOST`. */
  readonly url: pulumi.Output<string>;
  /** Namespace of everything that the app is made of. */
  readonly namespace: pulumi.Output<string>;
  /** Service, on port 80. */
  readonly serviceName: pulumi.Output<string>;
  /** HorizontalPodAutoscaler that owns the number of pods. */
  readonly autoscalerName: pulumi.Output<string>;
  /** Host name or IP address at which the ingress controller serves the app. */
  readonly address: pulumi.Output<string>;

  constructor(name: string, args: HttpbinAppArgs, opts?: pulumi.ComponentResourceOptions) {
    refuse(`HttpbinApp "${name}"`, argumentProblems(name, args));
    super("k8s-test:app:HttpbinApp", name, {}, opts);

    const child = childOptions(this, opts);
    const selector = { "app.kubernetes.io/name": "httpbin", "app.kubernetes.io/instance": name };
    const labels = { ...selector, "app.kubernetes.io/managed-by": "pulumi" };
    const { ingress: profile } = args;

    this.namespace = pulumi.output(args.namespace ?? name);
    if (args.createNamespace ?? true) {
      const namespace = new kubernetes.core.v1.Namespace(
        name,
        {
          metadata: {
            name: args.namespace ?? name,
            labels: { ...labels, ...RESTRICTED_NAMESPACE_LABELS, ...profile.namespaceLabels },
          },
        },
        child,
      );
      this.namespace = namespace.metadata.name;
    }
    const metadata = { name, namespace: this.namespace, labels };

    const serviceAccount = new kubernetes.core.v1.ServiceAccount(
      name,
      { metadata, automountServiceAccountToken: false },
      child,
    );

    const networkPolicy = new kubernetes.networking.v1.NetworkPolicy(
      name,
      { metadata, spec: networkPolicySpec(selector, CONTAINER_PORT, profile.peers) },
      child,
    );

    const deployment = new kubernetes.apps.v1.Deployment(
      name,
      {
        metadata,
        spec: deploymentSpec({
          labels: selector,
          image: args.image ?? versions.httpbinImage,
          serviceAccountName: serviceAccount.metadata.name,
          resources: args.resources ?? {},
          drainSeconds: profile.drainSeconds,
        }),
      },
      // No pod is ever without its policy.
      pulumi.mergeOptions(child, { dependsOn: networkPolicy }),
    );

    this.autoscalerName = autoscaler(
      name,
      {
        metadata,
        deployment: deployment.metadata.name,
        autoscaling: args.autoscaling ?? {},
        trigger: args.requestsTrigger,
      },
      child,
    );

    new kubernetes.policy.v1.PodDisruptionBudget(
      name,
      {
        metadata,
        // One pod at a time, and a pod that is not ready anyway may always go: never blocks a drain.
        spec: {
          maxUnavailable: 1,
          unhealthyPodEvictionPolicy: "AlwaysAllow",
          selector: { matchLabels: selector },
        },
      },
      child,
    );

    const service = new kubernetes.core.v1.Service(
      name,
      {
        metadata,
        spec: {
          type: "ClusterIP",
          selector,
          ports: [{ name: "http", port: 80, targetPort: "http", protocol: "TCP" }],
        },
      },
      // Where it is made, a ready pod behind it is waited for. Were the Services of many apps made
      // first, they would take all of the engine's turns, and none were left to make the pods in.
      pulumi.mergeOptions(child, { dependsOn: deployment }),
    );

    const companions = profile.companions.map(
      ({ apiVersion, kind, name: companionName, spec }) =>
        new kubernetes.apiextensions.CustomResource(
          // Two apps may be handed one profile: the engine must tell their companions apart.
          `${name}-${companionName}`,
          { apiVersion, kind, metadata: { ...metadata, name: companionName }, spec },
          child,
        ),
    );

    const backend = { name: service.metadata.name, port: { name: "http" } };
    const ingress = new kubernetes.networking.v1.Ingress(
      name,
      {
        metadata: { ...metadata, annotations: profile.annotations },
        spec: {
          ingressClassName: profile.className,
          ...(profile.usesTlsSecret && {
            tls: [{ hosts: [args.host], secretName: tlsSecretName(name) }],
          }),
          rules: [
            {
              host: args.host,
              http: { paths: [{ path: "/", pathType: "Prefix", backend: { service: backend } }] },
            },
          ],
        },
      },
      pulumi.mergeOptions(child, { dependsOn: companions }),
    );

    this.url = pulumi.interpolate`https://${args.host}`;
    this.serviceName = service.metadata.name;
    this.address = ingress.status.apply(addressOf);
    this.registerOutputs({
      url: this.url,
      namespace: this.namespace,
      serviceName: this.serviceName,
      autoscalerName: this.autoscalerName,
      address: this.address,
    });
  }
}

/** Of a status that is the controller's to write: empty where none has written it. */
function addressOf(
  status: kubernetes.types.output.networking.v1.IngressStatus | undefined,
): string {
  const [first] = status?.loadBalancer.ingress ?? [];
  const { hostname, ip } = { hostname: "", ip: "", ...first };
  return hostname === "" ? ip : hostname;
}

function argumentProblems(name: string, args: HttpbinAppArgs): Problem[] {
  const resources = args.resources ?? {};
  const { limits } = withResourceDefaults(resources);
  return [
    ...nameProblems(name),
    ...namespaceProblems(args.namespace ?? name, args.createNamespace ?? true),
    ...resourceProblems(resources),
    ...autoscalingProblems(args.autoscaling ?? {}, limits.memory),
    ...requestsProblems(args.autoscaling ?? {}, args.requestsTrigger !== undefined),
  ];
}
