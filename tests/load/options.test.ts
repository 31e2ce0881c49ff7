import { strict as assert } from "node:assert";

import { Command, CommanderError } from "commander";

import { UserError } from "../../host/userError";
import { checkFlags, LOAD_DEFAULTS, withLoadFlags, type LoadFlags } from "../../load/options";

function parse(...args: string[]): LoadFlags {
  const command = withLoadFlags(new Command("load").exitOverride());
  command.configureOutput({ writeErr: () => undefined });
  return command.parse(args, { from: "user" }).opts();
}

describe("withLoadFlags", () => {
  it("gives every default, and takes what is given", () => {
    assert.deepEqual(parse(), LOAD_DEFAULTS);
    const flags = ["--rate", "0", "--seconds", "10", "--no-scale-in", "--generator", "wget"];
    assert.deepEqual(parse(...flags, "--path", "/uuid", "--trickle", "0"), {
      ...LOAD_DEFAULTS,
      rate: 0,
      seconds: 10,
      scaleIn: false,
      generator: "wget",
      path: "/uuid",
      trickle: 0,
    });
  });

  it("refuses what is out of bounds, and says what is allowed", () => {
    const refused: [string[], RegExp][] = [
      [["--connections", "0"], /A whole number from 1 to 1000 is needed/],
      [["--connections", "1001"], /A whole number from 1 to 1000 is needed/],
      [["--rate", "3.5"], /A whole number from 0 to 20000 is needed/],
      [["--rate", "-1"], /A whole number from 0 to 20000 is needed/],
      [["--seconds", "9"], /A whole number from 10 to 3600 is needed/],
      [["--within", "soon"], /A whole number from 1 to 3600 is needed/],
      [["--path", "uuid"], /A path such as \/uuid is needed/],
      [["--path", '/"; rm'], /A path such as \/uuid is needed/],
      [["--generator", "ab"], /Allowed choices are fortio, wget/],
      [["--conections", "3"], /Did you mean --connections/],
    ];
    for (const [args, message] of refused) {
      assert.throws(
        () => parse(...args),
        (error) => error instanceof CommanderError && message.test(error.message),
        args.join(" "),
      );
    }
  });
});

describe("checkFlags", () => {
  const flags: LoadFlags = LOAD_DEFAULTS;

  it("lets the defaults through", () => {
    checkFlags(flags);
  });

  it("refuses to wait for pods longer than there is load", () => {
    assert.throws(
      () => {
        checkFlags({ ...flags, seconds: 30, within: 60 });
      },
      (error) =>
        error instanceof UserError &&
        error.message ===
          "--within 60 is longer than the load of 30 s: the pods would be waited for without any. Give at most 30, or more --seconds.",
    );
  });

  it("refuses fewer requests than two for each connection, which fortio would quietly change", () => {
    assert.throws(() => {
      checkFlags({ ...flags, rate: 1, seconds: 60, connections: 31 });
    }, /less than two requests for each of 31 connections/);
    checkFlags({ ...flags, rate: 1, seconds: 60, connections: 30 });
    checkFlags({ ...flags, rate: 0, connections: 1000 });
  });
});
