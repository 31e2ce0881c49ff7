import { run } from "../../host/run";
import { clusterLayout } from "../cluster/state";

/** The images on a cluster's real node. */
export class NodeImages {
  readonly #common: readonly string[];

  /** @param ctr path of containerd's client. */
  constructor(
    cluster: string,
    private readonly ctr: string,
  ) {
    this.#common = [`--address=${clusterLayout(cluster).containerdSocket}`, "--namespace=k8s.io"];
  }

  async has(name: string): Promise<boolean> {
    return (await this.images("list", "--quiet", `name==${name}`)).trim() !== "";
  }

  /** @param baseName repository for images of the archive that name none. */
  async import(archive: string, baseName?: string): Promise<void> {
    const base = baseName === undefined ? [] : [`--base-name=${baseName}`];
    await this.images("import", ...base, archive);
  }

  async tag(name: string, other: string): Promise<void> {
    await this.images("tag", "--force", name, other);
  }

  private images(...args: string[]): Promise<string> {
    return run(this.ctr, [...this.#common, "images", ...args]);
  }
}
