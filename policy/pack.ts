import type {
  Policies,
  ReportViolation,
  ResourceValidation,
  ResourceValidationArgs,
  StackValidation,
} from "@pulumi/policy";

import { message, stackOf } from "./message";
import { plain } from "./plain";
import { isStackRule, judge, type Finding, type RegisteredResource, type Rule } from "./rule";
import { checkWaivers, ended, holds, isAbout, type Waiver } from "./waiver";

/** The rules as policies of Pulumi, and one more that tells which waivers are made use of. */
export function policiesOf(
  rules: readonly Rule[],
  waivers: readonly Waiver[],
  today = new Date(),
): Policies {
  const ledger = new Ledger(checkWaivers(waivers, rules), today);
  const first = rules.find((rule) => !isStackRule(rule));
  const policies = rules.map((rule) => ({
    name: rule.name,
    description: rule.demands,
    remediationSteps: rule.mend("STACK"),
    ...(isStackRule(rule)
      ? { validateStack: ofStack(rule, ledger) }
      : { validateResource: ofResource(rule, ledger, rule === first) }),
  }));
  return [...policies, waiversPolicy(ledger)];
}

function ofResource(rule: Rule, ledger: Ledger, isFirst: boolean): ResourceValidation {
  return async (args, report) => {
    const resource = ledger.remember(args, isFirst);
    ledger.report(rule, await judge(rule, [resource]), report);
  };
}

function ofStack(rule: Rule, ledger: Ledger): StackValidation {
  return async ({ resources }, report) => {
    const findings = await judge(
      rule,
      resources.map((resource) => ledger.inputsOf(resource)),
    );
    // Of what this run has not looked at, only outputs are known: another one judges it.
    const known = findings.filter(({ resource }) => ledger.has(resource));
    ledger.report(rule, known, report);
  };
}

type Handed = Pick<ResourceValidationArgs, "urn" | "type" | "name" | "props" | "provider">;

/** A resource as the rules take it. */
function registered({ urn, type, name, props, provider }: Handed): RegisteredResource {
  return { urn, type, name, inputs: plain(props), ...(provider && { provider: provider.urn }) };
}

/** What has been seen of a run: the inputs of its resources, and the waivers that were needed. */
class Ledger {
  readonly #seen = new Map<string, RegisteredResource>();
  readonly #used = new Map<Waiver, string>();

  constructor(
    private readonly waivers: readonly Waiver[],
    private readonly today: Date,
  ) {}

  /**
   * Keeps a resource's inputs: of a whole stack the engine gives outputs, with what servers add.
   *
   * @param anew - Whether this is the first look at it in a run.
   */
  remember(handed: Handed, anew: boolean): RegisteredResource {
    const known = anew ? undefined : this.#seen.get(handed.urn);
    const resource = known ?? registered(handed);
    this.#seen.set(handed.urn, resource);
    return resource;
  }

  has({ urn }: RegisteredResource): boolean {
    return this.#seen.has(urn);
  }

  inputsOf(handed: Handed): RegisteredResource {
    return this.#seen.get(handed.urn) ?? registered(handed);
  }

  /** Reports what no waiver lets be. */
  report(rule: Rule, findings: readonly Finding[], violation: ReportViolation): void {
    for (const finding of findings) {
      const { resource, found } = finding;
      const about = this.waivers.filter((waiver) => isAbout(waiver, rule, finding));
      const inForce = about.find((waiver) => holds(waiver, this.today));
      if (inForce === undefined) {
        violation(`${message(rule, resource, found)}${ended(about)}`, resource.urn);
      } else {
        this.#used.set(inForce, `${resource.type} "${resource.name}": ${found}`);
      }
    }
  }

  /** What is to be said of the waivers for a stack. */
  say(stack: string): string[] {
    return this.waivers
      .filter((waiver) => waiver.stack === stack)
      .flatMap((waiver) => {
        const use = this.#used.get(waiver);
        const { rule, resource, reason, until } = waiver;
        if (use !== undefined) return [`${rule} is waived until ${until} for ${use}. ${reason}`];
        return holds(waiver, this.today)
          ? [
              `The waiver of ${rule} for ${String(resource)} is not needed: take it out of policy/waivers.ts.`,
            ]
          : [];
      });
  }
}

/** Waivers are seen in every run, those that are needed and those that are not; they stop none. */
function waiversPolicy(ledger: Ledger): Policies[number] {
  return {
    name: "waivers",
    description: "Waivers of rules that are made use of, and those that are not needed.",
    enforcementLevel: "advisory",
    validateStack: ({ resources: [first] }, report) => {
      if (first === undefined) return;
      for (const text of ledger.say(stackOf(first.urn))) report(text);
    },
  };
}
