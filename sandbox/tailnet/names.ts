import { vpcResolver } from "../../components/live/router/vpcResolver";
import { tryRun } from "../../host/run";
import { untilItDoes } from "../cluster/readiness";
import { EKS_HOST } from "../cluster/topology";
import { startProcess } from "../cluster/processes";
import type { ProcessRecord } from "../cluster/state";
import { RESOLVERS, VPC } from "./places";
import type { TailnetLayout } from "./state";

/** A DNS server of a place. */
interface NameServer {
  name: string;
  /** Address at which it is asked whether it has an address of the API. */
  address: string;
  corefile: string;
}

/** The one name that there is. The first template that fits answers. */
const KNOWN = `template IN A ${EKS_HOST} {
    answer "{{ .Name }} 60 IN A ${VPC.host}"
  }
  template ANY ANY ${EKS_HOST}
  template ANY ANY {
    rcode NXDOMAIN
  }`;

/** What the VPC's own resolver is: AWS' at the base of the range, plus two. */
const VPC_RESOLVER: NameServer = {
  name: "dns-vpc",
  address: vpcResolver(VPC.cidr),
  corefile: `.:53 {
  bind ${vpcResolver(VPC.cidr)}
  errors
  ${KNOWN}
}
`,
};

/**
 * The resolvers of the internet. As in the real one, EKS' private addresses are in the public DNS. The
 * provider's resolver asks a public one, and holds private addresses back, as many do against rebinding:
 * of the one name that has such an address, its answers are empty.
 */
const INTERNET_RESOLVERS: NameServer = {
  name: "dns-internet",
  address: RESOLVERS.public[0],
  corefile: `.:53 {
  bind ${RESOLVERS.public.join(" ")}
  errors
  ${KNOWN}
}
.:53 {
  bind ${RESOLVERS.provider}
  errors
  template ANY ANY ${EKS_HOST}
  forward . ${RESOLVERS.public[0]}
}
`,
};

/** What a server is asked until it answers, from its own namespace. */
const QUESTION = `const resolver = new (require("node:dns/promises").Resolver)({ timeout: 500, tries: 1 });
const [, server, name] = process.argv;
resolver.setServers([server]);
resolver.resolve4(name).catch(() => process.exit(1));`;

export interface NameServers {
  /** Path of CoreDNS. */
  coredns: string;
  /** Network namespaces of the two places that have DNS servers. */
  namespaces: { vpc: string; internet: string };
  layout: TailnetLayout;
  /** Keeps a process that was started. */
  record: (process: ProcessRecord) => void;
  signal?: AbortSignal;
}

/** Starts the DNS servers of the VPC and of the internet, which know the name of the cluster's API. */
export async function startNameServers({
  coredns,
  namespaces,
  layout,
  record,
  signal,
}: NameServers): Promise<void> {
  const start = async (namespace: string, server: NameServer): Promise<void> => {
    const { name, corefile, address } = server;
    const path = `${layout.folder}/${name}.corefile`;
    const prefix = ["ip", "netns", "exec", namespace];
    const started = await startProcess(
      { name, args: ["-conf", path], files: [{ path, text: corefile }] },
      { command: coredns, prefix, logs: layout.logs },
    );
    record(started.record);
    const ask = [...prefix.slice(1), process.execPath, "-e", QUESTION, address, EKS_HOST];
    await untilItDoes(started, async () => (await tryRun("ip", ask)).ok, signal);
  };
  await Promise.all([
    start(namespaces.vpc, VPC_RESOLVER),
    start(namespaces.internet, INTERNET_RESOLVERS),
  ]);
}
