import { itAllows } from "../../../support/deployer/itAllows";
import { lookCalls } from "../../../support/deployer/lookCalls";

describe("lookRights", () => {
  itAllows(lookCalls);
});
