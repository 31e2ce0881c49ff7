import { UserError } from "../../../host/userError";
import { findOnPath } from "../../toolchain/onPath";
import type { Bringing } from "../bringUp";
import { certManager } from "./certManager";
import { edgeManifests } from "./manifests";
import { nameServer, prepareNameServer } from "./nameServer";
import { pebble, saveRoot } from "./pebble";
import { traefik } from "./traefik";

/**
 * Starts what a home has in front of its cluster, and the world outside of it: Traefik, cert-manager,
 * an ACME server, and the DNS of a zone.
 *
 * @param prefix What enters the node.
 */
export async function bringUpEdge(bringing: Bringing, prefix: readonly string[]): Promise<void> {
  const { setting, tools, api } = bringing;
  const program = findOnPath("knotd");
  if (program === undefined) throw new UserError("knotd is gone from this machine.");
  const secret = await prepareNameServer(setting);
  await Promise.all([
    bringing.start(nameServer(setting, { secret, program }), prefix),
    bringing.start(pebble(setting), prefix).then(() => saveRoot(setting, api)),
    edgeManifests(tools)
      .then((manifests) => bringing.apply(manifests, "objects of the edge"))
      .then(() =>
        Promise.all([
          bringing.start(traefik(setting), prefix),
          bringing.start(certManager(setting), prefix),
        ]),
      ),
  ]);
}
