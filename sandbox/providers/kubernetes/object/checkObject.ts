import { messageOf } from "../../../../host/errors";
import { textAt, withValue, type JsonObject } from "../../skeleton/json";
import { UNKNOWN } from "../../skeleton/properties";
import type { CheckRequest, CheckResult } from "../../skeleton/resourceProvider";
import { readinessRule } from "../await/rules";
import type { Context } from "../context";
import { withName } from "../naming";
import { inputsWithSecrets } from "../secrets";

/** What the type of a resource says of its object. */
export interface ObjectType {
  apiVersion: string;
  kind: string;
}

/** Completes the inputs of an object, with its name and its namespace. */
export async function checkObject(
  { connection, session }: Context,
  request: CheckRequest,
  type: ObjectType,
): Promise<CheckResult> {
  const { urn, news, olds } = request;
  if (Object.keys(olds.values).length > 0) session.setKnown(urn, true);

  const given = { apiVersion: type.apiVersion, kind: type.kind, ...news.values };
  const { object, failure } = withName(given, olds.values, request);
  const failures = failure === undefined ? [] : [failure];
  try {
    readinessRule(object);
  } catch (error) {
    failures.push({ property: "metadata.annotations", reason: messageOf(error) });
  }

  const cluster = await connection.forPreview();
  const kind = await cluster?.kinds.find(type.apiVersion, type.kind);
  if (cluster !== undefined && kind === undefined) refuseUnknown(type);
  const values =
    cluster !== undefined && kind?.namespaced === true
      ? withNamespace(object, cluster.access.namespace)
      : object;
  return { inputs: inputsWithSecrets(values, news.secrets), failures };
}

function withNamespace(object: JsonObject, namespace: string): JsonObject {
  const isSaid = textAt(object, "metadata", "namespace") !== undefined;
  return isSaid || object["metadata"] === UNKNOWN
    ? object
    : withValue(object, ["metadata", "namespace"], namespace);
}

/** Groups with a dot may get new kinds by a definition; the others are as the server has them. */
function refuseUnknown({ apiVersion, kind }: ObjectType): void {
  const [group = ""] = apiVersion.split("/");
  if (apiVersion.includes("/") && group.includes(".")) return;
  throw new Error(
    `The cluster has no kind ${kind} in ${apiVersion}: \`kubectl api-resources\` lists what it has.`,
  );
}
