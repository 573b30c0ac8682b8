# A-07: ends with priority stand before ordinary messages
# needs: OTP 28
# legal: [{EXIT, self, told}, {DOWN, ref1, pid1, noproc}, one]
Process.flag(:trap_exit, true)
alias = :erlang.alias([:priority])
send(self(), :one)
apply(:erlang, :exit, [alias, :told, [:priority]])
pid = dead()
:erlang.monitor(:process, pid, [:priority])
out(mail())
