import { itAllows } from "../../../support/deployer/itAllows";
import { instanceCalls } from "../../../support/deployer/instanceCalls";

describe("instanceRights", () => {
  itAllows(instanceCalls);
});
