# The spectral norm of a matrix, as in the Computer Language Benchmarks Game.
defmodule Bench.SpectralNorm do
  import Bitwise

  def of(order) do
    {u, v} = step(10, List.duplicate(1.0, order), order, nil)
    {uv, vv} = dots(u, v, 0.0, 0.0)
    :math.sqrt(uv / vv)
  end

  defp step(0, u, _order, v), do: {u, v}

  defp step(left, u, order, _) do
    v = times_both(u, order)
    step(left - 1, times_both(v, order), order, v)
  end

  # By the transposed matrix times the matrix.
  defp times_both(vector, order) do
    between = rows(0, order, vector)
    columns(0, order, between)
  end

  defp rows(order, order, _vector), do: []
  defp rows(i, order, vector), do: [row(vector, i, 0, 0.0) | rows(i + 1, order, vector)]

  defp row([], _i, _j, sum), do: sum
  defp row([x | rest], i, j, sum), do: row(rest, i, j + 1, sum + x / element(i, j))

  defp columns(order, order, _vector), do: []
  defp columns(i, order, vector), do: [column(vector, i, 0, 0.0) | columns(i + 1, order, vector)]

  defp column([], _i, _j, sum), do: sum
  defp column([x | rest], i, j, sum), do: column(rest, i, j + 1, sum + x / element(j, i))

  # What one is divided by.
  defp element(i, j), do: bsr((i + j) * (i + j + 1), 1) + i + 1

  defp dots([], [], uv, vv), do: {uv, vv}
  defp dots([u | us], [v | vs], uv, vv), do: dots(us, vs, uv + u * v, vv + v * v)
end
