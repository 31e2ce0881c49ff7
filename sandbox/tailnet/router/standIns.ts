/** Address of the metadata of an EC2 instance. */
export const METADATA = "169.254.169.254";

/**
 * `aws`: the two calls that the boot script makes, answered by the metadata's stand-in. Real ones are
 * signed with what the metadata gives to a role; these show its token. What is refused is said, and
 * ends it with 254, as by the real one.
 */
const AWS = `#!/bin/bash
set -euo pipefail
url=http://${METADATA}
token="$(curl --silent --fail --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$url/latest/api/token")"
ask() {
  local answer
  answer="$(printf 'X-aws-ec2-metadata-token: %s\\n' "$token" |
    curl --silent --fail-with-body --header @- "$@")" || {
    printf '\\n%s\\n' "\${answer:-Could not connect to the endpoint URL}" >&2
    exit 254
  }
  printf '%s\\n' "$answer"
}
case "$*" in
  "ssm get-parameter --name "*" --with-decryption --query Parameter.Value --output text")
    ask --get --data-urlencode "name=$4" "$url/sandbox/parameter" ;;
  "autoscaling complete-lifecycle-action "*)
    ask --data "$*" "$url/sandbox/calls" ;;
  *) echo "The sandbox's aws does not know: aws $*" >&2; exit 252 ;;
esac
`;

/** \`rpm\`: whether the package is there. */
const RPM = `#!/bin/sh
[ -e "/var/lib/rpm-$3" ]
`;

/** \`dnf\`: the package that is installed is there already, of the same version. */
const DNF = `#!/bin/sh
for package; do :; done
touch "/var/lib/rpm-$package"
`;

/** \`systemctl\`: starts what the package would bring, and takes no notice where it runs. */
const SYSTEMCTL = `#!/bin/bash
[[ "$*" == "enable --now tailscaled.service" ]] || exit 1
if tailscale status --json >/dev/null 2>&1; then exit 0; fi
setsid tailscaled --no-logs-no-support >/var/log/tailscaled.log 2>&1 </dev/null &
for ((i = 0; i < 200; i++)); do
  if tailscale status --json >/dev/null 2>&1; then exit 0; fi
  sleep 0.05
done
exit 1
`;

/** Programs of an Amazon Linux that is in AWS, by their names. */
export const STAND_INS = { aws: AWS, rpm: RPM, dnf: DNF, systemctl: SYSTEMCTL } as const;
