-- wrk's script: what of the latencies and errors `benchmarks.serving` reads, and, given an argument, a question of its
-- own for each request, so that no answer is one that was kept.
local thread_count = 0
function setup(thread)
  thread:set("number", thread_count)
  thread_count = thread_count + 1
end

local asked = 0
function init(args)
  is_anew = args[1] == "anew"
  apart = string.find(wrk.path, "?", 1, true) and "&" or "?"
end

function request()
  if not is_anew then return wrk.format() end
  asked = asked + 1
  return wrk.format(nil, wrk.path .. apart .. "n=" .. number .. "." .. asked)
end

function done(summary, latency, requests)
  local e = summary.errors
  io.write(string.format("\nMEASURED %f %f %f %d %d %d\n", latency:percentile(50) / 1000, latency:percentile(95) / 1000,
    latency:percentile(99) / 1000, summary.requests, summary.duration, e.connect + e.read + e.write + e.timeout + e.status))
end
