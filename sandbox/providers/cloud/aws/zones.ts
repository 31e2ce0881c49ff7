/** Last letters of a region's zones; three in most, of those here others (AWS, "AWS Regions and Zones"). */
const LETTERS: Readonly<Record<string, string>> = { "us-east-1": "abcdef", "ca-central-1": "abd" };

/** Availability zones of a region. */
export function zonesOf(region: string): string[] {
  return (LETTERS[region] ?? "abc").split("").map((letter) => region + letter);
}

/**
 * The id of a zone that is the same in all accounts, such as `euc1-az1` of `eu-central-1a`. Which name
 * goes with which id is an account's own matter; here they go in turn.
 */
export function zoneId(zone: string): string {
  const [area = "", direction = "", rest = ""] = zone.split("-");
  const number = rest.slice(0, -1);
  return `${area}${direction.slice(0, 1)}${number}-az${String("abcdef".indexOf(rest.slice(-1)) + 1)}`;
}
