import { at, isObject, type Json, type JsonObject } from "../../skeleton/json";
import { UNKNOWN } from "../../skeleton/properties";
import type { CheckFailure } from "../../skeleton/resourceProvider";

/** What is wrong with a policy among inputs. */
export function policyProblems(
  inputs: JsonObject,
  property: string,
  limit: number,
): CheckFailure[] {
  const given = inputs[property];
  // A policy may be given as an object, too: the SDK writes it as text.
  const text = isObject(given) ? JSON.stringify(given) : given;
  if (typeof text !== "string" || text.includes(UNKNOWN)) return [];
  const fail = (reason: string): CheckFailure[] => [
    { property, reason: `MalformedPolicyDocument: ${reason}` },
  ];
  let document: Json;
  try {
    document = JSON.parse(text) as Json;
  } catch {
    return fail("this is no JSON");
  }
  const listed = at(document, "Statement");
  const statements = (Array.isArray(listed) ? listed : [listed]).filter(isObject);
  if (statements.length === 0) return fail("there is no Statement");
  const wrong = statements.findIndex((statement) => !isStatement(statement, property));
  if (wrong >= 0) {
    return fail(
      `statement ${String(wrong)} needs Effect "Allow" or "Deny", Action or NotAction, and ` +
        (property === "assumeRolePolicy" ? "Principal" : "Resource or NotResource"),
    );
  }
  const length = text.replace(/\s/g, "").length;
  return length > limit
    ? [
        {
          property,
          reason: `LimitExceeded: ${String(length)} characters, and IAM takes ${String(limit)}`,
        },
      ]
    : [];
}

function isStatement(statement: JsonObject, property: string): boolean {
  const has = (...keys: string[]): boolean => keys.some((key) => key in statement);
  return (
    (statement["Effect"] === "Allow" || statement["Effect"] === "Deny") &&
    has("Action", "NotAction") &&
    (property === "assumeRolePolicy" ? has("Principal") : has("Resource", "NotResource"))
  );
}
