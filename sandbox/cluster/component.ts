import type { Layout } from "./layout";
import type { Topology } from "./topology";

/** How it is known that a process does its work. */
export type Probe =
  /** This name is answered by the DNS server at this address, `host:port`. */
  | { lookup: string; server: string }
  /** GET of this URL answers 200; https is checked against the cluster's CA. */
  | { url: string }
  /** A connection to this Unix socket is taken. */
  | { socket: string };

/** A file that a component reads. */
export interface ConfigFile {
  path: string;
  text: string;
}

/** All that is needed to start one process, as plain data. */
export interface Component {
  /** Name of the process and of its log. */
  name: string;
  /** Name of the tool, or path of a program that the system has. */
  tool: string;
  args: readonly string[];
  /** Variables on top of the environment of whoever starts it. @default none */
  environment?: Readonly<Record<string, string>>;
  /** Config files that must be there before it starts. */
  files?: readonly ConfigFile[];
  ready: Probe;
}

/** What the components of one cluster are made from. */
export interface Setting {
  layout: Layout;
  topology: Topology;
}

/** Flags as `--name=value`, in the order given; a flag without a value is left out. */
export function flags(values: Record<string, string | number | boolean | undefined>): string[] {
  return Object.entries(values).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}=${String(value)}`],
  );
}
