import type { Registered } from "./registered";

/** What is drawn as one box: a component with resources of its own, or the provider of a cluster. */
export interface Box {
  urn: string;
  /** Such as `Network`. */
  title: string;
  /** Its resources by service, such as `ec2`, and kind, such as `Subnet`, with how many there are. */
  contents: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Whether it belongs to the platform, and not to the app. */
  ofPlatform: boolean;
}

export interface Graph {
  /** Title of the platform, such as `HomePlatform`. */
  platform: string;
  boxes: Box[];
  /** Pairs of URNs: the first is made before the second. None that others imply. */
  edges: [before: string, after: string][];
}

const PROVIDER = "pulumi:providers:kubernetes";
const STACK = "pulumi:pulumi:Stack";

/** Puts resources together by component, and keeps of what depends on what no more than is needed. */
export function graphOf(resources: readonly Registered[]): Graph {
  const byUrn = new Map(resources.map((resource) => [resource.urn, resource]));
  const platform = resources.find(({ type }) => type.endsWith("Platform"));
  const boxOf = (urn: string): string | undefined => boxUrn(byUrn.get(urn), byUrn);
  const boxes = new Map<string, Box>();
  const needs = new Map<string, Set<string>>();
  for (const { urn, type, dependencies, isComponent } of resources) {
    const box = boxOf(urn);
    if (box === undefined || isComponent) continue;
    const known = boxes.get(box) ?? boxFor(byUrn.get(box), isBelow(box, platform?.urn, byUrn));
    boxes.set(box, known.urn === urn ? known : withOne(known, type));
    const others = dependencies.map(boxOf).filter((one) => one !== undefined && one !== box);
    needs.set(box, new Set([...(needs.get(box) ?? []), ...others.map(String)]));
  }
  return {
    platform: titleOf(platform?.type ?? ""),
    // In the order of their names, as that of registering may be another one each time.
    boxes: [...boxes.values()].sort((a, b) => a.urn.localeCompare(b.urn)),
    edges: reduced(needs).sort((a, b) => a.join().localeCompare(b.join())),
  };
}

/** The box that a resource is drawn in; none for the providers of clouds, which all would lead to. */
function boxUrn(
  resource: Registered | undefined,
  byUrn: ReadonlyMap<string, Registered>,
): string | undefined {
  if (resource === undefined || resource.type === STACK) return undefined;
  if (resource.type === PROVIDER || resource.isComponent) return resource.urn;
  const parent = byUrn.get(resource.parent);
  return parent?.type === STACK ? undefined : parent?.urn;
}

function boxFor(resource: Registered | undefined, ofPlatform: boolean): Box {
  if (resource === undefined) throw new Error("A resource whose parent is not registered.");
  const { urn, type } = resource;
  const title = type === PROVIDER ? "Kubernetes provider" : titleOf(type);
  return { urn, title, contents: {}, ofPlatform };
}

/** A box with one more resource in it. */
function withOne(box: Box, type: string): Box {
  const service = serviceOf(type);
  const kinds = box.contents[service] ?? {};
  const kind = titleOf(type);
  const counted = { ...kinds, [kind]: (kinds[kind] ?? 0) + 1 };
  return { ...box, contents: { ...box.contents, [service]: counted } };
}

/** `aws:ec2/vpc:Vpc` is of `ec2`, and `tailscale:index/oauthClient:OauthClient` of `tailscale`. */
function serviceOf(type: string): string {
  const [pkg = "", module = ""] = type.split(":");
  return pkg === "aws" ? (module.split("/")[0] ?? pkg) : pkg;
}

function isBelow(
  urn: string,
  ancestor: string | undefined,
  byUrn: ReadonlyMap<string, Registered>,
): boolean {
  const parent = byUrn.get(urn)?.parent;
  if (parent === undefined || ancestor === undefined) return false;
  return parent === ancestor || isBelow(parent, ancestor, byUrn);
}

/** `aws:ec2/vpc:Vpc` is a `Vpc`. */
function titleOf(type: string): string {
  return type.split(":").at(-1) ?? type;
}

/** The edges that no way through others implies. */
function reduced(needs: ReadonlyMap<string, ReadonlySet<string>>): Graph["edges"] {
  const of = (box: string): string[] => [...(needs.get(box) ?? [])];
  const reaches = (from: string, to: string): boolean =>
    of(from).some((next) => next === to || reaches(next, to));
  return [...needs.keys()].flatMap((after) =>
    of(after)
      // A box without resources of its own is not drawn.
      .filter((before) => needs.has(before))
      .filter((before) => !of(after).some((other) => other !== before && reaches(other, before)))
      .map((before): [string, string] => [before, after]),
  );
}
