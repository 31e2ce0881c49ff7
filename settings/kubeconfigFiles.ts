import { UnusableKubeconfig } from "./kubeconfigProblem";

/** Reads a file that a kubeconfig names. @returns undefined where it cannot be read */
export type FileReader = (path: string) => Promise<string | undefined>;

type Key = "certificate-authority" | "client-certificate" | "client-key" | "tokenFile";

/** A cluster or user of a kubeconfig, as far as it holds or names files. */
export type FileHolder = Partial<Record<Key | `${Key}-data`, string | null | undefined>>;

/**
 * What a kubeconfig holds in base64, or else names the file of; undefined where it does neither.
 *
 * @param readFile - Without it, a kubeconfig that names a file is refused.
 * @throws UnusableKubeconfig where the file cannot be had.
 */
export async function heldOrRead(
  holder: FileHolder,
  key: Key,
  readFile: FileReader | undefined,
): Promise<string | undefined> {
  const data = holder[`${key}-data`] ?? "";
  if (data !== "") return Buffer.from(data, "base64").toString();
  const path = holder[key] ?? "";
  if (path === "") return undefined;
  const contents = await readFile?.(path);
  if (contents !== undefined) return contents;
  const why = readFile === undefined ? "is not looked for outside it" : "cannot be read";
  throw new UnusableKubeconfig({
    given: `a kubeconfig that names a file as its ${key}, which ${why}`,
    allowed: "a kubeconfig with what it needs in it",
    first: "kubectl config view --flatten --raw > kubeconfig.yaml where the file is",
  });
}
