import { dirname, join } from "node:path";

import { Resvg, type ResvgRenderOptions } from "@resvg/resvg-js";

/** The one font of all charts. */
export const FONT = "DejaVu Sans";

const FOLDER = join(dirname(require.resolve("dejavu-fonts-ttf/package.json")), "ttf");

/** Fonts from a package and none of the machine's, so that a chart is the same everywhere. */
export const FONT_OPTIONS: ResvgRenderOptions["font"] = {
  loadSystemFonts: false,
  fontFiles: [join(FOLDER, "DejaVuSans.ttf"), join(FOLDER, "DejaVuSans-Bold.ttf")],
  defaultFontFamily: FONT,
};

/** How a text is set. */
export interface TextStyle {
  /** Pixels. */
  size: number;
  bold?: boolean;
}

/** Size of the measure, large enough that rounding does not show; widths grow with the size. */
const MEASURED_AT = 100;
/** Advances of letters at that size, by weight and letter: each is measured once, as that is slow. */
const advances = new Map<string, number>();

/** Width of a text in pixels, as the very library that draws it says; kerning, which only narrows it, is left out. */
export function textWidth(text: string, { size, bold = false }: TextStyle): number {
  const weight = bold ? "bold" : "normal";
  let width = 0;
  for (const letter of text) {
    const key = `${weight} ${letter}`;
    const advance = advances.get(key) ?? measure(`|${letter}|`, weight) - measure("||", weight);
    advances.set(key, advance);
    width += advance;
  }
  return (width * size) / MEASURED_AT;
}

/** Pixels from the first ink of a text to the last. */
function measure(text: string, weight: string): number {
  const escaped = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const size = String(MEASURED_AT);
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><text y="${size}" ` +
    `font-family="${FONT}" font-size="${size}" font-weight="${weight}">${escaped}</text></svg>`;
  return new Resvg(svg, { font: FONT_OPTIONS }).getBBox()?.width ?? 0;
}

/** Breaks a text into lines of `width` pixels at most: between words, and within one that is wider. */
export function wrap(text: string, width: number, style: TextStyle): string[] {
  const lines: string[] = [];
  const words = text.split(/\s+/).flatMap((word) => breakWord(word, width, style));
  for (const word of words) {
    const last = lines.at(-1);
    const longer = last === undefined ? word : `${last} ${word}`;
    if (last === undefined || textWidth(longer, style) > width) lines.push(word);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}

function breakWord(word: string, width: number, style: TextStyle): string[] {
  const pieces = [""];
  for (const letter of word) {
    const longer = `${pieces.at(-1) ?? ""}${letter}`;
    if (longer.length > 1 && textWidth(longer, style) > width) pieces.push(letter);
    else pieces[pieces.length - 1] = longer;
  }
  return pieces;
}
