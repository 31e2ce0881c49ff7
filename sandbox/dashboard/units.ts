/** How values of a unit are shown. */
export interface Shown {
  /** What a value is divided by. */
  divisor: number;
  /** What the axis counts then, after the panel's title; "" where the title says it. */
  unit: string;
}

const SECONDS: readonly Shown[] = [
  { divisor: 86_400, unit: "days" },
  { divisor: 3600, unit: "hours" },
  { divisor: 60, unit: "minutes" },
  { divisor: 1, unit: "s" },
  { divisor: 0.001, unit: "ms" },
];

const BYTES: readonly Shown[] = [
  { divisor: 2 ** 30, unit: "GiB" },
  { divisor: 2 ** 20, unit: "MiB" },
  { divisor: 2 ** 10, unit: "KiB" },
  { divisor: 1, unit: "bytes" },
];

/** Units of Grafana, each with the forms that it is shown in, the largest first. */
const UNITS: Readonly<Record<string, readonly Shown[]>> = {
  short: [{ divisor: 1, unit: "" }],
  percent: [{ divisor: 1, unit: "%" }],
  percentunit: [{ divisor: 0.01, unit: "%" }],
  reqps: [{ divisor: 1, unit: "requests/s" }],
  s: SECONDS,
  bytes: BYTES,
};

/**
 * How the values of a panel are shown: in the largest form of their unit that the highest comes to.
 *
 * @param unit - As Grafana names it; one that is not known here stays as it is.
 * @param highest - Of the values, without their signs.
 */
export function shownAs(unit: string, highest: number): Shown {
  const forms = UNITS[unit] ?? [{ divisor: 1, unit }];
  return (
    forms.find(({ divisor }) => highest >= divisor) ?? forms.at(-1) ?? { divisor: 1, unit: "" }
  );
}

/** A panel's title with its unit, unless it has said it. */
export function headingOf(title: string, unit: string): string {
  const isSaid = unit === "requests/s" && /requests per second/i.test(title);
  return unit === "" || isSaid ? title : `${title}, ${unit}`;
}
