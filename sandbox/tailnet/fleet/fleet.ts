import { AutoScalingGroup, type GroupWorld } from "./autoScalingGroup";
import type { FleetInstance, GroupWish } from "./fleetClient";
import { readLifecycleAction } from "./lifecycleAction";

/** What is refused, in the words of the `aws` CLI. */
export class AwsError extends Error {
  constructor(code: string, operation: string, message: string) {
    super(`An error occurred (${code}) when calling the ${operation} operation: ${message}`);
  }
}

/**
 * The parameter store and the auto scaling groups. All of it is only ever kept in memory. Which instance
 * may read which parameter is not looked at.
 */
export class Fleet {
  private readonly parameters = new Map<string, string>();
  private readonly groups = new Map<string, AutoScalingGroup>();

  constructor(private readonly world: GroupWorld) {}

  setParameter(name: string, value: string): void {
    this.parameters.set(name, value);
  }

  deleteParameter(name: string): void {
    this.parameters.delete(name);
  }

  /** @throws AwsError where there is none of that name. */
  parameter(name: string): string {
    const value = this.parameters.get(name);
    if (value === undefined) throw new AwsError("ParameterNotFound", "GetParameter", "");
    return value;
  }

  /** @throws AwsError where a group of that name is being deleted. */
  async setGroup(wish: GroupWish): Promise<void> {
    const group = this.groups.get(wish.name);
    if (group?.isClosing === true) {
      throw new AwsError(
        "AlreadyExists",
        "CreateAutoScalingGroup",
        `A group by this name already exists and is pending delete: ${wish.name}`,
      );
    }
    const { name, size, version } = wish;
    this.world.log(`${name} is to have ${String(size)} instances of version ${version}`);
    if (group === undefined) this.groups.set(name, new AutoScalingGroup(wish, this.world));
    else group.change(wish);
    await this.step();
  }

  instances(group: string): FleetInstance[] {
    return this.groups.get(group)?.instances ?? [];
  }

  /** Why a group's last launch failed, as its scaling activities say it in AWS; empty where it did not. */
  launchProblem(group: string): string {
    return this.groups.get(group)?.launchProblem ?? "";
  }

  /** Returns once nothing is left of the group. @throws where an instance does not go. */
  async deleteGroup(name: string): Promise<void> {
    const group = this.groups.get(name);
    if (group === undefined) return;
    this.world.log(`${name} is to go`);
    await group.close();
    this.forget(name, group);
  }

  /** What an instance is told when it asks where it is going. */
  targetLifecycleState(id: string): "InService" | "Terminated" {
    const state = [...this.groups.values()]
      .flatMap(({ instances }) => instances)
      .find((instance) => instance.id === id)?.state;
    return state === "Terminating" ? "Terminated" : "InService";
  }

  /**
   * Does what an instance calls for by `aws`.
   *
   * @throws AwsError where it is not the instance's turn.
   */
  async call(id: string, command: string): Promise<void> {
    this.world.log(`${id} calls aws ${command}`);
    const { group, hook, instance, result } = readLifecycleAction(command);
    const isDone =
      instance === id && this.groups.get(group)?.complete(instance, hook, result) === true;
    if (!isDone) {
      throw new AwsError(
        "ValidationError",
        "CompleteLifecycleAction",
        `No active Lifecycle Action found with instance ID ${instance}`,
      );
    }
    await this.step();
  }

  /** Has each group do what is next to do. */
  async step(): Promise<void> {
    for (const [name, group] of this.groups) {
      await group.step();
      this.forget(name, group);
    }
  }

  /** Where a group is to go and has no instance any more: its name is another's by then, maybe. */
  private forget(name: string, group: AutoScalingGroup): void {
    const isGone = group.isClosing && group.instances.length === 0;
    if (isGone && this.groups.get(name) === group) this.groups.delete(name);
  }
}
