using System.Globalization;

namespace LocalRetrieval.Rag;

/// <summary>What is left of a marker's numbers when those without a source are taken from it.</summary>
/// <param name="Kept">The ranges of numbers that stay.</param>
/// <param name="AnyRemoved">Whether any was taken.</param>
internal sealed record KnownNumbers(IReadOnlyList<(int From, int To)> Kept, bool AnyRemoved)
{
    /// <summary>Numbers from here on are years, or ports, rather than sources that a model made up.</summary>
    private const int LeastYear = 1000;

    /// <summary>The numbers that have a source, and those that are too great for one.</summary>
    public static KnownNumbers Of(IReadOnlyList<(int From, int To)> numbers, Func<int, bool> hasSource)
    {
        List<(int From, int To)> kept = [];
        bool anyRemoved = false;
        foreach ((int from, int to) in numbers)
        {
            if (to >= LeastYear)
            {
                kept.Add((from, to));
                continue;
            }

            for (int number = from; number <= to; number++)
            {
                if (!hasSource(number))
                {
                    anyRemoved = true;
                }
                else if (kept.Count > 0 && kept[^1].To == number - 1 && number > from)
                {
                    kept[^1] = (kept[^1].From, number);
                }
                else
                {
                    kept.Add((number, number));
                }
            }
        }

        return new KnownNumbers(kept, anyRemoved);
    }

    /// <summary>The numbers as a marker has them: 1, 3-5.</summary>
    public override string ToString() => string.Join(", ", Kept.Select(range => range.From == range.To
        ? range.From.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{range.From}-{range.To}")));
}
