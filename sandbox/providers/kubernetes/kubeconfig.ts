import { existsSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join, resolve } from "node:path";

import { KubeConfig } from "@kubernetes/client-node/dist/config.js";

import { messageOf } from "../../../host/errors";
import type { Settings } from "./settings";

/** The cluster that a provider's settings point at, and how to be let in. */
export interface Access {
  config: KubeConfig;
  /** URL of the API server. */
  server: string;
  /** Namespace of objects that name none. */
  namespace: string;
}

/**
 * Loads the kubeconfig that the settings name.
 *
 * @throws Error that says what is wrong with it.
 */
export function loadAccess(settings: Settings): Access {
  const config = new KubeConfig();
  const from = load(config, settings.kubeconfig);

  const context = settings.context ?? config.currentContext;
  const chosen = config.getContextObject(context);
  if (chosen === null) {
    const known = config.contexts.map(({ name }) => name);
    throw new Error(
      `There is no context "${context}" in ${from}: it has ${list(known)}. Set the provider's ` +
        "`context` to one of these.",
    );
  }
  config.setCurrentContext(context);
  if (settings.cluster !== undefined) {
    // Only the copy in memory: the same user, at another cluster.
    config.contexts = config.contexts.map((each) =>
      each.name === context ? { ...each, cluster: settings.cluster ?? each.cluster } : each,
    );
  }

  const cluster = config.getCurrentCluster();
  if (cluster === null) {
    const known = config.clusters.map(({ name }) => name);
    throw new Error(
      `There is no cluster "${settings.cluster ?? chosen.cluster}" in ${from}: it has ${list(known)}.`,
    );
  }
  return {
    config,
    server: cluster.server.replace(/\/+$/, ""),
    namespace: settings.namespace ?? chosen.namespace ?? "default",
  };
}

/** @returns where the kubeconfig came from, in words. */
function load(config: KubeConfig, given: string | undefined): string {
  if (given === undefined) {
    const variable = process.env["KUBECONFIG"];
    const paths = variable?.split(delimiter) ?? [join(homedir(), ".kube", "config")];
    const found = paths.filter((path) => path !== "" && existsSync(path));
    if (found.length === 0) {
      throw new Error(
        `No kubeconfig is given, and none is at ${paths.join(", ")}. Set the provider's ` +
          "`kubeconfig`, or the variable KUBECONFIG.",
      );
    }
    for (const [index, path] of found.entries()) {
      if (index === 0) config.loadFromFile(path);
      else config.mergeConfig(fileConfig(path));
    }
    return found.join(", ");
  }
  // One line without a colon and a space is no YAML map: it can only be meant as a path.
  const path = /[\n{]|: /.test(given) ? undefined : expandHome(given);
  if (path !== undefined && !existsSync(path)) {
    throw new Error(`There is no kubeconfig at ${path}.`);
  }
  const from = path ?? "the given kubeconfig";
  try {
    if (path === undefined) config.loadFromString(given);
    else config.loadFromFile(path);
  } catch (error) {
    throw new Error(`${from} cannot be read: ${messageOf(error)}.`, { cause: error });
  }
  return from;
}

function fileConfig(path: string): KubeConfig {
  const config = new KubeConfig();
  config.loadFromFile(path);
  return config;
}

function expandHome(path: string): string {
  return path.startsWith("~/") ? join(homedir(), path.slice(2)) : resolve(path);
}

function list(names: string[]): string {
  return names.length === 0 ? "none" : names.map((name) => `"${name}"`).join(", ");
}
