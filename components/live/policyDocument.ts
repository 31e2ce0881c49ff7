/** An IAM policy document that allows things, and denies none by itself. */
export interface PolicyDocument {
  Version: "2012-10-17";
  Statement: PolicyStatement[];
}

export interface PolicyStatement {
  Sid: string;
  Effect: "Allow";
  Action: string[];
  Resource: string[];
  Condition?: PolicyCondition;
}

/** What a call must come with: by operator, by condition key. Of several values, any will do. */
export type PolicyCondition = Record<string, Record<string, string | string[]>>;

/** A statement that allows some actions on some resources. */
export function allow(
  Sid: string,
  Action: string[],
  Resource: string[],
  Condition?: PolicyCondition,
): PolicyStatement {
  return { Sid, Effect: "Allow", Action, Resource, ...(Condition && { Condition }) };
}

/** The same actions of one service: `ec2:` before each of their names. */
export function actionsOf(service: string, names: string): string[] {
  return names.split(/\s+/).map((name) => `${service}:${name}`);
}
