-- Has wrk end with one line of JSON. Latencies are in microseconds, the duration too.
function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format('{"requests":%d,"failed":%d,"seconds":%.3f,"p50":%.0f,"p99":%.0f}',
    summary.requests, failed, summary.duration / 1e6,
    latency:percentile(50), latency:percentile(99)))
end
