import type { Box, Graph } from "./graph";

/** Characters in a line of a box, at most, unless a word alone is longer. */
const WIDTH = 34;

/** Wide enough, in pixels, for Mermaid to break no line of ours. */
const SETTINGS = `%%{init: {"flowchart": {"wrappingWidth": 400}}}%%`;

/** A graph as Mermaid draws it, in a Markdown block. */
export function mermaidOf({ platform, boxes, edges }: Graph): string {
  const ids = new Map(boxes.map(({ urn }, index) => [urn, `b${String(index + 1)}`]));
  const id = (urn: string): string => ids.get(urn) ?? "";
  const inside = boxes.filter(({ ofPlatform }) => ofPlatform);
  const outside = boxes.filter(({ ofPlatform }) => !ofPlatform);
  return [
    "```mermaid",
    SETTINGS,
    "flowchart TD",
    `  subgraph platform["${platform}"]`,
    ...inside.map((box) => `    ${id(box.urn)}${label(box)}`),
    "  end",
    ...outside.map((box) => `  ${id(box.urn)}${label(box)}`),
    ...edges.map(([before, after]) => `  ${id(before)} --> ${id(after)}`),
    "```",
  ].join("\n");
}

function label({ title, contents }: Box): string {
  const services = Object.entries(contents)
    .sort(([a], [b]) => a.localeCompare(b))
    .flatMap(([service, kinds]) => lines([`${service}:`, ...listed(kinds)]));
  return `["${[`<b>${title}</b>`, ...services].join("<br>")}"]`;
}

/** Such as `RouteTable,` and `4 Subnet`. */
function listed(kinds: Readonly<Record<string, number>>): string[] {
  const words = Object.entries(kinds)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([kind, count]) => (count === 1 ? kind : `${String(count)} ${kind}`));
  return words.map((word, index) => (index === words.length - 1 ? word : `${word},`));
}

/** Words in lines. */
function lines(words: readonly string[]): string[] {
  const found: string[] = [];
  for (const word of words) {
    const last = found.at(-1);
    if (last !== undefined && `${last} ${word}`.length <= WIDTH) {
      found[found.length - 1] = `${last} ${word}`;
    } else found.push(word);
  }
  return found;
}
