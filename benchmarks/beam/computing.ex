# Computes in a process. All sizes are for a size of 100, and grow with it.
defmodule Bench.Computing do
  alias Bench.{JsonText, NBody, SpectralNorm}

  def run(size, some), do: Bench.nanos_each(1_000_000, fn -> Enum.each(some, &once(&1, size)) end)

  defp once(:nbody, size) do
    energy = NBody.energy_after(size * 4_000)
    true = energy > -0.1691 and energy < -0.1690
  end

  defp once(:spectral, size) do
    norm = SpectralNorm.of(size * 3)
    true = size < 10 or (norm > 1.2741 and norm < 1.2743)
  end

  defp once(:json, size) do
    records = size * 400
    parsed = JsonText.parse(JsonText.of(records))
    sum = Enum.reduce(parsed, 0, fn %{"id" => id}, sum -> sum + id end)
    Bench.expect("the sum of the ids", div(records * (records - 1), 2), sum)
  end
end
