import { isObject, objectsAt, textAt, type Json, type JsonObject } from "../../skeleton/json";

/** A policy document, with its keys in the order in which the official provider writes them. */
interface Document {
  Version?: string;
  Id?: string;
  Statement?: JsonObject[];
}

/**
 * The document that `aws.iam.getPolicyDocument` makes: laid out as the official provider does, lists
 * of one as text, and others in descending order.
 *
 * @throws where two statements have the same Sid.
 */
export function policyDocument(args: JsonObject): { json: string; minifiedJson: string } {
  const sources = documentsAt(args, "sourcePolicyDocuments");
  refuseDoubles(sources.flatMap(({ Statement = [] }) => Statement));
  const statements = objectsAt(args, "statements").map(statementOf);
  refuseDoubles(statements);
  const id = textAt(args, "policyId");
  const own: Document = {
    Version: textAt(args, "version") ?? "2012-10-17",
    ...(id !== undefined && { Id: id }),
    ...(statements.length > 0 && { Statement: statements }),
  };
  const overrides = documentsAt(args, "overridePolicyDocuments");
  const { Version, Id, Statement } = [...sources, own, ...overrides].reduce(merge, {});
  const document = {
    Version,
    ...(Id !== undefined && { Id }),
    ...(Statement !== undefined && { Statement }),
  };
  return { json: JSON.stringify(document, null, 2), minifiedJson: JSON.stringify(document) };
}

/** A statement takes the place of one with the same Sid. */
function merge(to: Document, from: Document): Document {
  const statements = [...(to.Statement ?? [])];
  for (const statement of from.Statement ?? []) {
    const sid = statement["Sid"];
    const index = sid === undefined ? -1 : statements.findIndex((other) => other["Sid"] === sid);
    if (index >= 0) statements[index] = statement;
    else statements.push(statement);
  }
  const version = [to.Version, from.Version]
    .filter((text) => text !== undefined)
    .sort()
    .at(-1);
  const id = from.Id ?? to.Id;
  return {
    ...(version !== undefined && { Version: version }),
    ...(id !== undefined && { Id: id }),
    ...(statements.length > 0 && { Statement: statements }),
  };
}

function refuseDoubles(statements: readonly JsonObject[]): void {
  const sids = statements
    .map((statement) => textAt(statement, "Sid"))
    .filter((sid) => sid !== undefined);
  const double = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (double !== undefined) {
    throw new Error(
      `writing IAM Policy Document: duplicate Sid (${double}). Remove the Sid or ensure the ` +
        "Sid is unique.",
    );
  }
}

function documentsAt(args: JsonObject, key: string): Document[] {
  return textsOf(args[key])
    .filter((text) => text !== "")
    .map((text) => {
      const document = JSON.parse(text) as JsonObject;
      const listed = document["Statement"];
      const statements = (Array.isArray(listed) ? listed : [listed]).filter(isObject);
      return { ...document, Statement: statements.map(ordered) };
    });
}

function statementOf(statement: JsonObject): JsonObject {
  const sid = textAt(statement, "sid");
  return ordered({
    ...(sid !== undefined && sid !== "" && { Sid: sid }),
    Effect: textAt(statement, "effect") ?? "Allow",
    ...listed("Action", statement["actions"]),
    ...listed("NotAction", statement["notActions"]),
    ...listed("Resource", statement["resources"]),
    ...listed("NotResource", statement["notResources"]),
    ...principals("Principal", objectsAt(statement, "principals")),
    ...principals("NotPrincipal", objectsAt(statement, "notPrincipals")),
    ...conditions(objectsAt(statement, "conditions")),
  });
}

const ORDER = [
  "Sid",
  "Effect",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Principal",
  "NotPrincipal",
  "Condition",
];

function ordered(statement: JsonObject): JsonObject {
  const entries = ORDER.map((key) => [key, statement[key]] as const);
  return Object.fromEntries(
    entries.filter((entry): entry is [string, Json] => entry[1] !== undefined),
  );
}

function listed(key: string, value: Json | undefined): JsonObject {
  const texts = textsOf(value);
  return texts.length > 0 ? { [key]: few(descending(texts)) } : {};
}

function principals(key: string, given: readonly JsonObject[]): JsonObject {
  if (given.length === 0) return {};
  const byType: Record<string, string[]> = {};
  for (const principal of given) {
    const type = textAt(principal, "type") ?? "";
    const added = descending(textsOf(principal["identifiers"]));
    byType[type] = [...(byType[type] ?? []), ...added];
  }
  const types = Object.keys(byType).sort();
  const [only = ""] = types;
  const isEverybody = types.length === 1 && only === "*" && byType["*"]?.join() === "*";
  return {
    [key]: isEverybody
      ? "*"
      : Object.fromEntries(types.map((type) => [type, few(byType[type] ?? [])])),
  };
}

function conditions(given: readonly JsonObject[]): JsonObject {
  if (given.length === 0) return {};
  const byTest: Record<string, Record<string, string[]>> = {};
  for (const condition of given) {
    const [test = "", variable = ""] = ["test", "variable"].map((key) => textAt(condition, key));
    const before = byTest[test]?.[variable] ?? [];
    const added = textsOf(condition["values"]).map(variables);
    byTest[test] = { ...byTest[test], [variable]: [...before, ...added] };
  }
  const sorted = Object.keys(byTest).sort();
  const testOf = (test: string): JsonObject =>
    Object.fromEntries(
      Object.keys(byTest[test] ?? {})
        .sort()
        .map((variable) => [variable, few(byTest[test]?.[variable] ?? [])]),
    );
  return { Condition: Object.fromEntries(sorted.map((test) => [test, testOf(test)])) };
}

/** A set: each once. */
function descending(values: readonly string[]): string[] {
  return [...new Set(values.map(variables))].sort().reverse();
}

function textsOf(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : []).filter((item) => typeof item === "string");
}

function few(values: string[]): Json {
  return values.length === 1 ? (values[0] ?? "") : values;
}

/** `&{…}` is how a variable of IAM's is written. */
function variables(text: string): string {
  return text.replaceAll("&{", "${");
}
