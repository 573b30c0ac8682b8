# P-02: what is thrown and not caught
# waived: P-02
{_, ref} = spawn_monitor(fn -> throw(:ball) end)
out(down(ref))
