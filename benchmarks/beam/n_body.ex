# The sun and four planets, as in the Computer Language Benchmarks Game.
defmodule Bench.NBody do
  @solar_mass 4 * :math.pi() * :math.pi()
  @year 365.24
  @step 0.01

  def energy_after(steps), do: solar_system() |> rest() |> advance_all(steps) |> energy(0.0)

  defp solar_system do
    [
      body(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0),
      body(
        4.84143144246472090e+00,
        -1.16032004402742839e+00,
        -1.03622044471123109e-01,
        1.66007664274403694e-03,
        7.69901118419740425e-03,
        -6.90460016972063023e-05,
        9.54791938424326609e-04
      ),
      body(
        8.34336671824457987e+00,
        4.12479856412430479e+00,
        -4.03523417114321381e-01,
        -2.76742510726411899e-03,
        4.99852801234917238e-03,
        2.30417297573763929e-05,
        2.85885980666130812e-04
      ),
      body(
        1.28943695621391310e+01,
        -1.51111514016986312e+01,
        -2.23307578892655734e-01,
        2.96460137564761618e-03,
        2.37847173959480950e-03,
        -2.96589568540237556e-05,
        4.36624404335156298e-05
      ),
      body(
        1.53796971148509165e+01,
        -2.59193146099879641e+01,
        1.79258772950371181e-01,
        2.68067772490389322e-03,
        1.62824170038242295e-03,
        -9.51592254519715870e-05,
        5.15138902046611451e-05
      )
    ]
  end

  defp body(x, y, z, vx, vy, vz, masses) do
    {x, y, z, vx * @year, vy * @year, vz * @year, masses * @solar_mass}
  end

  # Gives the sun the speed with which the whole does not move.
  defp rest([{x, y, z, _, _, _, mass} | planets] = all) do
    {px, py, pz} =
      Enum.reduce(all, {0.0, 0.0, 0.0}, fn {_, _, _, vx, vy, vz, m}, {px, py, pz} ->
        {px + vx * m, py + vy * m, pz + vz * m}
      end)

    [{x, y, z, -px / @solar_mass, -py / @solar_mass, -pz / @solar_mass, mass} | planets]
  end

  defp advance_all(bodies, 0), do: bodies
  defp advance_all(bodies, left), do: advance_all(advance(bodies), left - 1)

  defp advance([]), do: []

  defp advance([body | others]) do
    {{x, y, z, vx, vy, vz, m}, others} = pull(body, others, [])
    [{x + @step * vx, y + @step * vy, z + @step * vz, vx, vy, vz, m} | advance(others)]
  end

  defp pull(body, [], pulled), do: {body, :lists.reverse(pulled)}

  defp pull({x, y, z, vx, vy, vz, m}, [{x2, y2, z2, vx2, vy2, vz2, m2} | others], pulled) do
    dx = x - x2
    dy = y - y2
    dz = z - z2
    square = dx * dx + dy * dy + dz * dz
    pull = @step / (square * :math.sqrt(square))
    by_other = m2 * pull
    by_this = m * pull

    pull(
      {x, y, z, vx - dx * by_other, vy - dy * by_other, vz - dz * by_other, m},
      others,
      [{x2, y2, z2, vx2 + dx * by_this, vy2 + dy * by_this, vz2 + dz * by_this, m2} | pulled]
    )
  end

  defp energy([], sum), do: sum

  defp energy([{x, y, z, vx, vy, vz, m} | others], sum) do
    moving = sum + 0.5 * m * (vx * vx + vy * vy + vz * vz)

    energy(
      others,
      Enum.reduce(others, moving, fn {x2, y2, z2, _, _, _, m2}, sum ->
        dx = x - x2
        dy = y - y2
        dz = z - z2
        sum - m * m2 / :math.sqrt(dx * dx + dy * dy + dz * dz)
      end)
    )
  end
end
