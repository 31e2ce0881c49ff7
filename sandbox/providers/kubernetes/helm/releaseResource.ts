import { numberAt, textAt, type JsonObject } from "../../skeleton/json";
import { UNKNOWN, type Properties } from "../../skeleton/properties";
import {
  InitFailed,
  type CheckRequest,
  type CheckResult,
  type CreateRequest,
  type DeleteRequest,
  type DiffRequest,
  type DiffResult,
  type Existing,
  type ReadRequest,
} from "../../skeleton/resourceProvider";
import { whyUnreachable } from "../../reach";
import type { Context } from "../context";
import { difference } from "../../skeleton/difference";
import { madeUpName, NAME_NEEDED } from "../naming";
import { chartSource, installable, STAND_IN_CHARTS } from "./chartSource";
import { Helm, HelmError } from "./helm";
import { unsupportedInputs } from "./releaseInputs";
import { isStandIn, otherChartWarning, standIn, standInReminder, standInWarning } from "./standIn";

/** helm's own default, in seconds. */
const TIMEOUT_SECONDS = 300;

/** Completes the inputs of a release, with its name and its namespace. */
export function checkRelease({ connection }: Context, request: CheckRequest): CheckResult {
  const { news, olds } = request;
  const name = news.values["name"] ?? olds.values["name"] ?? madeUpName(request);
  const namespace = news.values["namespace"] ?? connection.namespace;
  const values = { ...news.values, namespace, ...(name !== undefined && { name }) };
  const failures = unsupportedInputs(values);
  if (name === undefined) failures.push({ property: "name", reason: NAME_NEEDED });
  return { inputs: { values, secrets: news.secrets }, failures };
}

/** Another name or namespace makes it another release; all else is changed in place. */
export function diffRelease(
  { log }: Context,
  { urn, id, state, oldInputs, news }: DiffRequest,
): DiffResult {
  // Each preview and each update compares: so it is said in all of them.
  if (isStandIn(state.values)) log.warn(standInReminder(id), urn);
  const changes = difference(oldInputs.values, news.values);
  const replaces = ["name", "namespace"].filter((key) => changes.has(key));
  return { changes, replaces, deleteBeforeReplace: replaces.length === 0 };
}

/**
 * Installs a release by helm; or where the chart's repository cannot be reached, only writes it
 * down, and warns of it.
 *
 * @param state - What the state has of the release; undefined where it is new.
 */
export async function installRelease(
  context: Context,
  { urn, inputs, preview }: CreateRequest,
  state?: JsonObject,
): Promise<{ id: string; state: Properties }> {
  const { values, secrets } = inputs;
  const id = `${textAt(values, "namespace") ?? ""}/${textAt(values, "name") ?? ""}`;
  const source = chartSource(values, process.env[STAND_IN_CHARTS]);
  if (source.is === "standIn") context.log.warn(otherChartWarning(values), urn);
  if (source.is === "repository") {
    const why = await whyUnreachable(source.url);
    // What was really installed is never turned into something that is only written down.
    if (why !== undefined && (state === undefined || isStandIn(state))) {
      context.log.warn(standInWarning(values, source.url, why), urn);
      return { id, state: { values: standIn(values), secrets } };
    }
  }
  if (preview) return { id, state: { values: { ...values, status: UNKNOWN }, secrets } };

  const helm = helmOf(context);
  if (state === undefined && !context.connection.settings.upsertExistingObjects) {
    await makeWay(context, helm, id, urn);
  }
  try {
    await helm.upgrade(installable(values, source));
  } catch (error) {
    if (!(error instanceof HelmError)) throw error;
    const left = await installed(helm, inputs, id).catch(() => undefined);
    if (left === undefined) throw error;
    throw new InitFailed(
      `Release ${id} is installed, but does not work. It stays; the next \`pulumi up\` goes on with it.`,
      left,
      [error.message],
    );
  }
  const existing = await installed(helm, inputs, id);
  if (existing === undefined) throw new Error(`helm installed ${id}, but does not know of it.`);
  return existing;
}

/**
 * What a cut-off update left half installed is taken away; a release of somebody else's is not.
 *
 * @throws Error with what to do.
 */
async function makeWay({ log }: Context, helm: Helm, id: string, urn: string): Promise<void> {
  const [namespace = "", name = ""] = id.split("/");
  const existing = await helm.status(name, namespace);
  if (existing === undefined) return;
  if (!existing.status.startsWith("pending")) {
    throw new Error(
      `Release ${id} exists already (${existing.status}), and this resource did not install it. ` +
        `Take it away with \`helm uninstall ${name} --namespace ${namespace}\`, or give this one ` +
        "another name.",
    );
  }
  log.info(`Release ${id} was left half installed (${existing.status}) and is taken away.`, urn);
  await helm.uninstall(name, namespace, TIMEOUT_SECONDS);
}

/** @returns undefined where the release is gone. */
export async function readRelease(
  context: Context,
  { urn, id, state, inputs }: ReadRequest,
): Promise<Existing | undefined> {
  if (isStandIn(state.values)) {
    context.log.warn(standInReminder(id), urn);
    return { id, state, inputs };
  }
  if (Object.keys(inputs.values).length === 0) {
    throw new Error(
      `A release cannot be imported by the offline provider: helm does not tell where the chart ` +
        `of ${id} came from. Uninstall it with helm, declare it, and run \`pulumi up\`.`,
    );
  }
  return installed(helmOf(context), inputs, id);
}

/** Uninstalls a release, and waits until its objects are gone. */
export async function deleteRelease(
  context: Context,
  { id, state, timeout }: DeleteRequest,
): Promise<void> {
  if (isStandIn(state.values)) return;
  const [namespace = "", name = ""] = id.split("/");
  const seconds = timeout ?? numberAt(state.values, "timeout") ?? TIMEOUT_SECONDS;
  await helmOf(context).uninstall(name, namespace, seconds);
}

async function installed(
  helm: Helm,
  { values, secrets }: Properties,
  id: string,
): Promise<Existing | undefined> {
  const [namespace = "", name = ""] = id.split("/");
  const status = await helm.status(name, namespace);
  if (status === undefined) return undefined;
  const names = await helm.resourceNames(name, namespace);
  const state = { values: { ...values, status: { ...status }, resourceNames: names }, secrets };
  return { id, state, inputs: { values, secrets } };
}

function helmOf({ connection, signal }: Context): Helm {
  return new Helm(connection.cluster.access, signal);
}
