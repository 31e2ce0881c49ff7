import { Control } from "../../../tailnet/control";
import { FleetClient } from "../../../tailnet/fleet/fleetClient";
import type { World } from "../world/world";
import type { Act, Ask, Tailnet } from "./act";
import { askAcl, askDevice, askDevices } from "./functions";
import { authKey, oauthClient } from "./keys";
import { parameter } from "./parameter";
import { deviceSubnetRoutes } from "./routes";
import { routerGroup } from "./routerGroup";
import { policyFile, splitNameservers } from "./settings";

const ACTS: Readonly<Record<string, (tailnet: Tailnet) => Act>> = {
  "aws:autoscaling/group:Group": routerGroup,
  "aws:ssm/parameter:Parameter": parameter,
  "tailscale:index/acl:Acl": policyFile,
  "tailscale:index/deviceSubnetRoutes:DeviceSubnetRoutes": deviceSubnetRoutes,
  "tailscale:index/dnsSplitNameservers:DnsSplitNameservers": splitNameservers,
  "tailscale:index/oauthClient:OauthClient": oauthClient,
  "tailscale:index/tailnetKey:TailnetKey": authKey,
};

const ASKS: Readonly<Record<string, (tailnet: Tailnet) => Ask>> = {
  "tailscale:index/getAcl:getAcl": askAcl,
  "tailscale:index/getDevice:getDevice": askDevice,
  "tailscale:index/getDevices:getDevices": askDevices,
};

/** What is done about resources of a type; nothing where the tailnet is simulated as all else is. */
export function actOf(world: World, type: string): Act {
  const tailnet = tailnetOf(world);
  return (tailnet && ACTS[type]?.(tailnet)) ?? {};
}

/** What a function asks; undefined where it is answered from the world. */
export function askOf(world: World | undefined, token: string): Ask | undefined {
  const tailnet = world && tailnetOf(world);
  return tailnet && ASKS[token]?.(tailnet);
}

function tailnetOf({ tailnet }: World): Tailnet | undefined {
  return (
    tailnet && { control: new Control(tailnet.control), fleet: new FleetClient(tailnet.fleet) }
  );
}
