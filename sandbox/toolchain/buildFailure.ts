/** Words of a failed build, and the sentence that says what to do about it; the first match wins. */
const CAUSES: readonly (readonly [RegExp, string])[] = [
  [
    /no space left on device/i,
    "The disk is full. The builds need about 8 GB in Go's caches and 1 GB for the tools; make room",
  ],
  [
    /i\/o timeout|TLS handshake timeout|connection (?:refused|reset)|no such host|context deadline/i,
    "A module could not be downloaded; look at the network and at GOPROXY (`go env GOPROXY`)",
  ],
  [
    /checksum mismatch|SECURITY ERROR/,
    "A downloaded module is not the pinned one; do not use it, and look at GOPROXY",
  ],
  [
    /pkg-config|libseccomp|C compiler|"gcc"|cgo:/,
    "The C compiler or a C library is missing; install gcc, pkg-config and libseccomp-dev",
  ],
  [
    /signal: killed/,
    "The system ended the compiler, most likely for want of memory (2 GB are needed)",
  ],
];

/** What a person should know of a failed build, in one or two sentences. */
export function explainBuildFailure(tool: string, output: string, log: string): string {
  const cause = CAUSES.find(([words]) => words.test(output))?.[1];
  const last = output.trim().split("\n").at(-1) ?? "";
  const what = cause ?? `Its last line says: ${last.slice(0, 300)}. Mend that`;
  return `${tool} could not be built. ${what}, then run the same command again: what is built already is kept. The whole log: ${log}`;
}
