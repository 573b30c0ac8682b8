# P-01: a function that returns ends its process normally, whatever it returns
{_, ref} = spawn_monitor(fn -> 42 end)
out(down(ref))
