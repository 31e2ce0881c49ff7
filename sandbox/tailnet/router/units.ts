/** What is run of a unit of systemd, and when. */
export interface Unit {
  /** What is run at boot. */
  start: string;
  /** Name of its folder in `/var/lib`. */
  stateDirectory: string;
  /** Path of the file with its environment. */
  environmentFile: string;
  /** Seconds that it may take. */
  timeoutSeconds: number;
  /** Seconds until it is run again where it failed. */
  retrySeconds: number;
  /** Seconds until it is run again where it did not. */
  againSeconds: number;
}

/**
 * Reads what matters here of a service and of the timer that starts it.
 *
 * @throws where one of the settings is missing, or is there twice.
 */
export function readUnit(service: string, timer: string): Unit {
  return {
    start: setting(service, "ExecStart"),
    stateDirectory: setting(service, "StateDirectory"),
    environmentFile: setting(service, "EnvironmentFile"),
    timeoutSeconds: Number(setting(service, "TimeoutStartSec")),
    retrySeconds: Number(setting(service, "RestartSec")),
    againSeconds: Number(setting(timer, "OnUnitInactiveSec")),
  };
}

/** The one value of a setting of a unit. */
export function setting(unit: string, name: string): string {
  const values = [...unit.matchAll(new RegExp(`^${name}=(.*)$`, "gm"))].map(([, value]) => value);
  const [value] = values;
  if (value === undefined || values.length > 1) {
    throw new Error(`${name} is ${String(values.length)} times in the unit:\n${unit}`);
  }
  return value;
}

/** A line of an environment file, as systemd reads it: all behind the first sign of equality. */
export function readEnvironment(text: string): string[] {
  return text.split("\n").filter((line) => line.includes("="));
}

/**
 * What systemd does with the unit, as a script of a shell for a machine without it: runs it at once,
 * again after a while, and sooner where it failed.
 */
export function runnerScript(unit: Unit, environment: readonly string[]): string {
  const variables = [...environment, `STATE_DIRECTORY=/var/lib/${unit.stateDirectory}`];
  const quoted = variables.map((variable) => `'${variable.replaceAll("'", `'\\''`)}'`);
  return [
    "#!/bin/sh",
    `mkdir -p -m 755 /var/lib/${unit.stateDirectory}`,
    "while :; do",
    `  if env ${quoted.join(" ")} timeout ${String(unit.timeoutSeconds)} ${unit.start}; then`,
    `    sleep ${String(unit.againSeconds)}`,
    "  else",
    `    sleep ${String(unit.retrySeconds)}`,
    "  fi",
    "done",
    "",
  ].join("\n");
}
