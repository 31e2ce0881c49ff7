#!/usr/bin/env bash
# Makes this instance a subnet router of the tailnet. `join` is run at boot and each minute after:
# what is done already is left alone, and what fails is tried again by systemd. `leave` is run when
# the instance shuts down.
set -euo pipefail
shopt -s inherit_errexit

# Of the instance, by IMDSv2. The header goes through standard input.
metadata() {
  local url=http://169.254.169.254/latest token
  local -a ask=(curl --silent --show-error --fail --max-time 5)
  token="$("${ask[@]}" --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 60' "$url/api/token")"
  printf 'X-aws-ec2-metadata-token: %s\n' "$token" | "${ask[@]}" --header @- "$url/meta-data/$1"
}

# Says what tailscaled is up to, such as NeedsLogin or Running; nothing where it does not answer.
backend_state() {
  local status
  status="$(tailscale status --json --peers=false 2>/dev/null)" || return 0
  if [[ $status =~ \"BackendState\":\ \"([A-Za-z]+)\" ]]; then
    printf '%s' "${BASH_REMATCH[1]}"
  fi
}

# Whether the tailnet sees this machine: an address alone can be left over from an earlier boot.
is_online() {
  local status
  status="$(tailscale status --json --peers=false 2>/dev/null)" || return 1
  [[ $status =~ \"BackendState\":\ \"Running\" && $status =~ \"Online\":\ true ]]
}

install_tailscale() {
  if ! rpm --query --quiet "tailscale-$TAILSCALE_VERSION"; then
    dnf --assumeyes --setopt=install_weak_deps=False install "tailscale-$TAILSCALE_VERSION"
  fi
  systemctl enable --now tailscaled.service
}

# The key goes from one process to the next, by a pipe: it is in no argument, no variable of the
# environment and no file.
log_in() {
  local instance=$1 key
  key="$(aws ssm get-parameter --name "$ROUTER_PARAMETER" --with-decryption \
    --query Parameter.Value --output text)"
  printf '%s' "$key" | tailscale up --reset --timeout=60s \
    --auth-key=file:/dev/stdin \
    --hostname="$ROUTER_HOSTNAME_PREFIX$instance" \
    --advertise-tags="$ROUTER_TAG" \
    --advertise-routes="$ROUTER_ROUTE" \
    --accept-dns=false
}

wait_until_online() {
  local attempt
  for ((attempt = 0; attempt < 30; attempt++)); do
    if is_online; then return 0; fi
    sleep 2
  done
  echo "tailscaled is $(backend_state), and not online after a minute." >&2
  return 1
}

# Has the auto scaling group count this instance, once.
enter_service() {
  local instance=$1
  local counted="$STATE_DIRECTORY/$instance-in-service"
  if [[ -e $counted ]]; then return 0; fi
  aws autoscaling complete-lifecycle-action \
    --auto-scaling-group-name "$ROUTER_GROUP" --lifecycle-hook-name "$ROUTER_HOOK" \
    --instance-id "$instance" --lifecycle-action-result CONTINUE
  : >"$counted"
}

join() {
  local instance state
  instance="$(metadata instance-id)"
  sysctl --quiet --load /etc/sysctl.d/99-tailnet-router.conf
  install_tailscale
  state="$(backend_state)"
  # Where it is logged in but cut off, logging in again would help nothing.
  if [[ $state != Running && $state != Starting ]]; then log_in "$instance"; fi
  wait_until_online
  enter_service "$instance"
}

# Taken out for good, the machine leaves the list of devices now, and not when the tailnet misses it.
# After a reboot it is the same device as before, whose route is still approved.
leave() {
  local target
  target="$(metadata autoscaling/target-lifecycle-state)"
  if [[ $target == Terminated ]]; then tailscale logout; fi
}

case "${1-}" in
  join) join ;;
  leave) leave ;;
  *)
    echo "usage: $0 join|leave" >&2
    exit 2
    ;;
esac
