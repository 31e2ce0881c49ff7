import type { Config } from "vega-lite";

import { FONT } from "./fonts";

/** Pixels of the picture, before it is drawn at twice that for sharpness. */
export const PICTURE_WIDTH = 900;
export const SCALE = 2;
/** Pixels between the edge of the picture and what is on it. */
export const PADDING = 16;
/** Pixels left of every panel, for the labels of its axis. */
export const AXIS_WIDTH = 48;
/** Pixels of every panel, within its axes; what is left at the right is for the last time label. */
export const PLOT_WIDTH = PICTURE_WIDTH - 2 * PADDING - AXIS_WIDTH - 7;

/** Pixels. */
export const SIZES = { title: 17, subtitle: 12, heading: 12, label: 11 } as const;

/** The palette of Okabe and Ito, which people with any colour blindness tell apart. */
export const COLOURS = {
  black: "#000000",
  orange: "#E69F00",
  skyBlue: "#56B4E9",
  green: "#009E73",
  blue: "#0072B2",
  vermilion: "#D55E00",
  purple: "#CC79A7",
} as const;

export const GREYS = { text: "#222222", muted: "#555555", grid: "#E4E4E4" } as const;

/** Looks that all charts share. */
export const THEME: Config = {
  font: FONT,
  view: { stroke: GREYS.grid },
  title: {
    anchor: "start",
    frame: "bounds",
    fontSize: SIZES.title,
    fontWeight: "bold",
    color: GREYS.text,
    lineHeight: 22,
    offset: 12,
    subtitleFontSize: SIZES.subtitle,
    subtitleColor: GREYS.muted,
    subtitleLineHeight: 16,
    subtitlePadding: 5,
  },
  axis: {
    labelFontSize: SIZES.label,
    labelColor: GREYS.muted,
    titleFontSize: SIZES.heading,
    titleFontWeight: "bold",
    titleColor: GREYS.text,
    gridColor: GREYS.grid,
    domainColor: GREYS.muted,
    tickColor: GREYS.muted,
  },
  legend: {
    labelFontSize: SIZES.label,
    labelColor: GREYS.text,
    labelLimit: 0,
    symbolStrokeWidth: 2.5,
  },
};
