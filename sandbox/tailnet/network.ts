import { run } from "../../host/run";
import { deleteNamespace, hasNames, hasNamespace, removeNames } from "../cluster/namespaces";
import { UserError } from "../../host/userError";
import {
  INTERNET_PREFIX,
  namespaceOf,
  ON_INTERNET,
  PLACES,
  TAILSCALE_ADDRESS,
  VPC,
  type Place,
} from "./places";
import type { TailnetState } from "./state";

/** @throws UserError where a namespace is there that no known tailnet has made. Nothing is made then. */
export async function checkNamespaces(name: string): Promise<void> {
  for (const place of PLACES) {
    const namespace = namespaceOf(name, place);
    if (!(await hasNamespace(namespace))) continue;
    throw new UserError(
      `The network namespace ${namespace} exists already, and no tailnet of that name is known here. Where it is left from one whose state is lost, end what is in it and remove it: ip netns pids ${namespace} | xargs --no-run-if-empty kill -9; ip netns delete ${namespace}`,
    );
  }
}

/**
 * Makes the five places and the links between them. None of them has a link to the host, so nothing
 * gets out of them.
 *
 * @param save Keeps the state; called before each thing that is made.
 */
export async function makeNetwork(state: TailnetState, save: () => void): Promise<void> {
  state.madeNames = !hasNames();
  for (const place of PLACES) {
    const namespace = namespaceOf(state.name, place);
    state.namespaces.push(namespace);
    save();
    await run("ip", ["netns", "add", namespace]);
  }
  const at = (place: Place): string => namespaceOf(state.name, place);
  await batch(at("internet"), [
    "link set lo up",
    "link add internet type bridge",
    `address add ${TAILSCALE_ADDRESS}/${String(INTERNET_PREFIX)} dev internet`,
    "link set internet up",
    ...Object.keys(ON_INTERNET).flatMap((place) => [
      `link add ${place} type veth peer name eth0 netns ${at(place as Place)}`,
      `link set ${place} master internet up`,
    ]),
  ]);
  for (const [place, address] of Object.entries(ON_INTERNET)) {
    await batch(at(place as Place), [
      "link set lo up",
      `address add ${address}/${String(INTERNET_PREFIX)} dev eth0`,
      "link set eth0 up",
      `route add default via ${TAILSCALE_ADDRESS}`,
    ]);
  }
  await batch(at("router"), [
    `link add eth1 type veth peer name eth0 netns ${at("vpc")}`,
    `address add ${VPC.router}/${String(VPC.prefix)} dev eth1`,
    "link set eth1 up",
  ]);
  await batch(at("vpc"), [
    "link set lo up",
    `address add ${VPC.host}/${String(VPC.prefix)} dev eth0`,
    "link set eth0 up",
    // A VPC has a way out: what keeps strangers out must not be that no answer finds back.
    `route add default via ${VPC.router}`,
  ]);
  await closeRouter(at("router"));
}

/** Removes what of the five places a tailnet has made and is still there. */
export async function removeNetwork(state: TailnetState): Promise<void> {
  for (const namespace of state.namespaces) await deleteNamespace(namespace);
  if (state.madeNames) await removeNames();
}

/**
 * Stands for the security group of the live stack's routers, which lets nothing in: only answers come
 * through, whatever routes others have.
 */
async function closeRouter(namespace: string): Promise<void> {
  const rules = ["input", "forward"].map(
    (hook) =>
      `add chain inet closed ${hook} { type filter hook ${hook} priority filter; }\n` +
      `add rule inet closed ${hook} iifname "eth0" ct state new,invalid drop\n`,
  );
  const input = `add table inet closed\n${rules.join("")}`;
  await run("ip", ["netns", "exec", namespace, "nft", "-f", "-"], { input });
}

/** Runs lines of `ip` in a namespace. */
async function batch(namespace: string, lines: readonly string[]): Promise<void> {
  await run("ip", ["-netns", namespace, "-batch", "-"], { input: lines.join("\n") });
}
