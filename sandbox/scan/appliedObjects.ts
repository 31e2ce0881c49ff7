import { UserError } from "../../host/userError";
import type { Engine } from "../stack/engine";

/** A Kubernetes object as a server gives it. */
export interface AppliedObject {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
  [field: string]: unknown;
}

interface ExportedResource {
  type: string;
  delete?: boolean;
  outputs?: Partial<AppliedObject>;
}

interface Exported {
  deployment: { resources?: ExportedResource[] };
}

/** What a Release leaves on a cluster is its chart's, and is not among the objects of a stack. */
const RELEASE = "kubernetes:helm.sh/v3:Release";

/** Fields that a server or its controllers write about an object, and nobody applies. */
const ABOUT_IT = ["managedFields", "uid", "resourceVersion", "generation", "creationTimestamp"];

/** In place of what is secret: these objects are written to files. */
const MASKED = Buffer.from("masked").toString("base64");

/**
 * The objects that a stack has applied, as the API server has them now: with its defaults, and what
 * others have changed; without what is only said about them, and with the data of Secrets masked.
 *
 * @throws UserError where the stack is not there, has none, or one of them is gone.
 */
export async function appliedObjects(engine: Engine, stack: string): Promise<AppliedObject[]> {
  const made = JSON.parse(await engine.read(["stack", "ls", "--json"])) as { name: string }[];
  if (!made.some(({ name }) => name === stack)) {
    throw new UserError(
      `The stack "${stack}" is not on this cluster. Bring it up: npm run sandbox -- up --stack ${stack}`,
    );
  }
  const references = referencesIn(await engine.read(["stack", "export", "--stack", stack]));
  if (references.length === 0) {
    throw new UserError(`The stack "${stack}" has no objects to look at: run \`up\` first.`);
  }
  const list = JSON.stringify({ apiVersion: "v1", kind: "List", items: references });
  const { ok, stdout, all } = await engine.kubectl(["get", "--output=json", "--filename=-"], list);
  if (!ok) {
    throw new UserError(`Not every object of the stack "${stack}" could be read: ${all.trim()}`);
  }
  const found = JSON.parse(stdout) as AppliedObject & { items?: AppliedObject[] };
  return (found.items ?? [found]).map(asApplied);
}

/** What names each object of a stack to the server. */
export function referencesIn(exported: string): AppliedObject[] {
  const { deployment } = JSON.parse(exported) as Exported;
  return (deployment.resources ?? [])
    .filter(
      ({ type, delete: replaced }) =>
        type.startsWith("kubernetes:") && type !== RELEASE && replaced !== true,
    )
    .map(({ type, outputs: { apiVersion, kind, metadata } = {} }) => {
      if (apiVersion === undefined || kind === undefined || metadata === undefined) {
        throw new UserError(`A ${type} of the stack was not made to its end: run \`up\` again.`);
      }
      const { name, namespace } = metadata;
      return {
        apiVersion,
        kind,
        metadata: { name, ...(namespace !== undefined && { namespace }) },
      };
    });
}

/** An object as somebody would have to apply it to have the same. */
export function asApplied({ status: _, ...object }: AppliedObject): AppliedObject {
  const metadata = Object.entries(object.metadata).filter(([key]) => !ABOUT_IT.includes(key));
  return {
    ...object,
    metadata: Object.fromEntries(metadata) as AppliedObject["metadata"],
    ...(object.kind === "Secret" && { data: masked(object["data"]) }),
  };
}

function masked(data: unknown): Record<string, string> {
  return Object.fromEntries(Object.keys(data ?? {}).map((key) => [key, MASKED]));
}

/** Name of an object for a person, such as `Deployment httpbin/httpbin`. */
export function nameOf({ kind, metadata: { name, namespace } }: AppliedObject): string {
  return `${kind} ${namespace === undefined ? "" : `${namespace}/`}${name}`;
}
