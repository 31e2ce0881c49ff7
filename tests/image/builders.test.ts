import { strict as assert } from "node:assert";

import { buildArguments } from "../../image/buildah";
import { buildxArguments } from "../../image/buildx";
import { certificateArguments } from "../../image/certificates";

describe("the arguments of the builders", () => {
  it("have buildah build for the architecture, on the base that it was given", () => {
    const args = buildArguments("arm64", "localhost/base:trixie").join(" ");
    assert.match(args, /^build --isolation chroot --pull=false --platform linux\/arm64 /);
    assert.match(args, / --build-arg BASE=localhost\/base:trixie /);
    assert.match(args, / --build-arg BUILDPLATFORM=linux\/(amd64|arm64) /);
    assert.match(args, /\/image$/);
  });

  it("have buildx write an OCI archive with nothing but the image in it", () => {
    const args = buildxArguments("arm64", "/cache/httpbin.tar").join(" ");
    assert.match(args, / --platform linux\/arm64 --provenance false --sbom false /);
    assert.match(args, / --output type=oci,dest=\/cache\/httpbin\.tar /);
  });

  it("hand over this machine's certificate authorities where there are any", () => {
    assert.deepEqual(certificateArguments(__filename), [
      "--secret",
      `id=ca-certificates,src=${__filename}`,
    ]);
    assert.deepEqual(certificateArguments("/no/such/file"), []);
  });
});
