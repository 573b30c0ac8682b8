# A-04: of several who reply at once through a reply alias one is heard
# legal: [1]
# legal: [2]
# legal: [3]
alias = :erlang.alias([:reply])

for n <- 1..3 do
  spawn(fn ->
    shake()
    send(alias, n)
  end)
end

out(mail())
