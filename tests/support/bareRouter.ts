import { vpcResolver } from "../../components/live/router/vpcResolver";
import { writeInstance, type InstanceState } from "../../sandbox/tailnet/fleet/instanceState";
import { Machine } from "../../sandbox/tailnet/machine";
import { placeNamespace } from "../../sandbox/tailnet/network";
import { namespaceOf, ROUTER_SLOTS, VPC } from "../../sandbox/tailnet/places";
import { addRouter } from "../../sandbox/tailnet/routerNetwork";
import type { Tailnet } from "../../sandbox/tailnet/startTailnet";
import { tailnetLayout } from "../../sandbox/tailnet/state";
import { installTailscale, startTailscaled } from "../../sandbox/tailnet/tailscaled";

/**
 * A machine with a link into the VPC and Tailscale on it, that forwards but has not joined: for tests
 * that join by themselves. It is of no group, and goes with the tailnet.
 *
 * @param name That of the tailnet.
 */
export async function startBareRouter(tailnet: Tailnet, name: string): Promise<Machine> {
  const layout = tailnetLayout(name);
  const id = "i-0ffffffffffffffff";
  const network = {
    // The last, which the fleet takes last.
    ...{ namespace: namespaceOf(name, id), slot: ROUTER_SLOTS - 1 },
    ...{ internet: placeNamespace({ name }, "internet"), vpc: placeNamespace({ name }, "vpc") },
  };
  const state: InstanceState = { version: 1, id, group: "none", network, processes: [] };
  writeInstance(layout, state);
  await addRouter(network);
  const machine = await Machine.start({
    ...{ name: id, namespace: network.namespace, layout, nameserver: vpcResolver(VPC.cidr) },
    record: (process) => {
      state.processes.push(process);
      writeInstance(layout, state);
    },
  });
  await machine.run(["sysctl", "-qw", "net.ipv4.ip_forward=1"]);
  await installTailscale(machine, tailnet.programs);
  await startTailscaled(machine);
  return machine;
}
