import { SECRET_KEYS } from "./schema";

/** Keys whose values are files, by what such a file is called here: read from standard input. */
const FILES: Readonly<Record<string, string>> = {
  kubeconfig: "kubeconfig.yaml",
  "home.acme.caBundle": "ca.pem",
};

/** The commands that mend a stack's config. */
export interface Mender {
  /** Sets a key to a value; for the key of a secret, asks for the value instead of showing one. */
  set(key: string, value: string | number | boolean): string;
  /** Removes a key. */
  remove(key: string): string;
}

export function menderFor(stack: string): Mender {
  const config = (verb: string, rest: string): string =>
    `pulumi config ${verb} --stack ${stack} ${rest}`;
  return {
    set: (key, value) => {
      const option = isSecretKey(key) ? `--secret ${key}` : pathOption(key);
      const file = FILES[key];
      if (file !== undefined) return config("set", `${option} < ${file}`);
      return config("set", isSecretKey(key) ? option : `${option} ${quoted(String(value))}`);
    },
    remove: (key) => config("rm", pathOption(key)),
  };
}

export function isSecretKey(key: string): boolean {
  return (SECRET_KEYS as readonly string[]).includes(key);
}

function pathOption(key: string): string {
  return /[.[]/.test(key) ? `--path ${quoted(key)}` : key;
}

/** As a POSIX shell takes it for one word. */
function quoted(text: string): string {
  return /^[\w.:/@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
