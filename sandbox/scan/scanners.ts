import { ensureTools } from "../toolchain/toolchain";
import { TOOLS } from "../toolchain/tools";
import { checkov, installCheckov } from "./checkov";
import type { Scanned, Scanner } from "./finding";
import { kubeconform } from "./kubeconform";
import { kubeScore } from "./kubeScore";
import type { Manifests } from "./manifestFolder";
import { trivy } from "./trivy";

export interface ScannerOptions {
  scanners: readonly Scanner[];
  /** Folder with a schema for each kind of the objects; `kubeconform` alone asks for it. */
  schemas: string;
  /** Whether Debian's package of Python's environments may be installed, for `checkov`. */
  install: boolean;
  say: (line: string) => void;
}

/** Has a scanner look at objects. */
type Look = (manifests: Manifests) => Promise<Scanned>;

/** The scanners that are built from Go modules, by the names of their programs. */
const PROGRAMS: Readonly<Record<Exclude<Scanner, "checkov">, string>> = {
  kubeconform: "kubeconform",
  "kube-score": "kube-score",
  trivy: "trivy-checks",
};

/**
 * Shows objects to scanners, one after the other.
 *
 * @throws UserError where a scanner is missing and cannot be made, Error where one of them has not
 * looked at every object that is there for it.
 */
export async function runScanners(
  manifests: Manifests,
  options: ScannerOptions,
): Promise<Map<Scanner, Scanned>> {
  const scanned = new Map<Scanner, Scanned>();
  for (const [scanner, look] of await prepared(options)) {
    scanned.set(scanner, await look(manifests));
  }
  return scanned;
}

/** Gets scanners ready: built, and checkov installed. */
async function prepared(options: ScannerOptions): Promise<[Scanner, Look][]> {
  const { scanners, schemas, say } = options;
  const built = scanners.filter((scanner) => scanner !== "checkov").map((name) => PROGRAMS[name]);
  const tools = await ensureTools(
    TOOLS.filter(({ name }) => built.includes(name)),
    { say },
  );
  const python = scanners.includes("checkov") ? await installCheckov(options) : "";
  const looks: Record<Scanner, Look> = {
    kubeconform: (manifests) => kubeconform(tools.path("kubeconform"), manifests, schemas),
    "kube-score": (manifests) => kubeScore(tools.path("kube-score"), manifests),
    checkov: (manifests) => checkov(python, manifests),
    trivy: (manifests) => trivy(tools.path("trivy-checks"), manifests),
  };
  return scanners.map((scanner) => [scanner, looks[scanner]]);
}
