import { build, type Plugin } from "esbuild";

/** Parts of a package that cost much to load, and are not used here. */
const UNUSED: readonly { package: string; path: RegExp }[] = [
  // The generated API classes: some thousand files, half a second. Only its kubeconfig is used.
  { package: "@kubernetes/client-node", path: /^\.\/gen\/index\.js$/ },
  // What turns functions into text (by the TypeScript compiler), and what drives an engine.
  {
    package: "@pulumi/pulumi",
    path: /\/(?:closure\/\w+|automation|experimental|typescript-shim)$/,
  },
];

const withoutUnused: Plugin = {
  name: "without-unused",
  setup(builder) {
    for (const { package: name, path: filter } of UNUSED) {
      builder.onResolve({ filter }, ({ path, importer }) =>
        importer.includes(`/${name}/`) ? { path, namespace: "empty" } : undefined,
      );
    }
    builder.onLoad({ filter: /.*/, namespace: "empty" }, () => ({
      contents: "module.exports = {};",
    }));
  },
};

/**
 * A program in one file, that Node runs as it is.
 *
 * @param constants - Texts in place of names that the program declares.
 * @param external - Packages that are left out, for Node to find beside the program. @default none
 */
export async function bundle(
  entry: string,
  constants: Record<string, string>,
  external: string[] = [],
): Promise<string> {
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
    external,
    plugins: [withoutUnused],
  });
  const [file] = outputFiles;
  if (file === undefined) throw new Error(`esbuild made nothing of ${entry}.`);
  return file.text;
}
