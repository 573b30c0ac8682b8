# A-07: messages with priority stand before all ordinary ones, behind those with priority
# needs: OTP 28
# legal: [two, four, one, three, five]
alias = :erlang.alias([:priority])
send(self(), :one)
:erlang.send(alias, :two, [:priority])
send(self(), :three)
:erlang.send(alias, :four, [:priority])
send(alias, :five)
out(mail())
