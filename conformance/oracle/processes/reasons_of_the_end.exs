# P-02 EX-03: exit gives its reason, an error itself and its stack
reasons = [
  fn -> exit(:gone) end,
  fn -> exit(:normal) end,
  fn -> exit({:shutdown, :enough}) end,
  fn -> raise "boom" end,
  fn -> raise ArgumentError end,
  fn -> div(1, String.to_integer("0")) end,
  fn -> exit(:kill) end
]

for body <- reasons do
  {_, ref} = spawn_monitor(body)
  out(down(ref))
end
