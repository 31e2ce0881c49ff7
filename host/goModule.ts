import { run } from "./run";

/**
 * The folder with the source of a Go module, downloaded where it is not there yet.
 *
 * @param module - Path and version, such as `k8s.io/kubernetes@v1.36.3`.
 */
export async function goModule(module: string): Promise<string> {
  const text = await run("go", ["mod", "download", "-json", module], { env: { GOFLAGS: "" } });
  return (JSON.parse(text) as { Dir: string }).Dir;
}
