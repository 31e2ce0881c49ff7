import { setTimeout as sleep } from "node:timers/promises";

import type * as aws from "@pulumi/aws";
import { Provider as AwsProvider } from "@pulumi/aws/provider";
import type * as pulumi from "@pulumi/pulumi";
import { Provider as TailscaleProvider } from "@pulumi/tailscale/provider";

import type { LivePlatformArgs } from "./livePlatformArgs";
import { ownTags } from "./ownTags";

/** The providers of the two clouds that a live platform is made in. */
export interface Clouds {
  /** Refuses credentials of another account than the configured one. */
  aws: AwsProvider;
  tailscale: TailscaleProvider;
}

type CloudsArgs = Pick<
  LivePlatformArgs,
  "region" | "accountId" | "clusterName" | "tailscaleOauthSecret"
> & { tailnet: Pick<LivePlatformArgs["tailnet"], "name" | "oauthClientId"> };

/** Milliseconds in which a request to the engine has certainly left this process. */
const SENT_MS = 20;

/**
 * Makes the providers, and returns once the engine has been told of them: it starts their plugins, which
 * takes it a second with the official ones, while this process goes on to put everything else together.
 */
export async function startClouds(
  name: string,
  args: CloudsArgs,
  opts: pulumi.CustomResourceOptions,
): Promise<Clouds> {
  const { region, accountId, clusterName, tailnet, tailscaleOauthSecret } = args;
  const clouds = {
    aws: new AwsProvider(
      name,
      {
        region: region as aws.Region,
        allowedAccountIds: [accountId],
        defaultTags: { tags: ownTags(clusterName) },
      },
      opts,
    ),
    tailscale: new TailscaleProvider(
      name,
      {
        tailnet: tailnet.name,
        oauthClientId: tailnet.oauthClientId,
        oauthClientSecret: tailscaleOauthSecret,
      },
      opts,
    ),
  };
  // Requests are only sent when the program waits for something.
  await sleep(SENT_MS);
  return clouds;
}
