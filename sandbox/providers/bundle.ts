import { build, type Plugin } from "esbuild";

/**
 * The generated API classes of @kubernetes/client-node: some thousand files, half a second of
 * loading, and only its kubeconfig is used, which needs none of them.
 */
const GENERATED = /^\.\/gen\/index\.js$/;

const withoutGenerated: Plugin = {
  name: "without-generated",
  setup(builder) {
    builder.onResolve({ filter: GENERATED }, ({ path, importer }) =>
      importer.includes("/@kubernetes/client-node/") ? { path, namespace: "empty" } : undefined,
    );
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/**
 * A program in one file, that Node runs as it is.
 *
 * @param constants - Texts in place of names that the program declares.
 */
export async function bundle(entry: string, constants: Record<string, string>): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "error",
    define: Object.fromEntries(
      Object.entries(constants).map(([name, text]) => [name, JSON.stringify(text)]),
    ),
    plugins: [withoutGenerated],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made nothing of ${entry}.`);
  return file.text;
}
