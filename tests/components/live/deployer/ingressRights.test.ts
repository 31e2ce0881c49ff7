import { itAllows } from "../../../support/deployer/itAllows";
import { ingressCalls } from "../../../support/deployer/ingressCalls";

describe("ingressRights", () => {
  itAllows(ingressCalls);
});
