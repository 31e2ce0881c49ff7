import { itAllows } from "../../../support/deployer/itAllows";
import { roleCalls } from "../../../support/deployer/roleCalls";

describe("roleRights", () => {
  itAllows(roleCalls);
});
