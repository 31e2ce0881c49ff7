import type { FleetInstance, GroupWish } from "./fleetClient";

/** An instance, as its group sees it at one moment. */
export interface SeenInstance extends FleetInstance {
  /** Whether its machine runs, or is still being started. */
  isAlive: boolean;
  /** Whether it has not passed the lifecycle hook in its time. */
  isLate: boolean;
}

/** Why an instance goes. */
export type Reason = "dead" | "late" | "outdated" | "superfluous";

/** What a group does next. */
export interface Plan {
  /** How many instances to launch. */
  launch: number;
  terminate: { id: string; reason: Reason }[];
}

/**
 * What brings a group nearer to what is wished for. Instances of another version are replaced one at a
 * time, and the next is in service before one goes: as with a minimum of 100 percent that are healthy.
 *
 * @param instances In the order of their launch.
 */
export function plan(
  { size, version }: Pick<GroupWish, "size" | "version">,
  instances: readonly SeenInstance[],
): Plan {
  const terminate: Plan["terminate"] = [];
  let rest = instances.filter(({ state }) => state !== "Terminating");
  const drop = (reason: Reason, dropped: readonly SeenInstance[]): void => {
    terminate.push(...dropped.map(({ id }) => ({ id, reason })));
    rest = rest.filter((one) => !dropped.includes(one));
  };
  const isInService = ({ state }: SeenInstance): boolean => state === "InService";
  const isOld = (one: SeenInstance): boolean => one.version !== version;

  drop(
    "dead",
    rest.filter(({ isAlive }) => !isAlive),
  );
  drop(
    "late",
    rest.filter((one) => !isInService(one) && one.isLate),
  );
  drop(
    "outdated",
    rest.filter((one) => !isInService(one) && isOld(one)),
  );
  const inService = rest.filter(isInService);
  const oldFirst = [...inService.filter(isOld), ...inService.filter((one) => !isOld(one))];
  for (const one of oldFirst.slice(0, Math.max(0, inService.length - size))) {
    drop(isOld(one) ? "outdated" : "superfluous", [one]);
  }
  // One more than wished for while there are some to be replaced.
  const most = size + (rest.some(isOld) ? 1 : 0);
  const pending = rest.filter((one) => !isInService(one));
  const excess = Math.max(0, rest.length - most);
  drop("superfluous", pending.slice(pending.length - Math.min(excess, pending.length)));

  const current = rest.filter((one) => !isOld(one)).length;
  return { launch: Math.max(0, Math.min(size - current, most - rest.length)), terminate };
}
