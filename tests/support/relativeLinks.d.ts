/** It comes without types. */
declare module "markdownlint-rule-relative-links" {
  import type { Rule } from "markdownlint";

  const rule: Rule;
  export default rule;
}
