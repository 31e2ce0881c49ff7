import type { ComponentResourceOptions, Inputs, provider } from "@pulumi/pulumi";

import { registerAwsResources } from "./awsResources";
import { Cluster } from "./cluster";

/** The offline stand-in for Pulumi's EKS provider, which is nothing but components. */
export class EksProvider implements provider.Provider {
  /** @param kubernetesVersion - Of the Kubernetes provider that a cluster gets. */
  constructor(
    readonly version: string,
    private readonly kubernetesVersion: string,
  ) {
    registerAwsResources();
  }

  async construct(
    name: string,
    type: string,
    inputs: Inputs,
    options: ComponentResourceOptions,
  ): Promise<provider.ConstructResult> {
    if (type !== "eks:index:Cluster") {
      throw new Error(
        `The offline EKS provider does not make ${type}: only eks:index:Cluster. Declare what it ` +
          "is made of, from the package aws, in its place.",
      );
    }
    const cluster = new Cluster(name, inputs, this.kubernetesVersion, options);
    return Promise.resolve({ urn: cluster.urn, state: cluster.outputs });
  }
}
