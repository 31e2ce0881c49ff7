import { Resvg } from "@resvg/resvg-js";
import type { View } from "vega";
import type { TopLevelSpec } from "vega-lite";

/** Rows of the data set of that name, anywhere in a spec; undefined where there is none. */
export function rowsOf(spec: unknown, name: string): Record<string, unknown>[] | undefined {
  if (typeof spec !== "object" || spec === null) return undefined;
  const { data } = spec as { data?: { name?: string; values?: Record<string, unknown>[] } };
  if (data?.name === name) return data.values;
  for (const part of Object.values(spec)) {
    const found = rowsOf(part, name);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** Values of one line, by time. */
export function lineOf(spec: TopLevelSpec, panel: string, series: string): [unknown, unknown][] {
  return (rowsOf(spec, panel) ?? [])
    .filter((row) => row["series"] === series)
    .map((row) => [row["at"], row["value"]]);
}

/** Names of the parts of a chart, from top to bottom. */
export function panelsOf(spec: TopLevelSpec): (string | undefined)[] {
  return "vconcat" in spec ? spec.vconcat.map(({ name }) => name) : [];
}

export function titleOf(spec: TopLevelSpec): { title: string; subtitle: string[] } {
  const { text, subtitle } = spec.title as { text: string[]; subtitle: string[] };
  return { title: text.join(" "), subtitle };
}

/** A text as it stands in a picture, in pixels before the picture is scaled. */
export interface TextBox {
  text: string;
  left: number;
  right: number;
  top: number;
  bottom: number;
}

interface SceneItem {
  x?: number;
  y?: number;
  opacity?: number;
  text?: string | string[];
  bounds: { x1: number; x2: number; y1: number; y2: number };
  items?: SceneMark[];
}

interface SceneMark {
  marktype: string;
  items: SceneItem[];
}

/** Every text that a view draws. */
export function textBoxes(view: View): TextBox[] {
  const { root } = view.scenegraph() as unknown as { root: SceneMark };
  const [x, y] = view.origin();
  return boxesOf(root, x, y);
}

function boxesOf({ marktype, items }: SceneMark, x: number, y: number): TextBox[] {
  return items.flatMap((item) => {
    if (marktype === "group") {
      const [left, top] = [x + (item.x ?? 0), y + (item.y ?? 0)];
      return (item.items ?? []).flatMap((mark) => boxesOf(mark, left, top));
    }
    const text = [item.text ?? ""].flat().join("\n");
    if (marktype !== "text" || text === "" || item.opacity === 0) return [];
    const { x1, x2, y1, y2 } = item.bounds;
    return [{ text, left: x + x1, right: x + x2, top: y + y1, bottom: y + y2 }];
  });
}

/** Pixels by which two boxes may touch: a box has room above and below its letters. */
const SLACK = 2;

/** Pairs of texts of which one is printed over the other. */
export function overlapping(texts: readonly TextBox[]): [string, string][] {
  return texts.flatMap((one, index) =>
    texts
      .slice(index + 1)
      .filter(
        (other) =>
          one.left + SLACK < other.right &&
          other.left + SLACK < one.right &&
          one.top + SLACK < other.bottom &&
          other.top + SLACK < one.bottom,
      )
      .map((other): [string, string] => [one.text, other.text]),
  );
}

/** Size of a PNG, and how many of its pixels are not white. */
export function inkOf(png: Buffer): { width: number; height: number; ink: number } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const size = `width="${String(width)}" height="${String(height)}"`;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} ` +
    `href="data:image/png;base64,${png.toString("base64")}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  let ink = 0;
  for (let pixel = 0; pixel < pixels.length; pixel += 4) {
    if (pixels.readUInt32BE(pixel) !== 0xffffffff) ink++;
  }
  return { width, height, ink };
}
