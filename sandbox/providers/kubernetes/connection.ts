import { messageOf } from "../../../host/errors";
import type { EngineLog } from "../skeleton/engineLog";
import { UnreachableError } from "./apiError";
import { Cluster } from "./cluster";
import { loadAccess } from "./kubeconfig";
import type { Settings } from "./settings";

const UNCHECKED = "a preview shows what the program declares, and no cluster has checked it.";

/** The way to the cluster of a provider, which may not be there (yet). */
export class Connection {
  readonly #cluster: Cluster | undefined;
  readonly #problem: UnreachableError | undefined;
  #reachable: Promise<UnreachableError | undefined> | undefined;
  #hasTold = false;

  constructor(
    readonly settings: Settings,
    private readonly log: EngineLog,
  ) {
    try {
      this.#cluster = new Cluster(loadAccess(settings));
    } catch (error) {
      this.#problem = new UnreachableError(messageOf(error), { cause: error });
    }
  }

  /**
   * The cluster, to be changed.
   *
   * @throws UnreachableError where there is no way to it.
   */
  get cluster(): Cluster {
    if (this.#cluster === undefined) throw this.#problem ?? new UnreachableError("No cluster.");
    return this.#cluster;
  }

  /** Namespace of what names none. */
  get namespace(): string {
    return this.#cluster?.access.namespace ?? this.settings.namespace ?? "default";
  }

  /**
   * The cluster, to be asked in a preview.
   *
   * @returns undefined where it does not answer, or there is none, of which the user is told once.
   */
  async forPreview(): Promise<Cluster | undefined> {
    if (this.#cluster !== undefined && isNone(this.#cluster.access.server)) {
      this.tell("info", `There is no cluster here: ${UNCHECKED}`);
      return undefined;
    }
    const problem = await (this.#reachable ??= this.probe());
    if (problem === undefined) return this.cluster;
    this.tell("warn", `${problem.message}\nUntil then, ${UNCHECKED}`);
    return undefined;
  }

  private tell(severity: "info" | "warn", message: string): void {
    if (this.#hasTold) return;
    this.#hasTold = true;
    this.log[severity](message);
  }

  private async probe(): Promise<UnreachableError | undefined> {
    try {
      await this.cluster.client.call({ path: "/version" });
      return undefined;
    } catch (error) {
      // A server that answers with an error does answer.
      return error instanceof UnreachableError ? error : undefined;
    }
  }
}

/** Whether a kubeconfig says that there is no cluster: names below `invalid` never resolve (RFC 6761). */
function isNone(server: string): boolean {
  return new URL(server).hostname.endsWith(".invalid");
}
