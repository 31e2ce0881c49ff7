/** What can be measured, in the order in which it is. */
export const PART_NAMES = ["preview", "apps", "live", "start", "scale", "requests"] as const;

export type PartName = (typeof PART_NAMES)[number];
