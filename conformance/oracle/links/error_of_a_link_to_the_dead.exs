# L-03: what linking to the dead fails with
# differs: what the runtime refuses with a reason is an exit, since Java has but exceptions to raise
out(attempt(fn -> Process.link(dead()) end))
{_, ref} = spawn_monitor(fn -> Process.link(dead()) end)
out(down(ref))
