# P-14: nobody suspends itself, or the dead, or resumes whom it has not suspended
out(attempt(fn -> :erlang.suspend_process(self()) end))
out(attempt(fn -> :erlang.suspend_process(dead()) end))
out(attempt(fn -> :erlang.resume_process(idle()) end))
