import type * as pulumi from "@pulumi/pulumi";

/**
 * Options for the children of a component. What a component depends on does not reach its children
 * by itself, though it is they who are made and deleted in that order.
 */
export function childOptions(
  parent: pulumi.ComponentResource,
  opts: pulumi.ComponentResourceOptions | undefined,
): pulumi.CustomResourceOptions {
  return { parent, ...(opts?.dependsOn !== undefined && { dependsOn: opts.dependsOn }) };
}

/** Options for a question to a provider: of a component's children, but without waiting for anything. */
export function callOptions({ parent }: pulumi.CustomResourceOptions): pulumi.InvokeOptions {
  return parent === undefined ? {} : { parent };
}
