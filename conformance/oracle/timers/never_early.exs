# TM-02: a timer is never early
for time <- [0, 1, 2, 5, 20] do
  begun = System.monotonic_time()
  Process.send_after(self(), :hello, time)
  message = next()
  out(message, System.monotonic_time() - begun >= System.convert_time_unit(time, :millisecond, :native))
end
