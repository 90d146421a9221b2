using System.Diagnostics;

namespace LocalRetrieval.Bench.EncoderLoad;

/// <summary>Rounds in which each contender is measured once, so that noise of the machine hits all alike.</summary>
internal static class Interleaved
{
    /// <param name="rounds">How many, after one that warms up.</param>
    /// <param name="contenders">Each does its work once and says what was measured.</param>
    /// <returns>Of each contender, what was measured in each round.</returns>
    public static async Task<IReadOnlyList<T[]>> RunAsync<T>(int rounds, params Func<Task<T>>[] contenders)
    {
        T[][] measured = Array.ConvertAll(contenders, _ => new T[rounds]);
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < contenders.Length; i++)
            {
                // Turn the order around every second round: a drift of the machine then cancels out.
                int contender = round % 2 == 0 ? i : contenders.Length - 1 - i;
                T value = await contenders[contender]();
                if (round >= 0)
                {
                    measured[contender][round] = value;
                }
            }
        }

        return measured;
    }

    /// <summary>The seconds that work takes.</summary>
    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        long start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The seconds that work takes on this thread.</summary>
    public static Task<double> SecondsAsync(Action work)
    {
        long start = Stopwatch.GetTimestamp();
        work();
        return Task.FromResult(Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
}
