import { Resvg } from "@resvg/resvg-js";
import type { View } from "vega";
import type { TopLevelSpec } from "vega-lite";

import { FONT_OPTIONS, textWidth } from "./fonts";
import { PICTURE_WIDTH, SCALE } from "./theme";

/** Vega's measure of texts, which its types leave out. */
interface WithTextMetrics {
  textMetrics: { width: (item: MeasuredItem, text: string | number | null) => number };
}

interface MeasuredItem {
  fontSize?: number;
  fontWeight?: string | number;
}

/** What a spec draws, not yet drawn. @throws Error where the libraries warn of anything. */
export async function viewOf(spec: TopLevelSpec): Promise<View> {
  const vega = await import("vega");
  const { compile } = await import("vega-lite");
  // Without this, Vega guesses widths from the number of letters, or asks a canvas if one is there.
  (vega as unknown as WithTextMetrics).textMetrics.width = ({ fontSize = 11, fontWeight }, text) =>
    textWidth(String(text ?? ""), { size: fontSize, bold: isBold(fontWeight) });
  const compiled = compile(spec, { logger: strict(vega) });
  const view = new vega.View(vega.parse(compiled.spec), {
    renderer: "none",
    logger: strict(vega),
  });
  return view.runAsync();
}

/** Draws a spec as PNG, at twice its size. */
export async function renderPng(spec: TopLevelSpec): Promise<Buffer> {
  const view = await viewOf(spec);
  const svg = await view.toSVG();
  view.finalize();
  return new Resvg(svg, {
    font: FONT_OPTIONS,
    background: "white",
    fitTo: { mode: "width", value: PICTURE_WIDTH * SCALE },
  })
    .render()
    .asPng();
}

function isBold(weight: string | number | undefined): boolean {
  return weight === "bold" || Number(weight) >= 600;
}

/** A warning of Vega's means that something is not drawn as it should be. */
function strict({ logger, Warn }: typeof import("vega")) {
  const refuse = (_method: string, _level: string, input: readonly unknown[]): never => {
    throw new Error(`The chart cannot be drawn: ${input.map(String).join(" ")}`);
  };
  return logger(Warn, undefined, refuse);
}
