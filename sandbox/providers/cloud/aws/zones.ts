/** Availability zones of a region. */
export function zonesOf(region: string): string[] {
  return ["a", "b", "c"].map((letter) => region + letter);
}

/** The id of a zone that is the same in all accounts, such as `euc1-az1` of `eu-central-1a`. */
export function zoneId(zone: string): string {
  const [area = "", direction = "", rest = ""] = zone.split("-");
  const number = rest.slice(0, -1);
  return `${area}${direction.slice(0, 1)}${number}-az${String("abcdef".indexOf(rest.slice(-1)) + 1)}`;
}
